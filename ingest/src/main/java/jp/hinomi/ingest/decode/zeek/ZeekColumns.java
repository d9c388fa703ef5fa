package jp.hinomi.ingest.decode.zeek;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * The columns of Zeek's logs in the order of its own scripts, by which a line without its header is known: the number of
 * columns, and whether each holds what its type allows. From the script reference of Zeek 8, with the older orders that
 * differ. Stateless.
 */
final class ZeekColumns {
    private static final int MAX_COLUMNS = 128;
    private static final int MAX_ELEMENTS = 256;

    /**
     * Lines {@code log column…}; a column's last character is its type: {@code #} whole number, {@code %} number with
     * fraction, {@code ?} T or F, {@code @} address, {@code *} several texts, {@code :} a name of a Zeek module such as
     * {@code SSH::Password_Guessing}, {@code !} transport, else text. {@code ID} stands for uid and the four columns of the connection.
     * Logs whose columns say most come first.
     */
    private static final String TABLE = """
            conn ID proto! service duration% orig_bytes# resp_bytes# conn_state local_orig? local_resp? missed_bytes# history orig_pkts# orig_ip_bytes# resp_pkts# resp_ip_bytes# tunnel_parents*
            conn ID proto! service duration% orig_bytes# resp_bytes# conn_state local_orig? local_resp? missed_bytes# history orig_pkts# orig_ip_bytes# resp_pkts# resp_ip_bytes# tunnel_parents* ip_proto#
            dns ID proto! trans_id# rtt% query qclass# qclass_name qtype# qtype_name rcode# rcode_name AA? TC? RD? RA? Z# answers* TTLs* rejected?
            http ID trans_depth# method host uri referrer version user_agent origin request_body_len# response_body_len# status_code# status_msg info_code# info_msg tags* username password proxied* orig_fuids* orig_filenames* orig_mime_types* resp_fuids* resp_filenames* resp_mime_types*
            notice ID fuid file_mime_type file_desc proto! note: msg sub src@ dst@ p# n# peer_descr actions* email_dest* suppress_for% remote_location.country_code remote_location.region remote_location.city remote_location.latitude% remote_location.longitude%
            notice ID fuid file_mime_type file_desc proto! note: msg sub src@ dst@ p# n# peer_descr actions* email_dest* suppress_for% remote_location.country_code remote_location.region remote_location.city remote_location.latitude% remote_location.longitude% dropped?
            notice ID fuid file_mime_type file_desc proto! note: msg sub src@ dst@ p# n# peer_descr actions* suppress_for% remote_location.country_code remote_location.region remote_location.city remote_location.latitude% remote_location.longitude%
            notice ID fuid file_mime_type file_desc proto! note: msg sub src@ dst@ p# n# peer_descr actions* suppress_for% dropped? remote_location.country_code remote_location.region remote_location.city remote_location.latitude% remote_location.longitude%
            files fuid uid id.orig_h@ id.orig_p# id.resp_h@ id.resp_p# source depth# analyzers* mime_type filename duration% local_orig? is_orig? seen_bytes# total_bytes# missing_bytes# overflow_bytes# timedout? parent_fuid md5 sha1 sha256 extracted extracted_cutoff? extracted_size#
            files fuid tx_hosts* rx_hosts* conn_uids* source depth# analyzers* mime_type filename duration% local_orig? is_orig? seen_bytes# total_bytes# missing_bytes# overflow_bytes# timedout? parent_fuid md5 sha1 sha256 extracted extracted_cutoff? extracted_size#
            x509 fingerprint certificate.version# certificate.serial certificate.subject certificate.issuer certificate.not_valid_before% certificate.not_valid_after% certificate.key_alg certificate.sig_alg certificate.key_type certificate.key_length# certificate.exponent certificate.curve san.dns* san.uri* san.email* san.ip* basic_constraints.ca? basic_constraints.path_len# host_cert? client_cert?
            x509 id certificate.version# certificate.serial certificate.subject certificate.issuer certificate.not_valid_before% certificate.not_valid_after% certificate.key_alg certificate.sig_alg certificate.key_type certificate.key_length# certificate.exponent certificate.curve san.dns* san.uri* san.email* san.ip* basic_constraints.ca? basic_constraints.path_len#
            pe id machine compile_ts% os subsystem is_exe? is_64bit? uses_aslr? uses_dep? uses_code_integrity? uses_seh? has_import_table? has_export_table? has_cert_table? has_debug_data? section_names*
            ssl ID version cipher curve server_name resumed? last_alert next_protocol established? ssl_history cert_chain_fps* client_cert_chain_fps* sni_matches_cert?
            ssl ID version cipher curve server_name resumed? last_alert next_protocol established? ssl_history cert_chain_fps* client_cert_chain_fps* sni_matches_cert? validation_status
            ssl ID version cipher curve server_name resumed? last_alert next_protocol established? cert_chain_fuids* client_cert_chain_fuids* subject issuer client_subject client_issuer
            ssl ID version cipher curve server_name resumed? last_alert next_protocol established? cert_chain_fuids* client_cert_chain_fuids* subject issuer client_subject client_issuer validation_status
            ssh ID version# auth_success? auth_attempts# direction client server cipher_alg mac_alg compression_alg kex_alg host_key_alg host_key
            ssh ID version# auth_success? auth_attempts# direction client server cipher_alg mac_alg compression_alg kex_alg host_key_alg host_key remote_location.country_code remote_location.region remote_location.city remote_location.latitude% remote_location.longitude%
            smtp ID trans_depth# helo mailfrom rcptto* date from to* cc* reply_to msg_id in_reply_to subject x_originating_ip@ first_received second_received last_reply path* user_agent tls? fuids*
            smtp ID trans_depth# helo mailfrom rcptto* date from to* cc* reply_to msg_id in_reply_to subject x_originating_ip@ first_received second_received last_reply path* user_agent tls? fuids* is_webmail?
            ftp ID user password command arg mime_type file_size# reply_code# reply_msg data_channel.passive? data_channel.orig_h@ data_channel.resp_h@ data_channel.resp_p# fuid
            dhcp uids* client_addr@ server_addr@ mac host_name client_fqdn domain requested_addr@ assigned_addr@ lease_time% client_message server_message msg_types* duration%
            kerberos ID request_type client service success? error_msg from% till% cipher forwardable? renewable? client_cert_subject client_cert_fuid server_cert_subject server_cert_fuid
            ntp ID version# mode# stratum# poll% precision% root_delay% root_disp% ref_id ref_time% org_time% rec_time% xmt_time% num_exts#
            rdp ID cookie result security_protocol client_channels* keyboard_layout client_build client_name client_dig_product_id desktop_width# desktop_height# requested_color_depth cert_type cert_count# cert_permanent? encryption_level encryption_method
            rdp ID cookie result security_protocol client_channels* keyboard_layout client_build client_name client_dig_product_id desktop_width# desktop_height# requested_color_depth cert_type cert_count# cert_permanent? encryption_level encryption_method ssl?
            sip ID trans_depth# method uri date request_from request_to response_from response_to reply_to call_id seq subject request_path* response_path* user_agent status_code# status_msg warning request_body_len# response_body_len# content_type
            software host@ host_p# software_type: name version.major# version.minor# version.minor2# version.minor3# version.addl unparsed_version
            smb_files ID fuid action: path name size# prev_name times.modified% times.accessed% times.created% times.changed%
            intel ID seen.indicator seen.indicator_type: seen.where: seen.node matched* sources* fuid file_mime_type file_desc
            tunnel ID tunnel_type: action:
            mqtt_subscribe ID action: topics* qos_levels* granted_qos_level# ack?
            mqtt_publish ID from_client? retain? qos status topic payload payload_len#
            mysql ID cmd arg success? rows# response
            ntlm ID username hostname domainname server_nb_computer_name server_dns_computer_name server_tree_name success?
            snmp ID duration% version community get_requests# get_bulk_requests# get_responses# set_requests# display_string up_since%
            syslog ID proto! facility severity message
            modbus ID tid# unit# func pdu_type exception
            dnp3 ID fc_request fc_reply iin#
            dce_rpc ID rtt% named_pipe endpoint operation
            radius ID username mac framed_addr@ tunnel_client connect_info reply_msg result ttl%
            weird ID name addl notice? peer source
            weird ID name addl notice? peer
            ldap ID message_id# version# opcode result diagnostic_message object argument
            ldap_search ID message_id# scope deref_aliases base_object result_count# result diagnostic_message filter attributes*
            quic ID version client_initial_dcid client_scid server_scid server_name client_protocol history
            mqtt_connect ID proto_name proto_version client_id connect_status will_topic will_payload
            smb_mapping ID path service native_file_system share_type
            modbus ID func exception
            """;

    private static final List<Columns> ALL = parse();

    private ZeekColumns() {}

    /** @param types one character a column, a space for text */
    private record Columns(String path, String[] names, String types) {}

    /** A line and what it is. */
    record Line(String path, Map<String, Object> members) {}

    /**
     * @param named what stands before the line and may end with the log's name, such as {@code zeek_conn}; or null
     * @return null if no log has such columns
     */
    static Line read(String text, int start, String named) {
        List<String> values = split(text, start);
        Columns fitting = null;
        for (Columns columns : ALL) {
            if (columns.names.length == values.size() && fits(columns, values)) {
                if (named == null || named.endsWith(columns.path)) {
                    fitting = columns;
                    break;
                }
                fitting = fitting == null ? columns : fitting;
            }
        }
        return fitting == null ? null : new Line(fitting.path, members(fitting, values));
    }

    private static List<String> split(String text, int start) {
        List<String> values = new ArrayList<>(32);
        int from = start;
        while (values.size() < MAX_COLUMNS) {
            int tab = text.indexOf('\t', from);
            values.add(text.substring(from, tab < 0 ? text.length() : tab));
            if (tab < 0) {
                break;
            }
            from = tab + 1;
        }
        return values;
    }

    private static boolean fits(Columns columns, List<String> values) {
        for (int i = 0; i < columns.names.length; i++) {
            String value = values.get(i);
            if (!value.equals("-") && !fits(columns.types.charAt(i), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(char type, String value) {
        return switch (type) {
            case '#' -> Numbers.parse(value) >= 0;
            case '%' -> isDecimal(value);
            case '?' -> value.equals("T") || value.equals("F");
            case '@' -> value.indexOf('.') > 0 || value.indexOf(':') >= 0;
            case ':' -> value.indexOf("::") > 0;
            case '!' ->
                value.equals("tcp") || value.equals("udp") || value.equals("icmp") || value.startsWith("unknown");
            default -> true;
        };
    }

    private static boolean isDecimal(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '.' && c != '-' && c != 'e' && c != '+' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= 32;
    }

    private static Map<String, Object> members(Columns columns, List<String> values) {
        Map<String, Object> members = new HashMap<>(columns.names.length * 2);
        for (int i = 0; i < columns.names.length; i++) {
            String value = values.get(i);
            if (!value.equals("-") && !value.equals("(empty)")) {
                members.put(columns.names[i], value(columns.types.charAt(i), value));
            }
        }
        return members;
    }

    private static Object value(char type, String value) {
        return switch (type) {
            case '#' -> (Object) Numbers.parse(value);
            case '?' -> value.equals("T");
            case '*' -> elements(value);
            case '%' -> {
                try {
                    double number = Double.parseDouble(value);
                    yield Double.isFinite(number) ? (Object) number : value;
                } catch (NumberFormatException e) {
                    yield value;
                }
            }
            default -> ZeekEscapes.undo(value);
        };
    }

    private static List<Object> elements(String value) {
        List<Object> out = new ArrayList<>(2);
        int from = 0;
        while (from <= value.length() && out.size() < MAX_ELEMENTS) {
            int comma = value.indexOf(',', from);
            int end = comma < 0 ? value.length() : comma;
            String element = value.substring(from, end);
            if (!element.isEmpty() && !element.equals("-")) {
                out.add(ZeekEscapes.undo(element));
            }
            from = end + 1;
        }
        return out;
    }

    private static List<Columns> parse() {
        String id = "uid id.orig_h@ id.orig_p# id.resp_h@ id.resp_p#";
        List<Columns> all = new ArrayList<>();
        TABLE.lines().forEach(line -> {
            String[] words = line.replace(" ID", ' ' + id).split(" ");
            StringBuilder types = new StringBuilder();
            String[] names = new String[words.length];
            for (int i = 0; i < words.length; i++) {
                String word = i == 0 ? "ts" : words[i];
                char last = word.charAt(word.length() - 1);
                boolean typed = "#%?@*:!".indexOf(last) >= 0;
                types.append(typed ? last : i == 0 ? 't' : ' ');
                names[i] = typed ? word.substring(0, word.length() - 1) : word;
            }
            all.add(new Columns(words[0], names, types.toString()));
        });
        return List.copyOf(all);
    }
}
