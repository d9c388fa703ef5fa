package jp.hinomi.ingest.decode.cisco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * The messages by their number, as the syslog message guides of ASA and FTD word them; of several wordings the first that
 * fits is taken. A message that is not here keeps number, severity and text. Immutable and thread-safe.
 *
 * <p>The tables are text: lines {@code KIND number …: wording}, a {@link Kind} and a {@link Template}; a further wording stands
 * behind {@code |} on a line of its own, a line without a colon has the wordings of the next one, and {@code #} begins a
 * comment.
 */
final class Messages {
    private static final String FURTHER = "  | ";

    private record Message(Kind kind, List<Template> wordings) {}

    private final Map<String, Message> byNumber = new HashMap<>();
    private final Values values;

    /** @param prefix {@code cisco.asa.} or {@code cisco.ftd.} */
    Messages(String prefix) {
        this.values = new Values(prefix);
        read(TrafficMessages.TABLE);
        read(AccountMessages.TABLE);
        read(TunnelMessages.TABLE);
    }

    /** @return false if the number is not known, or the wording is another: then only the classification is put */
    boolean describe(String number, String text, int from, EventDraft event) {
        Message message = byNumber.get(number.startsWith("4000") ? "4000" : number);
        if (message == null) {
            return false;
        }
        message.kind.put(event);
        for (Template wording : message.wordings) {
            if (wording.put(text, from, event)) {
                return true;
            }
        }
        return false;
    }

    private void read(String table) {
        List<Template> wordings = new ArrayList<>(1);
        for (String line : table.lines().toList()) {
            if (line.startsWith(FURTHER)) {
                wordings.add(Template.of(line.substring(FURTHER.length()), values::of));
            } else if (!line.startsWith("#")) {
                if (!wordings.isEmpty()) {
                    wordings = new ArrayList<>(1);
                }
                int colon = line.indexOf(": ");
                add(line.substring(0, colon < 0 ? line.length() : colon).split(" "), wordings);
                if (colon >= 0) {
                    wordings.add(Template.of(line.substring(colon + 2), values::of));
                }
            }
        }
    }

    /** @param words the kind and the numbers @param wordings may be filled later */
    private void add(String[] words, List<Template> wordings) {
        Message message = new Message(Kind.valueOf(words[0]), wordings);
        for (int i = 1; i < words.length; i++) {
            if (byNumber.put(words[i], message) != null) {
                throw new IllegalStateException("two descriptions of message " + words[i]);
            }
        }
    }
}
