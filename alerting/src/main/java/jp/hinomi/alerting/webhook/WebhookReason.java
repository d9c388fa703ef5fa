package jp.hinomi.alerting.webhook;

import jp.hinomi.alerting.text.Reason;

/** Why a webhook is not made, changed or called so. */
public enum WebhookReason implements Reason {
    NAME,
    NO_EVENTS,
    NO_EVENT,
    URL_MISSING,
    URL_FORM,
    URL_LONG,
    URL_HOST,
    URL_SECRET,
    URL_SCHEME,
    URL_INSIDE,
    URL_OPEN,
    NO_RESOURCE,
    NO_STAKEHOLDER,
    NOT_FOR_STAKEHOLDERS,
    MANY,
    PING_UNDER_WAY,
    SUSPENDED,
    ACTIVE,
    NO_WEBHOOK;

    @Override
    public String part() {
        return "webhook";
    }
}
