package jp.hinomi.alerting.own;

import jp.hinomi.alerting.text.Reason;

/** Why something that a stakeholder asks of its own part is not done. */
public enum OwnReason implements Reason {
    NO_ALERT,
    NO_INCIDENT,
    NO_FILE,
    NO_REPORT,
    REPORT_RESTRICTED,
    NOT_A_TIME;

    @Override
    public String part() {
        return "own";
    }
}
