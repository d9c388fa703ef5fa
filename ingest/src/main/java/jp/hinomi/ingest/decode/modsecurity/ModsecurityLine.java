package jp.hinomi.ingest.decode.modsecurity;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.web.WebFields;

/** What ModSecurity or Coraza writes into the error log of its web server: one line a rule. Stateless. */
public final class ModsecurityLine {
    private static final Field UNIQUE_ID = Fields.of("modsecurity.unique_id");
    private static final String[] BEGINNINGS = {"ModSecurity: ", "Coraza: "};

    private ModsecurityLine() {}

    /** The index after {@code ModSecurity: }, or -1 if that is nowhere in the part. */
    public static int in(String text, int from, int to) {
        for (String beginning : BEGINNINGS) {
            int at = text.indexOf(beginning, from);
            if (at >= 0 && at < to) {
                return at + beginning.length();
            }
        }
        return -1;
    }

    /**
     * Makes the event one of ModSecurity's, whatever it was.
     *
     * @param from what {@link #in} returned
     * @return false if no rule is named there: the engine says something of itself
     */
    public static boolean describe(String text, int from, int to, EventDraft event) {
        RuleMatch match = RuleMatch.read(text, from, to);
        if (match.id() == null) {
            return false;
        }
        event.module(ModsecurityDecoder.FORMAT, "modsecurity.error");
        RuleFields.alert(match, event);
        if (match.denied()) {
            event.outcome(false);
        }
        event.text(UNIQUE_ID, match.uniqueId()).text(Fields.HTTP_REQUEST_ID, match.uniqueId());
        if (event.get(Fields.SOURCE_ADDRESS) == null) {
            event.source(match.client());
        }
        if (event.get(Fields.URL_ORIGINAL) == null && match.uri() != null) {
            WebFields.target(match.uri(), null, event);
        }
        if (event.get(Fields.URL_DOMAIN) == null && match.hostname() != null) {
            WebFields.authority(match.hostname(), event);
            event.put(Fields.DESTINATION_DOMAIN, event.get(Fields.URL_DOMAIN));
        }
        return true;
    }
}
