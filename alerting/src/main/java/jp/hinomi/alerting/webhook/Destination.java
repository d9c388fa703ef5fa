package jp.hinomi.alerting.webhook;

import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import jp.hinomi.alerting.delivery.EgressGuard;
import jp.hinomi.alerting.text.Refused;

/** Judges the address that somebody wrote for a webhook. Names are looked up and judged anew at each call. Thread-safe. */
public final class Destination {
    private static final int LONGEST = 2000;

    private final EgressGuard guard;

    public Destination(EgressGuard guard) {
        this.guard = guard;
    }

    /** What is wrong with it and what to do; empty if messages can be sent there, as far as the address says. */
    public Optional<Refused> problem(String text) {
        URI url;
        try {
            url = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            return refused(WebhookReason.URL_FORM, e.getMessage());
        }
        String host = url.getHost();
        if (text.length() > LONGEST) {
            return refused(WebhookReason.URL_LONG, LONGEST);
        }
        if (host == null || url.getScheme() == null) {
            return refused(WebhookReason.URL_HOST);
        }
        if (url.getUserInfo() != null || url.getFragment() != null) {
            return refused(WebhookReason.URL_SECRET);
        }
        boolean open = "http".equals(url.getScheme());
        if (!open && !"https".equals(url.getScheme())) {
            return refused(WebhookReason.URL_SCHEME);
        }
        // The literal address of a machine can be judged at once.
        boolean inside = Optional.ofNullable(new IPAddressString(host.replaceAll("^\\[|\\]$", "")).getAddress())
                .flatMap(address -> guard.refusal(host, address.toInetAddress()))
                .isPresent();
        if (inside) {
            return refused(WebhookReason.URL_INSIDE, host);
        }
        if (open && !guard.isNamed(host) && !isThisMachine(host)) {
            return refused(WebhookReason.URL_OPEN);
        }
        return Optional.empty();
    }

    private static Optional<Refused> refused(WebhookReason why, Object... details) {
        return Optional.of(new Refused(why, details));
    }

    private static boolean isThisMachine(String host) {
        return Optional.ofNullable(new IPAddressString(host.replaceAll("^\\[|\\]$", "")).getAddress())
                .map(address -> address.toInetAddress())
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }
}
