package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/** The resolver against a naive one that scans every selector with the JDK's own addresses. */
class ResourceResolverProperties {
    @Property(tries = 1000)
    void findsTheSameAddressesAsAScan(
            @ForAll @Size(max = 30) List<@From("blocks") String> blocks, @ForAll("addresses") String address) {
        List<Resource> resources = resources(Selector.Kind.CIDR, blocks);

        assertThat(origins(resources, address)).isEqualTo(naive(resources, selector -> prefixOf(selector, address)));
    }

    @Property(tries = 1000)
    void findsTheSameHostsAsAScan(
            @ForAll @Size(max = 30) List<@From("patterns") String> patterns, @ForAll("hosts") String host) {
        List<Resource> resources = resources(Selector.Kind.HOST, patterns);

        assertThat(origins(resources, host)).isEqualTo(naive(resources, selector -> labelsOf(selector, host)));
    }

    @Property(tries = 200)
    void theOrderOfResourcesDoesNotMatter(
            @ForAll @Size(max = 20) List<@From("blocks") String> blocks,
            @ForAll("addresses") String address,
            @ForAll Random random) {
        List<Resource> resources = resources(Selector.Kind.CIDR, blocks);
        List<Resource> shuffled = new ArrayList<>(resources);
        java.util.Collections.shuffle(shuffled, random);

        assertThat(origins(shuffled, address)).isEqualTo(origins(resources, address));
    }

    private static final List<Field> ADDRESSES = List.of(
            Fields.SOURCE_IP,
            Fields.CLIENT_IP,
            Fields.DESTINATION_IP,
            Fields.DESTINATION_NAT_IP,
            Fields.SERVER_IP,
            Fields.HOST_IP);
    private static final List<Field> NAMES = List.of(
            Fields.SOURCE_DOMAIN,
            Fields.DESTINATION_DOMAIN,
            Fields.URL_DOMAIN,
            Fields.TLS_CLIENT_SERVER_NAME,
            Fields.HOST_NAME,
            Fields.HOST_HOSTNAME,
            Fields.OBSERVER_NAME);
    private static final List<Field> EITHER = List.of(Fields.SOURCE_ADDRESS, Fields.DESTINATION_ADDRESS);
    private static final Field DEVICE = Fields.of("device.id");
    private static final List<Field> WORDS = List.of(
            Fields.CITY_SOURCE,
            DEVICE,
            Fields.HOST_ID,
            Fields.OBSERVER_SERIAL_NUMBER,
            Fields.SERVICE_NAME,
            Fields.CITY_DATA_CLASS,
            Fields.CITY_LAYER);

    /**
     * All kinds of selectors and all parts at once: what the guide to the city's files says, written down a second time as a scan of
     * every selector, without an index.
     */
    // Shrinking maps of fields fails in jqwik itself and would hide the sample.
    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void findsByEveryKindWhatAScanFinds(
            @ForAll @Size(max = 12) List<@From("selectors") String> selectors,
            @ForAll("events") Map<Field, String> fields) {
        List<Resource> resources = new ArrayList<>();
        // Every third resource has two selectors.
        for (int i = 0; i < selectors.size(); i++) {
            resources.add(Cities.resource(
                    "r" + (100 + i), selectors.get(i) + (i % 3 == 0 ? " " + selectors.get(selectors.size() - 1) : "")));
        }
        List<Source> sources = List.of(
                Cities.source("s0", "logs.gateway", resources.isEmpty() ? null : "r100"),
                Cities.source("s1", "logs.asset", null),
                Cities.source("s2", "logs.firewall", null));
        SecurityEvent.Builder event = new SecurityEvent.Builder("e", 0);
        fields.forEach(event::put);

        List<String> found = new ResourceResolver(Cities.of(resources, sources))
                .resolve(event.build()).stream()
                        .map(touched ->
                                touched.part() + " " + touched.resource().id())
                        .toList();

        Scan scan = new Scan(resources, sources, fields);
        List<String> expected = new ArrayList<>();
        scan.target().forEach(id -> expected.add(Alert.Part.TARGET + " " + id));
        scan.origin().forEach(id -> expected.add(Alert.Part.ORIGIN + " " + id));
        scan.observer().forEach(id -> expected.add(Alert.Part.OBSERVER + " " + id));
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The guide's sentences. */
    private record Scan(List<Resource> resources, List<Source> sources, Map<Field, String> fields) {
        Set<String> target() {
            boolean seenFromOutside = Stream.of(
                            Fields.DESTINATION_IP,
                            Fields.DESTINATION_ADDRESS,
                            Fields.DESTINATION_DOMAIN,
                            Fields.SERVER_IP)
                    .anyMatch(fields::containsKey);
            if (seenFromOutside) {
                return first(
                        () -> place(
                                Fields.DESTINATION_NAT_IP,
                                Fields.DESTINATION_IP,
                                Fields.SERVER_IP,
                                Fields.DESTINATION_ADDRESS,
                                Fields.DESTINATION_DOMAIN,
                                Fields.URL_DOMAIN,
                                Fields.TLS_CLIENT_SERVER_NAME),
                        () -> word(Selector.Kind.SERVICE, Fields.SERVICE_NAME),
                        () -> word(Selector.Kind.DATA_CLASS, Fields.CITY_DATA_CLASS));
            }
            Set<String> both = new TreeSet<>(first(
                    this::source,
                    () -> word(Selector.Kind.DEVICE, DEVICE),
                    () -> word(Selector.Kind.DEVICE, Fields.HOST_ID),
                    () -> place(Fields.HOST_IP, Fields.HOST_NAME, Fields.HOST_HOSTNAME)));
            both.addAll(first(
                    () -> place(Fields.URL_DOMAIN),
                    () -> word(Selector.Kind.SERVICE, Fields.SERVICE_NAME),
                    () -> word(Selector.Kind.DATA_CLASS, Fields.CITY_DATA_CLASS)));
            return both.isEmpty() ? layer() : both;
        }

        Set<String> origin() {
            return place(Fields.SOURCE_IP, Fields.SOURCE_ADDRESS, Fields.SOURCE_DOMAIN, Fields.CLIENT_IP);
        }

        Set<String> observer() {
            return first(
                    this::source,
                    () -> word(Selector.Kind.DEVICE, Fields.OBSERVER_SERIAL_NUMBER),
                    () -> place(Fields.OBSERVER_NAME));
        }

        private Set<String> layer() {
            if (fields.containsKey(Fields.CITY_LAYER)) {
                return word(Selector.Kind.LAYER, Fields.CITY_LAYER);
            }
            String topic = sources.stream()
                    .filter(source -> source.id().equals(fields.get(Fields.CITY_SOURCE)))
                    .map(Source::topic)
                    .findFirst()
                    .orElse("");
            String layer =
                    Map.of("logs.gateway", "city-os", "logs.asset", "asset").getOrDefault(topic, "");
            return best(Selector.Kind.LAYER, value -> value.equals(layer) ? 1 : -1);
        }

        private Set<String> source() {
            Set<String> found = new TreeSet<>(word(Selector.Kind.SOURCE, Fields.CITY_SOURCE));
            sources.stream()
                    .filter(source -> source.id().equals(fields.get(Fields.CITY_SOURCE)))
                    .forEach(source -> source.resource().ifPresent(found::add));
            return found;
        }

        private Set<String> word(Selector.Kind kind, Field field) {
            return best(kind, value -> value.equals(fields.get(field)) ? 1 : -1);
        }

        /** By an address in any of the fields before a name in any. */
        private Set<String> place(Field... of) {
            for (Selector.Kind kind : List.of(Selector.Kind.CIDR, Selector.Kind.HOST)) {
                for (Field field : of) {
                    String value = fields.getOrDefault(field, "");
                    boolean address = value.matches("[0-9.]+|.*:.*");
                    Set<String> found = kind == Selector.Kind.CIDR
                            ? best(kind, block -> address ? prefixOf(block, value) : -1)
                            : best(kind, pattern -> labelsOf(pattern, value));
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
            return Set.of();
        }

        private Set<String> best(Selector.Kind kind, Weight weight) {
            int best = -1;
            Set<String> found = new TreeSet<>();
            for (Resource resource : resources) {
                for (Selector selector : resource.selectors()) {
                    int now = selector.kind() == kind ? weight.of(selector.value()) : -1;
                    if (now > best) {
                        found.clear();
                        best = now;
                    }
                    if (now >= 0 && now == best) {
                        found.add(resource.id());
                    }
                }
            }
            return found;
        }

        @SafeVarargs
        private static Set<String> first(Supplier<Set<String>>... ways) {
            return Stream.of(ways)
                    .map(Supplier::get)
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .orElse(Set.of());
        }
    }

    @Provide
    Arbitrary<String> selectors() {
        Arbitrary<String> word = Arbitraries.of("w0", "w1", "s0", "s1");
        return Arbitraries.oneOf(
                blocks().map(block -> "cidr=" + block),
                patterns().map(pattern -> "host=" + pattern),
                word.map(value -> "source=" + value),
                word.map(value -> "device=" + value),
                word.map(value -> "service=" + value),
                word.map(value -> "data-class=" + value),
                Arbitraries.of("asset", "city-os", "service").map(value -> "layer=" + value));
    }

    @Provide
    Arbitrary<Map<Field, String>> events() {
        Arbitrary<Map.Entry<Field, String>> one = Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(ADDRESSES), addresses()).as(Map::entry),
                Combinators.combine(Arbitraries.of(NAMES), hosts()).as(Map::entry),
                Combinators.combine(Arbitraries.of(EITHER), Arbitraries.oneOf(addresses(), hosts()))
                        .as(Map::entry),
                Combinators.combine(
                                Arbitraries.of(WORDS),
                                Arbitraries.of("w0", "w1", "s0", "s1", "s2", "asset", "city-os", "service"))
                        .as(Map::entry));
        return one.list().ofMaxSize(6).map(entries -> {
            Map<Field, String> fields = new LinkedHashMap<>();
            entries.forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
            return fields;
        });
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
