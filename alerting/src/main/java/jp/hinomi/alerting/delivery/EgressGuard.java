package jp.hinomi.alerting.delivery;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which addresses messages may be sent to. Whoever writes the address of a webhook must not make us knock at what only this
 * machine can reach (server-side request forgery): everything that is not public (RFC 6890, 4291) is refused unless the city's
 * files allow it. Judges addresses, not names: the caller connects to the very address that was judged. Thread-safe.
 */
public final class EgressGuard {
    private static final List<IPAddress> INTERNAL = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8",
            "100.64.0.0/10", // shared address space; some clouds answer questions about the machine there
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "168.63.129.16", // the platform's own address in one cloud
            "::1",
            "fc00::/7",
            "fec0::/10",
            // What carries an IPv4 address that a gateway may deliver to.
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/32",
            "2002::/16",
            "::/96");

    /** Never meant for a message; a name that leads there is a trick, so only naming the block itself allows it. */
    private static final List<IPAddress> NEVER_BY_NAME =
            blocks("0.0.0.0/32", "169.254.0.0/16", "224.0.0.0/3", "::", "fe80::/10", "ff00::/8", "fd00:ec2::254");

    private final Supplier<List<String>> allow;
    private volatile Allowed compiled = Allowed.of(List.of());

    /** @param allow blocks, addresses, host names and {@code *.suffixes} that the city's files name; asked at each judgement */
    public EgressGuard(Supplier<List<String>> allow) {
        this.allow = allow;
    }

    public EgressGuard(List<String> allow) {
        this(() -> allow);
    }

    private Allowed allowed() {
        List<String> entries = allow.get();
        Allowed known = compiled;
        if (!known.entries().equals(entries)) {
            known = Allowed.of(entries);
            compiled = known;
        }
        return known;
    }

    private record Allowed(List<String> entries, List<IPAddress> blocks, List<String> names) {
        static Allowed of(List<String> entries) {
            List<IPAddress> blocks = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (String entry : entries) {
                IPAddress block = new IPAddressString(entry).getAddress();
                if (block != null) {
                    blocks.add(block);
                } else {
                    names.add(entry.toLowerCase(Locale.ROOT));
                }
            }
            return new Allowed(List.copyOf(entries), blocks, names);
        }
    }

    /** Why nothing is sent to that address; empty if it may be. @param host as the channel names it */
    public Optional<String> refusal(String host, InetAddress address) {
        IPAddress judged = new IPAddressString(address.getHostAddress().replaceFirst("%.*", "")).getAddress();
        if (judged == null) {
            return Optional.of(remedy(host, address));
        }
        if (within(allowed().blocks(), judged)) {
            return Optional.empty();
        }
        boolean never = within(NEVER_BY_NAME, judged);
        if (!never && (!within(INTERNAL, judged) || isNamed(host))) {
            return Optional.empty();
        }
        return Optional.of(remedy(host, address));
    }

    private static String remedy(String host, InetAddress address) {
        return host + " leads to " + address.getHostAddress()
                + ", which is not a public address: nothing was sent. If that is meant, name the host or its network under"
                + " 'egress: {allow: […]}' in notification.yaml";
    }

    /** Whether the city's files name the host: then it may also be spoken to without TLS. */
    public boolean isNamed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return allowed().names().stream()
                .anyMatch(entry -> entry.startsWith("*.") ? name.endsWith(entry.substring(1)) : name.equals(entry));
    }

    private static boolean within(List<IPAddress> blocks, IPAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<IPAddress> blocks(String... texts) {
        List<IPAddress> blocks = new ArrayList<>();
        for (String text : texts) {
            blocks.add(new IPAddressString(text).getAddress());
        }
        return List.copyOf(blocks);
    }
}
