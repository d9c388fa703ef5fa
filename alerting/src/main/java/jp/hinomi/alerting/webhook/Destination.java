package jp.hinomi.alerting.webhook;

import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import jp.hinomi.alerting.delivery.EgressGuard;

/** Judges the address that somebody wrote for a webhook. Names are looked up and judged anew at each call. Thread-safe. */
public final class Destination {
    private static final int LONGEST = 2000;

    private final EgressGuard guard;

    public Destination(EgressGuard guard) {
        this.guard = guard;
    }

    /** What is wrong with it and what to do; empty if messages can be sent there, as far as the address says. */
    public Optional<String> problem(String text) {
        URI url;
        try {
            url = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            return Optional.of("'url' is no web address (" + e.getMessage() + "): write https://host/path");
        }
        String host = url.getHost();
        if (text.length() > LONGEST) {
            return Optional.of("'url' is longer than " + LONGEST + " characters");
        }
        if (host == null || url.getScheme() == null) {
            return Optional.of("'url' names no host: write https://host/path");
        }
        if (url.getUserInfo() != null || url.getFragment() != null) {
            return Optional.of(
                    "'url' has a password or a fragment (#…): leave it out, calls are signed with the secret");
        }
        boolean open = "http".equals(url.getScheme());
        if (!open && !"https".equals(url.getScheme())) {
            return Optional.of("'url' is neither https nor http: write https://host/path");
        }
        // The literal address of a machine can be judged at once.
        Optional<String> inside = Optional.ofNullable(
                        new IPAddressString(host.replaceAll("^\\[|\\]$", "")).getAddress())
                .flatMap(address -> guard.refusal(host, address.toInetAddress()));
        if (inside.isPresent()) {
            return inside.map(why -> "'url': " + why);
        }
        if (open && !guard.isNamed(host) && !isThisMachine(host)) {
            return Optional.of(
                    "'url' does not use https: everybody on the way would read what is sent. Use https, or name the"
                            + " host under 'egress: {allow: […]}' in notification.yaml");
        }
        return Optional.empty();
    }

    private static boolean isThisMachine(String host) {
        return Optional.ofNullable(new IPAddressString(host.replaceAll("^\\[|\\]$", "")).getAddress())
                .map(address -> address.toInetAddress())
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }
}
