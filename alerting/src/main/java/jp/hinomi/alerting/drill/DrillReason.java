package jp.hinomi.alerting.drill;

import jp.hinomi.alerting.text.Reason;

/** Why an exercise is not planned or cancelled so. */
public enum DrillReason implements Reason {
    NAME,
    TIME,
    NO_ALERT,
    MANY,
    SEVERITY,
    RESOURCE,
    TITLE,
    AFTER,
    OVER,
    NO_DRILL;

    @Override
    public String part() {
        return "drills";
    }
}
