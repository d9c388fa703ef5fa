package jp.hinomi.alerting.delivery;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What may be asked of a proxy. It connects for us, to an address that it looks up itself: so whatever we can look up is judged before,
 * every address of it, since the proxy may take any. What only the proxy can look up is asked for over TLS alone, where the
 * other side proves its name before it gets a word, and not under names that are never public. Thread-safe.
 */
final class ProxyGuard {
    /** Special-use names (RFC 6761, 6762, 8375, 9476) and what clouds and routers call things inside. */
    private static final List<String> INSIDE = List.of(
            "localhost",
            "local",
            "internal",
            "intranet",
            "lan",
            "corp",
            "home",
            "home.arpa",
            "private",
            "alt",
            "onion");

    private final EgressGuard guard;

    ProxyGuard(EgressGuard guard) {
        this.guard = guard;
    }

    /** Why it is not asked for; empty if it may be. */
    Optional<String> refusal(URI url) {
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                Optional<String> refused = guard.refusal(host, address);
                if (refused.isPresent()) {
                    return refused;
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return guard.isNamed(host) ? Optional.empty() : unknown(url, host);
        }
    }

    private static Optional<String> unknown(URI url, String host) {
        if (!"https".equals(url.getScheme())) {
            return Optional.of(
                    "only the proxy can look " + host + " up, so nobody can say whether it is inside: nothing was"
                            + " sent. Write https://, so that the other side proves its name, or name the host under"
                            + " 'egress: {allow: […]}' in notification.yaml");
        }
        if (looksInternal(host)) {
            return Optional.of(
                    host + " is a name for something inside, which only the proxy can look up: nothing was sent."
                            + " If that is meant, name the host under 'egress: {allow: […]}' in notification.yaml");
        }
        return Optional.empty();
    }

    private static boolean looksInternal(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        // One label is a machine beside the proxy. Addresses in odd forms (0x7f.1) are no hosts of a URL in Java.
        return name.indexOf('.') < 0 || INSIDE.stream().anyMatch(end -> name.equals(end) || name.endsWith("." + end));
    }
}
