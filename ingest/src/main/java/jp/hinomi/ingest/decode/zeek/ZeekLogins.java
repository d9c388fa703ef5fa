package jp.hinomi.ingest.decode.zeek;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.tls.NameFields;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** Logs of protocols in which somebody logs in, and of databases. */
final class ZeekLogins {
    static final Set<String> FTP = Set.of("user", "password", "command", "arg", "mime_type", "file_size", "reply_msg");

    static final Set<String> KERBEROS = Set.of("success", "error_msg", "cert.client_subject", "cert.server_subject");

    private static final NameFields CLIENT = NameFields.under("tls.client.x509.subject");
    private static final NameFields SERVER = NameFields.under("tls.server.x509.subject");
    private static final Field MIME = Fields.of("file.mime_type");
    private static final List<String> TRIED = List.of("network", "authentication");
    private static final List<String> LOGIN = List.of("connection", "protocol", "start");

    private ZeekLogins() {}

    static void ssh(JsonObject ssh, EventDraft event) {
        Boolean success = ssh.flag("auth_success");
        if (success != null) {
            event.classify(TRIED, LOGIN).action("ssh_login").outcome(success);
        }
        String direction = ssh.text("direction");
        event.text(Fields.NETWORK_DIRECTION, direction == null ? null : direction.toLowerCase(Locale.ROOT));
        event.relatedHash(ssh.text("hassh")).relatedHash(ssh.text("hasshServer"));
    }

    /** The client is {@code user/REALM}. */
    static void kerberos(JsonObject krb, EventDraft event) {
        String client = krb.text("client");
        int slash = client == null ? -1 : client.lastIndexOf('/');
        event.text(Fields.USER_DOMAIN, slash > 0 ? client.substring(slash + 1) : null);
        event.user(Fields.USER_NAME, null, slash > 0 ? client.substring(0, slash) : client);
        event.action(krb.text("request_type")).text(Fields.SERVICE_NAME, krb.text("service"));
        CLIENT.put(krb.text("cert.client_subject"), event);
        SERVER.put(krb.text("cert.server_subject"), event);
        result(krb.flag("success"), krb.text("error_msg"), event);
    }

    static void ntlm(JsonObject ntlm, EventDraft event) {
        event.user(ntlm.text("username")).text(Fields.USER_DOMAIN, ntlm.text("domainname"));
        event.action("ntlm_login");
        host(ntlm.text("hostname"), event);
        host(ntlm.text("server_dns_computer_name"), event);
        host(ntlm.text("server_nb_computer_name"), event);
        result(ntlm.flag("success"), null, event);
    }

    static void rdp(JsonObject rdp, EventDraft event) {
        event.user(rdp.text("cookie")).put(TlsFields.ESTABLISHED, rdp.flag("ssl"));
        host(rdp.text("client_name"), event);
        String result = rdp.text("result");
        event.action(result == null ? null : "rdp_connection");
        if (result != null
                && (result.equalsIgnoreCase("success") || result.startsWith("SSL_NOT") || result.endsWith("FAILURE"))) {
            result(result.equalsIgnoreCase("success"), null, event);
        }
    }

    static void rfb(JsonObject rfb, EventDraft event) {
        event.action("vnc_login");
        result(rfb.flag("auth"), null, event);
    }

    static void ftp(JsonObject ftp, EventDraft event) {
        String user = ftp.text("user");
        event.user(user != null && user.startsWith("<") ? null : user).action(ftp.text("command"));
        String path = ftp.text("arg");
        ZeekFiles.path(path != null && path.indexOf('/') >= 0 ? path : null, event);
        event.text(Fields.URL_ORIGINAL, path != null && path.startsWith("ftp://") ? path : null);
        event.text(MIME, ftp.text("mime_type")).number(Fields.FILE_SIZE, ftp.number("file_size"));
        long code = ftp.number("reply_code");
        if (code >= 100) {
            event.text(Fields.EVENT_CODE, Long.toString(code));
            result(code < 400, ftp.text("reply_msg"), event);
        }
    }

    static void radius(JsonObject radius, EventDraft event) {
        event.user(radius.text("username"))
                .mac(Fields.SOURCE_MAC, radius.text("mac"))
                .action("radius_login");
        String result = radius.text("result");
        result(result == null ? null : Boolean.valueOf(result.equals("success")), radius.text("reply_msg"), event);
    }

    static void ldap(JsonObject ldap, EventDraft event) {
        String opcode = ldap.text("opcode");
        event.action(opcode);
        if (opcode != null && opcode.startsWith("bind")) {
            event.classify(TRIED, LOGIN);
            event.user(Fields.USER_NAME, null, ldap.text("object"));
        }
        String result = ldap.text("result");
        result(
                result == null ? null : Boolean.valueOf(result.equals("success")),
                ldap.text("diagnostic_message"),
                event);
    }

    static void socks(JsonObject socks, EventDraft event) {
        event.user(socks.text("user"));
        host(socks.text("request.name"), event);
        event.relatedIp(jp.hinomi.ingest.decode.text.Addresses.canonical(socks.text("request.host")));
        String status = socks.text("status");
        result(status == null ? null : Boolean.valueOf(status.equals("succeeded")), status, event);
    }

    static void irc(JsonObject irc, EventDraft event) {
        event.user(irc.text("user")).action(irc.text("command"));
        event.text(Fields.FILE_NAME, irc.text("dcc_file_name")).number(Fields.FILE_SIZE, irc.number("dcc_file_size"));
    }

    static void database(JsonObject log, EventDraft event) {
        event.user(log.text("user")).action(log.text("cmd"));
        result(log.flag("success"), null, event);
    }

    private static void result(Boolean success, String reason, EventDraft event) {
        ZeekLogs.outcome(success, event);
        event.text(Fields.EVENT_REASON, reason);
    }

    private static void host(String name, EventDraft event) {
        event.relatedHost(EventDraft.hostForm(name));
    }
}
