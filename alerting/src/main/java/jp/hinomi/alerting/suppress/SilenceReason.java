package jp.hinomi.alerting.suppress;

import jp.hinomi.alerting.text.Reason;

/** Why a silence is not begun or ended so. */
public enum SilenceReason implements Reason {
    NO_OWNER,
    REASON,
    TIMES,
    MATCH,
    NO_SILENCE,
    NO_DIGEST;

    @Override
    public String part() {
        return "silence";
    }
}
