package jp.hinomi.alerting.notice;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

/** What a recipient is told of an alert, for people and for programs. Used by one thread. */
public final class Letter {
    private final Notice notice;
    private final Supplier<String> alert;
    private final Supplier<URI> shortLink;
    private String json;

    /**
     * @param alert as JSON, without the evidence and the data about people that the recipient may not see
     * @param shortLink makes a link to answer that is no longer than a text message allows
     */
    public Letter(Notice notice, Supplier<String> alert, Supplier<URI> shortLink) {
        this.shortLink = Objects.requireNonNull(shortLink, "shortLink");
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

    /** The notice for a text message, in which there is no room for the usual link. */
    public Notice shortNotice() {
        return notice.answeredAt(shortLink.get());
    }
}
