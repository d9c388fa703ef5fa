package jp.hinomi.ingest.intel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.SecurityEvent;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The index finds exactly the indicators that hold when each is asked by itself. The model below knows nothing of the
 * parser, the keys or the hashes: it makes a pattern's text and judges events by what it meant.
 */
class StixPatternProperties {
    private static final String[] ADDRESSES = {"203.0.113.1", "203.0.113.2", "198.51.100.1", "2001:db8::1"};
    private static final String[] NAMES = {"c2.example", "a.c2.example", "b.a.c2.example", "x.example"};
    private static final String[] FILES = {"a.exe", "b.exe", "c.pdf"};
    private static final long[] PORTS = {80, 443, 8080};

    /** What a pattern means. */
    private interface Meaning {
        boolean of(SecurityEvent event);
    }

    private record Model(String text, Meaning meaning) {}

    @Property(tries = 300)
    void findsWhatHolds(@ForAll long seed) {
        Random random = new Random(seed);
        IntelIndex index = new IntelIndex();
        List<Indicator> indicators = new ArrayList<>();
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Model model = random.nextInt(4) == 0 ? observable(random) : pattern(random);
            Indicator.Builder builder = Indicator.builder("i" + i, "f")
                    .validFrom(random.nextInt(3) * 100L)
                    .validUntil(random.nextBoolean() ? Indicator.FOREVER : 201 + random.nextInt(200));
            if (model.text().startsWith("[") || model.text().startsWith("(")) {
                builder.pattern(model.text());
            } else {
                String[] parts = model.text().split(" ");
                builder.observable(Observable.Type.ofWord(parts[0]), parts[1]);
            }
            Indicator indicator = builder.build();
            try {
                index.put(indicator);
            } catch (PatternException e) {
                assertThat(e).hasMessageMatching("(?s).*(names no whole value|no event can satisfy).*");
                continue;
            }
            if (random.nextInt(8) == 0) {
                index.remove(indicator.id());
            } else {
                indicators.add(indicator);
                models.add(model);
            }
        }
        IntelMatcher matcher = index.matcher();
        for (int i = 0; i < 60; i++) {
            SecurityEvent event = event(random);
            TreeSet<String> expected = new TreeSet<>();
            for (int j = 0; j < models.size(); j++) {
                if (indicators.get(j).isValidAt(event.correlationMillis())
                        && models.get(j).meaning().of(event)) {
                    expected.add(indicators.get(j).id());
                }
            }
            TreeSet<String> found = new TreeSet<>();
            matcher.match(event, 100)
                    .forEach(match -> found.add(match.indicator().id()));
            assertThat(found)
                    .as(() -> "seed " + seed + ", " + models + "\n" + event)
                    .isEqualTo(expected);
        }
    }

    private static Model observable(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                String name = one(random, NAMES);
                yield new Model("domain-tree " + name, event -> any(event, name, true, DOMAINS));
            }
            case 1 -> {
                String name = one(random, NAMES);
                yield new Model("domain-name " + name, event -> any(event, name, false, DOMAINS));
            }
            case 2 ->
                new Model(
                        "ipv4-addr 203.0.113.0/30",
                        event -> addresses(event).stream().anyMatch(a -> a.startsWith("203.0.113.")));
            default ->
                new Model("ipv6-addr 2001:db8::/64", event -> addresses(event).contains("2001:db8::1"));
        };
    }

    private static Model pattern(Random random) {
        Model inner = comparisons(random, 2);
        Model left = new Model("[" + inner.text() + "]", inner.meaning());
        if (random.nextInt(3) == 0) {
            Model first = left;
            Model second = pattern(random);
            boolean and = random.nextBoolean();
            return new Model(
                    "(" + first.text() + ") " + (and ? "AND" : "OR") + " (" + second.text() + ")",
                    event -> and
                            ? first.meaning().of(event) && second.meaning().of(event)
                            : first.meaning().of(event) || second.meaning().of(event));
        }
        if (random.nextInt(5) == 0) {
            Model whole = left;
            return new Model(
                    whole.text() + " START t'1970-01-01T00:00:00.100Z' STOP t'1970-01-01T00:00:00.250Z'",
                    event -> event.correlationMillis() >= 100
                            && event.correlationMillis() < 250
                            && whole.meaning().of(event));
        }
        return left;
    }

    private static Model comparisons(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return comparison(random);
        }
        Model first = comparisons(random, depth - 1);
        Model second = comparisons(random, depth - 1);
        boolean and = random.nextBoolean();
        return new Model(
                "(" + first.text() + (and ? " AND " : " OR ") + second.text() + ")",
                event -> and
                        ? first.meaning().of(event) && second.meaning().of(event)
                        : first.meaning().of(event) || second.meaning().of(event));
    }

    private static Model comparison(Random random) {
        String address = one(random, ADDRESSES);
        String name = one(random, NAMES);
        String file = one(random, FILES);
        long port = PORTS[random.nextInt(PORTS.length)];
        return switch (random.nextInt(14)) {
            case 0 ->
                new Model(
                        "ipv4-addr:value = '" + address + "'",
                        event -> addresses(event).contains(address));
            case 1 ->
                new Model(
                        "ipv4-addr:value != '" + address + "'",
                        event -> addresses(event).stream().anyMatch(a -> !a.equals(address)));
            case 2 ->
                new Model(
                        "network-traffic:dst_ref.value = '" + address + "'",
                        event -> address.equals(event.text(Fields.DESTINATION_IP)));
            case 3 ->
                new Model(
                        "network-traffic:src_ref.value NOT = '" + address + "'",
                        event -> event.has(Fields.SOURCE_IP) && !address.equals(event.text(Fields.SOURCE_IP)));
            case 4 ->
                new Model(
                        "domain-name:value = '" + name.toUpperCase(java.util.Locale.ROOT) + "'",
                        event -> any(event, name, false, DOMAINS));
            case 5 ->
                new Model(
                        "domain-name:value LIKE '%." + name + "'",
                        event -> DOMAINS.stream()
                                .anyMatch(field ->
                                        values(event, field).stream().anyMatch(value -> value.endsWith("." + name))));
            case 6 -> new Model("file:name = '" + file + "'", event -> file.equals(event.text(Fields.FILE_NAME)));
            case 7 ->
                new Model(
                        "file:name LIKE '_.exe'",
                        event -> event.has(Fields.FILE_NAME)
                                && event.text(Fields.FILE_NAME).endsWith(".exe"));
            case 8 ->
                new Model("file:name MATCHES '^[ab]'", event -> event.has(Fields.FILE_NAME) && !file("c.pdf", event));
            case 9 ->
                new Model(
                        "network-traffic:dst_port = " + port,
                        event -> Long.valueOf(port).equals(event.get(Fields.DESTINATION_PORT)));
            case 10 ->
                new Model(
                        "network-traffic:dst_port > " + port,
                        event -> event.get(Fields.DESTINATION_PORT) instanceof Long value && value > port);
            case 11 ->
                new Model(
                        "ipv4-addr:value IN ('203.0.113.1', '198.51.100.0/24')",
                        event -> addresses(event).stream()
                                .anyMatch(a -> a.equals("203.0.113.1") || a.startsWith("198.51.100.")));
            case 12 ->
                new Model(
                        "url:value LIKE 'http://c2.example/%'",
                        event -> String.valueOf(event.text(Fields.URL_FULL)).startsWith("http://c2.example/"));
            default ->
                new Model(
                        "url:value = 'http://c2.example/1'",
                        event -> "http://c2.example/1".equals(event.text(Fields.URL_FULL)));
        };
    }

    private static final List<Field> DOMAINS = List.of(Fields.URL_DOMAIN, Fields.DNS_QUESTION_NAME);

    private static boolean file(String name, SecurityEvent event) {
        return name.equals(event.text(Fields.FILE_NAME));
    }

    private static List<String> addresses(SecurityEvent event) {
        List<String> all = new ArrayList<>();
        for (Field field : List.of(Fields.SOURCE_IP, Fields.DESTINATION_IP, Fields.RELATED_IP)) {
            all.addAll(values(event, field));
        }
        return all;
    }

    private static boolean any(SecurityEvent event, String name, boolean below, List<Field> fields) {
        for (Field field : fields) {
            for (String value : values(event, field)) {
                if (value.equals(name) || below && value.endsWith("." + name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> values(SecurityEvent event, Field field) {
        Object value = event.get(field);
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    private static SecurityEvent event(Random random) {
        SecurityEvent.Builder event = new SecurityEvent.Builder("e", random.nextInt(450));
        sometimes(random, event, Fields.SOURCE_IP, one(random, ADDRESSES));
        sometimes(random, event, Fields.DESTINATION_IP, one(random, ADDRESSES));
        sometimes(random, event, Fields.RELATED_IP, List.of(one(random, ADDRESSES), "10.0.0.1"));
        sometimes(random, event, Fields.URL_DOMAIN, one(random, NAMES));
        sometimes(random, event, Fields.DNS_QUESTION_NAME, one(random, NAMES));
        sometimes(random, event, Fields.FILE_NAME, one(random, FILES));
        sometimes(random, event, Fields.DESTINATION_PORT, PORTS[random.nextInt(PORTS.length)]);
        sometimes(random, event, Fields.URL_FULL, "http://" + one(random, NAMES) + "/" + random.nextInt(3));
        return event.build();
    }

    private static void sometimes(Random random, SecurityEvent.Builder event, Field field, Object value) {
        if (random.nextInt(3) > 0) {
            event.put(field, value);
        }
    }

    private static String one(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }
}
