package jp.hinomi.alerting.report;

import jp.hinomi.alerting.text.Reason;

/** Why a report is not drafted, changed or ended so. */
public enum ReportReason implements Reason {
    NO_FORM,
    FORM_MISSING,
    NO_STAGE,
    NO_FIELD,
    FIELD_LONG,
    NO_RECIPIENT,
    RECIPIENT_MISSING,
    RECIPIENT_UNKNOWN,
    RECIPIENT_LONG,
    NOT_THE_LAST,
    UNDER_WAY,
    OVERTAKEN,
    FROZEN,
    REASON,
    NOT_SUBMITTED,
    NOT_A_DRAFT,
    NO_REPORT,
    NO_FONT,
    FONT_UNUSABLE;

    @Override
    public String part() {
        return "report";
    }
}
