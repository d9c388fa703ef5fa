package jp.hinomi.alerting.ack;

import jp.hinomi.alerting.text.Reason;

/** Why an answer to an alert is not taken. */
public enum AnswerReason implements Reason {
    NO_ANSWER,
    NO_OWN_ANSWER,
    NO_CONTACT,
    NOT_YOUR_CONTACT,
    TAKE_OVER;

    @Override
    public String part() {
        return "answer";
    }
}
