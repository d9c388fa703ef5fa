package jp.hinomi.alerting.incident;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Why something is not done with an incident; nothing was changed. Its message is English; pages and calls say it as their reader does. */
public final class CaseworkRefusal extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Each has its words in the texts under {@code casework.refused.}; what stands in braces there are the details. */
    public enum Why {
        TITLE_EMPTY,
        TITLE_LONG,
        IMPACT_LONG,
        LEAD_LONG,
        NO_STATUS,
        NO_SEVERITY,
        NO_TLP,
        TLP_BELOW_ALERT,
        NO_CIRCUMSTANCE,
        NO_TIME,
        NO_VERDICT,
        NO_INCIDENT,
        NO_ALERT,
        ALERT_MISSING,
        ALERT_THERE,
        ALERT_NOT_PART,
        ALERT_NOT_PROPOSED,
        NO_ENTRY_TYPE,
        ENTRY_AUTOMATIC,
        ENTRY_TEXT,
        ENTRY_CORRECTED,
        NO_STAKEHOLDER,
        ENTRY_PATH_LONG,
        TASK_TITLE,
        TASK_OWNER,
        TASKS_MANY,
        TASK_SO,
        MERGE_SELF,
        MERGED,
        NOT_MERGED,
        SPLIT,
        FILE_NOTE,
        FILES_MANY,
        FILE_PARTY,
        FILE_REASON,
        FILE_WITHDRAWN,
        NO_FILE,
        EXPORT_STAKEHOLDER,
        REPORT_RESTRICTED;

        /** The word in texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** In the message bundles. */
        public String key() {
            return "casework.refused." + word();
        }
    }

    private final Why why;
    private final transient List<Object> details;

    /** @param details in the order of the texts; numbers are written without separators */
    public CaseworkRefusal(Why why, Object... details) {
        super(english(why, details));
        this.why = Objects.requireNonNull(why, "why");
        this.details = words(details);
    }

    private static List<Object> words(Object... details) {
        return Stream.of(details).<Object>map(String::valueOf).toList(); // 1234, never 1,234
    }

    private static String english(Why why, Object... details) {
        ResourceBundle texts = ResourceBundle.getBundle("jp.hinomi.alerting.messages", Locale.ROOT);
        return new MessageFormat(texts.getString(why.key()), Locale.ENGLISH)
                .format(words(details).toArray());
    }

    public Why why() {
        return why;
    }

    /** For the texts. */
    public Object[] details() {
        return details == null ? new Object[0] : details.toArray();
    }

    /** @throws CaseworkRefusal if it is no label */
    public static Tlp tlp(String word) {
        try {
            return Tlp.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw new CaseworkRefusal(Why.NO_TLP, word);
        }
    }

    /** @throws CaseworkRefusal if it is no severity */
    public static Severity severity(String word) {
        try {
            return Severity.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw new CaseworkRefusal(Why.NO_SEVERITY, word);
        }
    }
}
