package jp.hinomi.alerting.triage;

import jp.hinomi.alerting.text.Reason;

/** Why a step of triage is not taken. */
public enum TriageReason implements Reason {
    NO_STEP,
    NO_VERDICT,
    NO_ASSIGNEE,
    NOTE_LONG,
    NO_ALERT,
    NO_ALERT_OR_INCIDENT,
    CHANGED,
    VIEW_NAME,
    NO_ACTION;

    @Override
    public String part() {
        return "triage";
    }
}
