package jp.hinomi.ingest.decode.suricata;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.net.MacAddress;
import jp.hinomi.ingest.decode.text.Addresses;

/** Users, files, mail and outcomes in the objects of the smaller protocols of EVE. */
final class EveProtocols {
    private static final Field MAIL_FROM = Fields.of("email.from.address");
    private static final Field MAIL_SENDER = Fields.of("email.sender.address");
    private static final Field MAIL_TO = Fields.of("email.to.address");
    private static final Field MAIL_CC = Fields.of("email.cc.address");
    private static final Field MAIL_SUBJECT = Fields.of("email.subject");
    private static final Field MAIL_ID = Fields.of("email.message_id");
    private static final Field MAIL_MAILER = Fields.of("email.x_mailer");
    private static final Field MAIL_ATTACHMENTS = Fields.of("email.attachments.file.name");
    private static final Field CLIENT_MAC = Fields.of("client.mac");
    private static final int MAX_RECIPIENTS = 64;

    private EveProtocols() {}

    static void describe(JsonObject eve, boolean isAlert, EventDraft event) {
        mail(eve.object("smtp"), eve.object("email"), event);
        smb(eve.object("smb"), isAlert, event);
        kerberos(eve.object("krb5"), isAlert, event);
        dhcp(eve.object("dhcp"), event);
        mqtt(eve.object("mqtt"), isAlert, event);
        files(eve, event);
        event.user(eve.object("rdp").text("cookie"));
        event.user(eve.object("pgsql")
                .object("request")
                .object("startup_parameters")
                .text("user"));
        sip(eve.object("sip"), isAlert, event);
        JsonObject ssh = eve.object("ssh");
        event.relatedHash(ssh.object("client").object("hassh").text("hash"));
        event.relatedHash(ssh.object("server").object("hassh").text("hash"));
    }

    private static void mail(JsonObject smtp, JsonObject mail, EventDraft event) {
        if (!smtp.isEmpty()) {
            event.text(MAIL_SENDER, address(smtp.text("mail_from")));
            event.put(MAIL_TO, addresses(smtp.list("rcpt_to")));
        }
        if (!mail.isEmpty()) {
            event.put(MAIL_FROM, addresses(mail.list("from")));
            event.put(MAIL_TO, addresses(mail.list("to")));
            event.put(MAIL_CC, addresses(mail.list("cc")));
            event.text(MAIL_SUBJECT, mail.text("subject"));
            event.text(MAIL_ID, mail.text("message_id"));
            event.text(MAIL_MAILER, mail.text("x_mailer"));
            event.put(MAIL_ATTACHMENTS, EveEvents.texts(mail.list("attachment")));
        }
    }

    private static List<String> addresses(List<Object> values) {
        List<String> all = new ArrayList<>(values.size());
        for (Object value : values) {
            String address = value instanceof String text ? address(text) : null;
            if (address != null && all.size() < MAX_RECIPIENTS && !all.contains(address)) {
                all.add(address);
            }
        }
        return all;
    }

    /** Of {@code "Name" <user@example.jp>} what the angle brackets hold; null if nothing is left. */
    private static String address(String text) {
        if (text == null) {
            return null;
        }
        int open = text.lastIndexOf('<');
        int close = open < 0 ? -1 : text.indexOf('>', open);
        String address = (close > open ? text.substring(open + 1, close) : text).strip();
        return address.isEmpty() ? null : address;
    }

    private static void smb(JsonObject smb, boolean isAlert, EventDraft event) {
        if (smb.isEmpty()) {
            return;
        }
        path(smb.text("filename"), event);
        JsonObject login = smb.object("ntlmssp");
        event.user(login.text("user")).text(Fields.USER_DOMAIN, login.text("domain"));
        event.relatedHost(EventDraft.hostForm(login.text("host")));
        String status = smb.text("status");
        if (!isAlert && status != null && !status.equals("STATUS_MORE_PROCESSING_REQUIRED")) {
            event.outcome(status.equals("STATUS_SUCCESS"));
        }
    }

    private static void kerberos(JsonObject krb5, boolean isAlert, EventDraft event) {
        if (krb5.isEmpty()) {
            return;
        }
        String name = krb5.text("cname");
        event.user(name != null && name.startsWith("<") ? null : name);
        event.text(Fields.USER_DOMAIN, name == null ? null : krb5.text("realm"));
        event.text(Fields.SERVICE_NAME, krb5.text("sname"));
        String type = krb5.text("msg_type");
        if (!isAlert && type != null) {
            if (type.equals("KRB_ERROR")) {
                event.outcome(false).text(Fields.EVENT_REASON, krb5.text("error_code"));
            } else if (type.endsWith("_REP")) {
                event.outcome(true);
            }
        }
    }

    private static void dhcp(JsonObject dhcp, EventDraft event) {
        if (dhcp.isEmpty()) {
            return;
        }
        event.text(CLIENT_MAC, MacAddress.ecs(dhcp.text("client_mac")));
        event.relatedHost(EventDraft.hostForm(dhcp.text("hostname")));
        for (String name : new String[] {"assigned_ip", "requested_ip", "client_ip"}) {
            String ip = Addresses.canonical(dhcp.text(name));
            if (ip != null && !ip.equals("0.0.0.0")) {
                event.relatedIp(ip);
            }
        }
    }

    private static void mqtt(JsonObject mqtt, boolean isAlert, EventDraft event) {
        if (mqtt.isEmpty()) {
            return;
        }
        event.user(mqtt.object("connect").text("username"));
        long code = mqtt.object("connack").number("return_code");
        if (!isAlert && code >= 0) {
            event.outcome(code == 0);
        }
    }

    private static void files(JsonObject eve, EventDraft event) {
        JsonObject ftp = eve.object("ftp");
        if ("USER".equals(ftp.text("command"))) {
            event.user(Fields.USER_NAME, null, ftp.text("command_data"));
        }
        path(eve.object("ftp_data").text("filename"), event);
        path(eve.object("tftp").text("file"), event);
        path(eve.object("nfs").text("filename"), event);
    }

    private static void path(String path, EventDraft event) {
        if (path != null && !path.isEmpty() && !path.startsWith("<")) {
            event.text(Fields.FILE_PATH, path);
            int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
            event.text(Fields.FILE_NAME, path.substring(slash + 1));
        }
    }

    private static void sip(JsonObject sip, boolean isAlert, EventDraft event) {
        event.text(Fields.URL_FULL, sip.text("uri"));
        long code = sip.number("code");
        if (!isAlert && code > 0) {
            event.outcome(code < 400);
        }
    }
}
