package jp.hinomi.ingest.decode.paloalto;

/**
 * The columns of each log type behind the seven that all share, in the order of the syslog field descriptions of PAN-OS 8.1
 * to 11.2: newer versions add columns at the end, so a shorter row is one of an older version. Names are those that stand
 * below {@code panw.panos}, unless {@link Places} has a better place; a dash is a column without a meaning.
 */
final class Columns {
    private static final String GROUPS = "device_group_hierarchy1 device_group_hierarchy2 device_group_hierarchy3"
            + " device_group_hierarchy4 vsys_name device_name ";

    private static final String SESSION = "source.ip destination.ip source.nat.ip destination.nat.ip ruleset srcuser"
            + " dstuser app virtual_sys source.zone destination.zone inbound_interface outbound_interface log_profile"
            + " logged_time flow_id repeat_count source.port destination.port source.nat.port destination.nat.port"
            + " flags protocol action ";

    private static final String DEVICES = "src.category src.profile src.model src.vendor src.os.family src.os.version"
            + " src.host src.mac dst.category dst.profile dst.model dst.vendor dst.os.family dst.os.version dst.host"
            + " dst.mac ";

    private static final String SOURCE_DEVICE =
            "src.category src.profile src.model src.vendor src.os.family src.os.version src.host src.mac ";

    private static final String APPLICATION = "application.sub_category application.category application.technology"
            + " application.risk_level application.characteristics application.container application.tunneled"
            + " application.is_saas application.is_sanctioned ";

    static final String TRAFFIC = SESSION
            + "network.bytes bytes_sent bytes_received network.packets start_time elapsed_time url.category -"
            + " sequence_number action_flags srcloc dstloc - packets_sent packets_received endreason " + GROUPS
            + "action_source source_vm_uuid destination_vm_uuid imsi imei parent_session.id"
            + " parent_session.start_time tunnel_type sctp.assoc_id sctp.chunks sctp.chunks_sent"
            + " sctp.chunks_received rule_uuid http2_connection link.change_count policy.id link.switches"
            + " sdwan.cluster.name sdwan.device_type sdwan.cluster.type sdwan.site dynamic_user.group.name xff.ip "
            + DEVICES
            + "container.id pod.namespace pod.name src.external_dynamic_list dst.external_dynamic_list host.id"
            + " serial_number src.dynamic_address_group dst.dynamic_address_group session.owner high_res_timestamp"
            + " nssai_sst nssai_sd " + APPLICATION + "is_offloaded flow_type cluster_name";

    static final String THREAT = SESSION
            + "misc threat url.category severity direction sequence_number action_flags srcloc dstloc -"
            + " http_content_type network.pcap_id file.hash wildfire.name url_idx user_agent file.type"
            + " forwarded_for referrer sender subject recipient wildfire.report_id " + GROUPS
            + "- source_vm_uuid destination_vm_uuid http_method imsi imei parent_session.id"
            + " parent_session.start_time tunnel_type threat_category content_version - sctp.assoc_id"
            + " payload_protocol_id http_headers url_category_list rule_uuid http2_connection"
            + " dynamic_user.group.name xff.ip " + DEVICES
            + "container.id pod.namespace pod.name src.external_dynamic_list dst.external_dynamic_list host.id"
            + " serial_number domain_edl src.dynamic_address_group dst.dynamic_address_group partial_hash"
            + " high_res_timestamp reason justification nssai_sst " + APPLICATION + "cloud_report.id";

    static final String DECRYPTION = SESSION
            + "tunnel_type - - source_vm_uuid destination_vm_uuid rule_uuid hs_stage_c2f hs_stage_f2s tls.version"
            + " tls.key_exchange_algorithm tls.encryption tls.auth policy.name elliptic_curve tls.error_type"
            + " root_certificate_status chain_status proxy_type certificate.serial_number certificate.hash"
            + " certificate.not_before certificate.not_after certificate.version certificate.size"
            + " subject_common_name.length issuer_common_name.length root_common_name.length"
            + " server_name_indication.length certificate.flags subject_common_name.value issuer_common_name.value"
            + " root_common_name.value server_name_indication.value error_message container.id pod.namespace pod.name"
            + " src.external_dynamic_list dst.external_dynamic_list src.dynamic_address_group"
            + " dst.dynamic_address_group high_res_timestamp " + DEVICES + "sequence_number action_flags " + GROUPS
            + "vsys_id " + APPLICATION;

    static final String TUNNEL = SESSION + "severity sequence_number action_flags srcloc dstloc " + GROUPS
            + "imsi imei parent_session.id parent_session.start_time tunnel_type network.bytes bytes_sent"
            + " bytes_received network.packets packets_sent packets_received max_encapsulation unknown_protocol"
            + " strict_check tunnel_fragment sessions.created sessions.closed endreason action_source start_time"
            + " elapsed_time tunnel_inspection_rule remote_user.ip remote_user.id rule_uuid pcap_id"
            + " dynamic_user.group.name src.external_dynamic_list dst.external_dynamic_list high_res_timestamp"
            + " nssai_sd nssai_sst pdu_session.id application.sub_category application.category"
            + " application.technology application.risk_level application.characteristics application.container"
            + " application.is_saas application.is_sanctioned";

    static final String SCTP = "source.ip destination.ip - - ruleset - - - virtual_sys source.zone destination.zone"
            + " inbound_interface outbound_interface log_profile - flow_id repeat_count source.port destination.port"
            + " - - - - protocol action " + GROUPS
            + "sequence_number - sctp.assoc_id payload_protocol_id severity sctp.chunk_type - sctp.verification.tag_1"
            + " sctp.verification.tag_2 sctp.cause_code diameter_app_id diameter_cmd_code diameter_avp_code"
            + " sctp.stream_id sctp.assoc_end_reason op_code sccp.calling_ssn sccp.calling_gt sctp.filter"
            + " sctp.chunks sctp.chunks_sent sctp.chunks_received network.packets packets_sent packets_received"
            + " rule_uuid high_res_timestamp";

    static final String SYSTEM = "virtual_sys event.id object.id - - module severity description sequence_number"
            + " action_flags " + GROUPS + "- - high_res_timestamp";

    static final String CONFIG = "client_host virtual_sys cmd admin client_type result path sequence_number"
            + " action_flags " + GROUPS + "device_group_id comment - high_res_timestamp";

    /** With the details that a custom log format adds. */
    static final String CONFIG_DETAILED =
            CONFIG.replace("path sequence_number", "path before_change_detail after_change_detail sequence_number");

    static final String USERID =
            "virtual_sys source.ip srcuser datasourcename event.id repeat_count timeout source.port"
                    + " destination.port datasource datasourcetype sequence_number action_flags " + GROUPS
                    + "vsys_id factortype factorcompletiontime factorno ugflags user_by_source tag.name high_res_timestamp"
                    + " origin_datasource - cluster_name";

    static final String IPTAG = "virtual_sys source.ip tag.name event.id repeat_count timeout datasourcename"
            + " datasource_type datasource_subtype sequence_number action_flags " + GROUPS
            + "vsys_id high_res_timestamp";

    static final String HIPMATCH = "srcuser virtual_sys machine.name machine.os source.ip matchname repeat_count"
            + " matchtype - - sequence_number action_flags " + GROUPS
            + "vsys_id source.ipv6 host.id serial_number machine.mac_address high_res_timestamp cluster_name";

    static final String GLOBALPROTECT = "virtual_sys event.id stage auth_method tunnel_type srcuser srcloc machine.name"
            + " public.ip public.ipv6 private.ip private.ipv6 host.id serial_number client_ver client.os"
            + " client.os_version repeat_count event.reason error_message description event.status location"
            + " login_duration connect_method error_code portal sequence_number action_flags high_res_timestamp"
            + " selection_type response_time priority attempted_gateways gateway " + GROUPS + "vsys_id cluster_name";

    static final String AUTHENTICATION = "virtual_sys source.ip user normalize_user object.id authentication.policy"
            + " repeat_count authentication.id vendor log_profile server_profile description client_type event.result"
            + " factorno sequence_number action_flags " + GROUPS
            + "vsys_id authentication.protocol rule_uuid high_res_timestamp " + SOURCE_DEVICE
            + "region - user_agent flow_id cluster_name";

    static final String CORRELATION =
            "source.ip srcuser virtual_sys category severity " + GROUPS + "vsys_id object.name object.id evidence";

    static final String AUDIT = "event.code event.id admin cmd result";

    private Columns() {}
}
