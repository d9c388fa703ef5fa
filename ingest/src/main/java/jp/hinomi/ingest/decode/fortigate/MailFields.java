package jp.hinomi.ingest.decode.fortigate;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** Who wrote to whom, of profiles that look into mail. Stateless. */
final class MailFields {
    private static final Field FROM = Fields.of("email.from.address");
    private static final Field SENDER = Fields.of("email.sender.address");
    private static final Field TO = Fields.of("email.to.address");
    private static final Field CC = Fields.of("email.cc.address");
    private static final Field SUBJECT = Fields.of("email.subject");
    private static final int MAX_ADDRESSES = 64;

    private MailFields() {}

    static void describe(KeyValues values, EventDraft event) {
        event.put(FROM, addresses(values.get(Key.FROM))).text(SENDER, values.get(Key.SENDER));
        String to = values.get(Key.TO);
        event.put(TO, addresses(to == null ? values.get(Key.RECIPIENT) : to)).put(CC, addresses(values.get(Key.CC)));
        event.text(SUBJECT, values.get(Key.SUBJECT));
    }

    private static List<String> addresses(String joined) {
        List<String> addresses = new ArrayList<>();
        int from = 0;
        while (joined != null && from < joined.length() && addresses.size() < MAX_ADDRESSES) {
            int end = from;
            while (end < joined.length() && joined.charAt(end) != ',' && joined.charAt(end) != ';') {
                end++;
            }
            String address = joined.substring(from, end).strip();
            if (!address.isEmpty()) {
                addresses.add(address);
            }
            from = end + 1;
        }
        return addresses;
    }
}
