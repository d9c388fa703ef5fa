package jp.hinomi.alerting.notice;

/** Message ids of mails (RFC 5322, 3.6.4), the same for every attempt. */
public final class MessageIds {
    private final String domain;

    /** @param domain right of the {@code @}: the sender's */
    public MessageIds(String domain) {
        this.domain = domain;
    }

    /** The mails of one alert to one contact form one thread; this is its first. */
    public String thread(String alertId, String contactId) {
        return id("alert." + alertId + "." + contactId);
    }

    public String of(String alertId, String contactId, Cause cause) {
        return cause instanceof Cause.First
                ? thread(alertId, contactId)
                : id("alert." + alertId + "." + contactId + "." + cause.key());
    }

    public String digest(long deliveryId) {
        return id("digest." + deliveryId);
    }

    public String test(long deliveryId) {
        return id("test." + deliveryId);
    }

    /** @param found how often it was found when it was told; what is told later is of the thread of the first */
    public String alarm(long alarmId, long found) {
        return id("alarm." + alarmId + (found > 1 ? "." + found : ""));
    }

    /** @param key of the reminder */
    public String report(String key) {
        return id("report." + key);
    }

    private String id(String left) {
        return "<" + left.replaceAll("[^A-Za-z0-9._-]", "_") + "@" + domain + ">";
    }
}
