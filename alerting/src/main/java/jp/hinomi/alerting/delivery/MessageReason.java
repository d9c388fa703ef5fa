package jp.hinomi.alerting.delivery;

import jp.hinomi.alerting.text.Reason;

/** Why a message, or a record that could not be taken, is not dealt with so. */
public enum MessageReason implements Reason {
    NO_MESSAGE,
    PREVIEW_MISSING,
    PREVIEW_OLD,
    NO_RECORD,
    NO_RUN;

    @Override
    public String part() {
        return "message";
    }
}
