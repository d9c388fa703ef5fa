package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The resolver against a naive one that scans every selector with the JDK's own addresses. */
class ResourceResolverProperties {
    @Property(tries = 1500)
    void findsTheSameAddressesAsAScan(
            @ForAll @Size(max = 30) List<@net.jqwik.api.From("blocks") String> blocks,
            @ForAll("addresses") String address) {
        List<Resource> resources = resources(Selector.Kind.CIDR, blocks);

        assertThat(origins(resources, address)).isEqualTo(naive(resources, selector -> prefixOf(selector, address)));
    }

    @Property(tries = 1500)
    void findsTheSameHostsAsAScan(
            @ForAll @Size(max = 30) List<@net.jqwik.api.From("patterns") String> patterns,
            @ForAll("hosts") String host) {
        List<Resource> resources = resources(Selector.Kind.HOST, patterns);

        assertThat(origins(resources, host)).isEqualTo(naive(resources, selector -> labelsOf(selector, host)));
    }

    @Property(tries = 200)
    void theOrderOfResourcesDoesNotMatter(
            @ForAll @Size(max = 20) List<@net.jqwik.api.From("blocks") String> blocks,
            @ForAll("addresses") String address,
            @ForAll Random random) {
        List<Resource> resources = resources(Selector.Kind.CIDR, blocks);
        List<Resource> shuffled = new ArrayList<>(resources);
        java.util.Collections.shuffle(shuffled, random);

        assertThat(origins(shuffled, address)).isEqualTo(origins(resources, address));
    }

    @Provide
    Arbitrary<String> blocks() {
        // Few bits vary, so that blocks nest and addresses hit.
        Arbitrary<String> v4 = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 32))
                .as((b, c, d, prefix) -> block("10." + b + "." + c + "." + d, prefix));
        Arbitrary<String> v6 = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 128))
                .as((a, b, prefix) -> block("2001:db8:" + a + "::" + b, prefix));
        return Arbitraries.oneOf(v4, v6);
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> v4 = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3))
                .as((b, c, d) -> "10." + b + "." + c + "." + d);
        Arbitrary<String> v6 = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3))
                .as((a, b) -> "2001:db8:" + a + "::" + b);
        return Arbitraries.oneOf(v4, v6);
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.of("a", "b", "city", "jp")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(labels -> String.join(".", labels));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Combinators.combine(hosts(), Arbitraries.of(true, false))
                .as((host, suffix) -> suffix ? "*." + host : host);
    }

    private static List<Resource> resources(Selector.Kind kind, List<String> values) {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            resources.add(Cities.resource("r" + (100 + i), kind.word() + "=" + values.get(i)));
        }
        return resources;
    }

    private static List<String> origins(List<Resource> resources, String text) {
        SecurityEvent event = new SecurityEvent.Builder("e", 0)
                .put(Fields.SOURCE_ADDRESS, text)
                .build();
        return new ResourceResolver(Cities.of(resources, List.of()))
                .resolve(event).stream()
                        .peek(each -> assertThat(each.part()).isEqualTo(Alert.Part.ORIGIN))
                        .map(each -> each.resource().id())
                        .toList();
    }

    private interface Weight {
        /** How specific the selector is for what is looked up; −1 if it does not match. */
        int of(String selector);
    }

    private static List<String> naive(List<Resource> resources, Weight weight) {
        int best = resources.stream()
                .mapToInt(each -> weight.of(each.selectors().get(0).value()))
                .max()
                .orElse(-1);
        return best < 0
                ? List.of()
                : resources.stream()
                        .filter(each -> weight.of(each.selectors().get(0).value()) == best)
                        .map(Resource::id)
                        .sorted(Comparator.naturalOrder())
                        .toList();
    }

    private static int prefixOf(String block, String address) {
        String[] parts = block.split("/");
        byte[] network = bytes(parts[0]);
        byte[] candidate = bytes(address);
        if (network.length != candidate.length) {
            return -1;
        }
        int prefix = Integer.parseInt(parts[1]);
        int host = network.length * 8 - prefix;
        return new BigInteger(1, network).shiftRight(host).equals(new BigInteger(1, candidate).shiftRight(host))
                ? prefix
                : -1;
    }

    private static int labelsOf(String pattern, String host) {
        if (pattern.equals(host)) {
            return Integer.MAX_VALUE;
        }
        return pattern.startsWith("*.") && host.endsWith(pattern.substring(1)) ? pattern.length() : -1;
    }

    /** The block of that length around the address. */
    private static String block(String address, int prefix) {
        byte[] bytes = bytes(address);
        int host = bytes.length * 8 - prefix;
        BigInteger network = new BigInteger(1, bytes).shiftRight(host).shiftLeft(host);
        byte[] masked = new byte[bytes.length];
        byte[] raw = network.toByteArray();
        for (int i = 0; i < masked.length && i < raw.length; i++) {
            masked[masked.length - 1 - i] = raw[raw.length - 1 - i];
        }
        try {
            return InetAddress.getByAddress(masked).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("literals are not looked up", e);
        }
    }
}
