package jp.hinomi.alerting.incident;

import jp.hinomi.alerting.text.Reason;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Why something is not done with an incident; nothing was changed. */
public final class CaseworkRefusal extends Refused {
    private static final long serialVersionUID = 1L;

    /** Each has its words in the texts under {@code casework.refused.}. */
    public enum Why implements Reason {
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
        FILE_TYPE,
        FILE_LARGE,
        FILE_DAMAGED,
        EXPORT_STAKEHOLDER,
        REPORT_RESTRICTED,
        REPORT_WITHHELD,
        REPORT_UNCONCERNED,
        REPORT_UNFINISHED,
        REPORT_CHANNEL,
        REPORT_WHERETO,
        REPORT_NO_WAY,
        REPORT_UNDER_WAY,
        REPORT_ARRIVED;

        @Override
        public String part() {
            return "casework";
        }
    }

    /** @param details in the order of the texts */
    public CaseworkRefusal(Why why, Object... details) {
        super(why, details);
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
