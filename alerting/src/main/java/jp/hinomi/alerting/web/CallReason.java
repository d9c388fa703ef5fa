package jp.hinomi.alerting.web;

import jp.hinomi.alerting.text.Reason;

/** Why a call of the API, or a request of a page, is not taken, whatever it asks for. */
public enum CallReason implements Reason {
    UNAUTHENTICATED,
    TOKEN,
    FORBIDDEN,
    PERMISSION,
    CSRF,
    RATE,
    KEY_FORM,
    KEY_STAKEHOLDER,
    KEY_JSON,
    KEY_LARGE,
    KEY_OTHER_CALL,
    KEY_UNDER_WAY,
    KEYS_MANY,
    BODY_MISSING,
    BODY_JSON,
    BODY_FIELD,
    BODY_VALUE,
    BODY,
    NUMBER,
    YES_OR_NO,
    TIME,
    VALUE,
    PARAMETER_MISSING,
    LIMIT,
    ADDRESS,
    METHOD,
    MEDIA,
    ACCEPT,
    TOO_LARGE,
    BAD,
    CONFLICT,
    UNAVAILABLE,
    FAILED;

    @Override
    public String part() {
        return "call";
    }
}
