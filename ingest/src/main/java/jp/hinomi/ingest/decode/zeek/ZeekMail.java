package jp.hinomi.ingest.decode.zeek;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.tls.TlsFields;

/** {@code smtp.log}: the envelope and the header of a mail. */
final class ZeekMail {
    static final Set<String> TAKEN = Set.of(
            "mailfrom",
            "rcptto",
            "from",
            "to",
            "cc",
            "reply_to",
            "msg_id",
            "subject",
            "user_agent",
            "tls",
            "x_originating_ip");

    private static final Field FROM = Fields.of("email.from.address");
    private static final Field SENDER = Fields.of("email.sender.address");
    private static final Field TO = Fields.of("email.to.address");
    private static final Field CC = Fields.of("email.cc.address");
    private static final Field REPLY_TO = Fields.of("email.reply_to.address");
    private static final Field SUBJECT = Fields.of("email.subject");
    private static final Field ID = Fields.of("email.message_id");
    private static final Field MAILER = Fields.of("email.x_mailer");
    private static final int MAX_ADDRESSES = 64;

    private ZeekMail() {}

    static void describe(JsonObject smtp, EventDraft event) {
        event.put(FROM, addresses(smtp.texts("from"))).put(TO, addresses(smtp.texts("rcptto")));
        if (event.get(TO) == null) {
            event.put(TO, addresses(smtp.texts("to")));
        }
        event.put(CC, addresses(smtp.texts("cc"))).put(REPLY_TO, addresses(smtp.texts("reply_to")));
        List<String> sender = addresses(smtp.texts("mailfrom"));
        event.text(SENDER, sender.isEmpty() ? null : sender.get(0));
        event.text(SUBJECT, smtp.text("subject")).text(ID, smtp.text("msg_id")).text(MAILER, smtp.text("user_agent"));
        event.ip(Fields.CLIENT_IP, smtp.text("x_originating_ip"));
        event.put(TlsFields.ESTABLISHED, smtp.flag("tls"));
        event.relatedHost(EventDraft.hostForm(smtp.text("helo")));
        reply(smtp.text("last_reply"), event);
    }

    /** {@code 250 2.0.0 Ok: queued}. */
    private static void reply(String reply, EventDraft event) {
        long code = reply == null || reply.length() < 3 ? -1 : Numbers.parse(reply, 0, 3);
        if (code >= 200) {
            event.text(Fields.EVENT_CODE, Long.toString(code)).outcome(code < 400);
        }
    }

    /** Of {@code "Name" <user@example.jp>} what the angle brackets hold. */
    private static List<String> addresses(List<String> texts) {
        List<String> all = new ArrayList<>(texts.size());
        for (String text : texts) {
            int open = text.lastIndexOf('<');
            int close = open < 0 ? -1 : text.indexOf('>', open);
            String address = (close > open ? text.substring(open + 1, close) : text).strip();
            if (!address.isEmpty() && all.size() < MAX_ADDRESSES && !all.contains(address)) {
                all.add(address);
            }
        }
        return all;
    }
}
