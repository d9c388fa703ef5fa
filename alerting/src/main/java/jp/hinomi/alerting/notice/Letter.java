package jp.hinomi.alerting.notice;

import java.util.Objects;
import java.util.function.Supplier;

/** What a recipient is told of an alert, for people and for programs. Used by one thread. */
public final class Letter {
    private final Notice notice;
    private final Supplier<String> alert;
    private String json;

    /** @param alert as JSON, without the evidence and the data about people that the recipient may not see */
    public Letter(Notice notice, Supplier<String> alert) {
        this.notice = Objects.requireNonNull(notice, "notice");
        this.alert = Objects.requireNonNull(alert, "alert");
    }

    public Notice notice() {
        return notice;
    }

    /** The alert as JSON, cut down for the recipient: only programs read it, so it is cut when one of them does. */
    public String alertJson() {
        if (json == null) {
            json = alert.get();
        }
        return json;
    }
}
