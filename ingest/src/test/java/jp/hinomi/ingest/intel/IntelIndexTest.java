package jp.hinomi.ingest.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable.Type;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntelIndexTest {
    private static final long NOW = 1_775_000_000_000L;

    private final IntelIndex index = new IntelIndex();
    private final IntelMatcher matcher = index.matcher();

    @ParameterizedTest
    @CsvSource({
        "ipv4-addr, 203.0.113.7, source.ip, 203.0.113.7, true",
        "ipv4-addr, 203.0.113.7, destination.ip, 203.0.113.8, false",
        "ipv4-addr, 203.0.113.7, dns.answers.data, 203.0.113.7, true",
        "ipv4-addr, 203.0.113.7, related.ip, ::ffff:203.0.113.7, true",
        "ipv4-addr, 198.51.100.0/24, destination.ip, 198.51.100.255, true",
        "ipv4-addr, 198.51.100.9/24, destination.ip, 198.51.100.255, true",
        "ipv4-addr, 198.51.100.0/24, destination.ip, 198.51.101.0, false",
        "ipv4-addr, 0.0.0.0/0, destination.ip, 198.51.101.0, true",
        "ipv4-addr, 203.0.113.7/32, source.ip, 203.0.113.7, true",
        "ipv6-addr, 2001:DB8::7, source.ip, 2001:db8::7, true",
        "ipv6-addr, 2001:db8:1::/48, source.ip, 2001:db8:1:ffff::1, true",
        "ipv6-addr, 2001:db8:1::/48, source.ip, 2001:db8:2::1, false",
        "ipv6-addr, 2001:db8::/65, source.ip, 2001:db8::7fff:0:0:1, true",
        "ipv6-addr, 2001:db8::/65, source.ip, 2001:db8::8000:0:0:1, false",
        "domain-name, c2.example, dns.question.name, C2.Example., true",
        "domain-name, c2.example, dns.question.name, a.c2.example, false",
        "domain-tree, c2.example, dns.question.name, a.b.c2.example, true",
        "domain-tree, c2.example, url.domain, c2.example, true",
        "domain-tree, c2.example, url.domain, notc2.example, false",
        "domain-name, 日本語.example, url.domain, xn--wgv71a119e.example, true",
        "domain-name, xn--wgv71a119e.example, url.domain, 日本語.example, true",
        "url, HTTP://C2.example:80/a?b=1#top, url.full, http://c2.example/a?b=1, true",
        "url, http://c2.example/a, url.full, http://c2.example/A, false",
        "url, http://c2.example, url.original, http://C2.EXAMPLE:80/, true",
        "url, c2.example/a, url.full, https://c2.example/a, true",
        "url, http://[2001:db8::1]:8080/x, url.full, http://[2001:DB8::1]:8080/x, true",
        "url, http://c2.example/a, http.request.referrer, http://c2.example/a, true",
        "url, http://c2.example/a, url.original, /a, false",
        "md5, d41d8cd98f00b204e9800998ecf8427e, file.hash.md5, D41D8CD98F00B204E9800998ECF8427E, true",
        "md5, d41d8cd98f00b204e9800998ecf8427e, related.hash, d41d8cd98f00b204e9800998ecf8427e, true",
        "email-addr, Someone@C2.example, email.from.address, someone@c2.example, true",
    })
    void findsWhatMeansTheSame(String type, String value, String field, String seen, boolean found) {
        index.put(Indicator.builder("i", "feed")
                .observable(Type.ofWord(type), value)
                .build());
        SecurityEvent event = event().put(Fields.of(field), seen).build();
        assertThat(matcher.match(event, 10)).hasSize(found ? 1 : 0);
        if (found) {
            IntelMatch match = matcher.match(event, 10).get(0);
            assertThat(match.field().name()).isEqualTo(field);
            assertThat(match.value()).isEqualTo(seen);
            assertThat(match.indicator()).isEqualTo(index.get("i").orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ipv4-addr, 203.0.113.300",
        "ipv4-addr, 203.0.113.0/33",
        "ipv6-addr, 203.0.113.1",
        "domain-name, not a name",
        "url, http:///path",
        "sha256, d41d8cd98f00b204e9800998ecf8427e",
        "email-addr, nobody",
    })
    void refusesWhatIsNoSuchThing(String type, String value) {
        assertThatThrownBy(() -> index.put(Indicator.builder("i", "feed")
                        .observable(Type.ofWord(type), value)
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value)
                .hasMessageMatching("(?s).*(: write |: use ).*");
        assertThat(index.size()).isZero();
    }

    @Test
    void aLaterOneReplacesTheEarlierAndOneThatIsRevokedGoes() {
        Indicator first = ip("i", "203.0.113.1").build();
        assertThat(index.put(first)).isTrue();
        assertThat(index.put(first)).isFalse();
        assertThat(index.put(ip("i", "203.0.113.2").build())).isTrue();
        assertThat(index.size()).isEqualTo(1);
        assertThat(found("203.0.113.1")).isEmpty();
        assertThat(found("203.0.113.2")).containsExactly("i");
        assertThat(index.put(first.toBuilder().revoked(true).build())).isTrue();
        assertThat(found("203.0.113.2")).isEmpty();
        assertThat(index.remove("i")).isFalse();
        assertThat(index.size()).isZero();
    }

    @Test
    void holdsOnlyWhileItIsValid() {
        index.put(ip("i", "203.0.113.1").validFrom(NOW).validUntil(NOW + 10).build());
        for (long time : new long[] {NOW - 1, NOW, NOW + 9, NOW + 10}) {
            SecurityEvent event = new SecurityEvent.Builder("e", time)
                    .put(Fields.SOURCE_IP, "203.0.113.1")
                    .build();
            assertThat(matcher.match(event, 10)).hasSize(time >= NOW && time < NOW + 10 ? 1 : 0);
        }
    }

    @Test
    void givesTheSurestFirstAndEachOnce() {
        index.put(ip("b", "203.0.113.1").confidence(50).build());
        index.put(ip("a", "203.0.113.1").confidence(50).build());
        index.put(ip("c", "203.0.113.1").confidence(90).build());
        index.put(ip("d", "203.0.113.1").build());
        SecurityEvent event = event().put(Fields.SOURCE_IP, "203.0.113.1")
                .put(Fields.RELATED_IP, List.of("203.0.113.1", "198.51.100.1"))
                .build();
        assertThat(matcher.match(event, 3))
                .extracting(match -> match.indicator().id())
                .containsExactly("c", "a", "b");
    }

    @Test
    void keepsWhatDescribesAnIndicator() {
        Indicator whole = Indicator.builder("indicator--1", "feed")
                .about(new Indicator.About(
                        "名前",
                        "long ".repeat(300),
                        "Example CSIRT",
                        "https://example.jp/",
                        List.of("malicious-activity"),
                        List.of("a", "b"),
                        List.of("malware:ExampleBot"),
                        List.of("mitre-attack:impact")))
                .observables(List.of(
                        new jp.hinomi.events.Observable(Type.IPV6_ADDR, "2001:db8::/32"),
                        new jp.hinomi.events.Observable(Type.SHA1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
                        new jp.hinomi.events.Observable(Type.DOMAIN_TREE, "c2.example")))
                .validFrom(1)
                .validUntil(NOW)
                .confidence(100)
                .tlp(Tlp.RED)
                .modified(2)
                .build();
        index.put(whole);
        assertThat(index.get("indicator--1")).contains(whole);
        List<Indicator> all = new ArrayList<>();
        index.forEach(all::add);
        assertThat(all).containsExactly(whole);
    }

    @Test
    void staysRightWhileItGrowsAndIsMadeAnew() {
        int count = 30_000;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < count; i++) {
                index.put(ip("i" + i, address(i)).confidence(round).build());
            }
        }
        for (int i = 0; i < count; i += 3) {
            index.remove("i" + i);
        }
        assertThat(index.size()).isEqualTo(count - count / 3);
        for (int i = 0; i < count; i += 7) {
            assertThat(found(address(i))).isEqualTo(i % 3 == 0 ? List.of() : List.of("i" + i));
        }
        index.clear();
        assertThat(found(address(1))).isEmpty();
    }

    @Test
    void manyWithOneValueStayFast() {
        for (int i = 0; i < 50_000; i++) {
            index.put(ip("i" + i, "203.0.113.1").build());
        }
        assertThat(found("203.0.113.1")).hasSize(10);
    }

    @Test
    void addsFieldsOfEcs() {
        index.put(ip("indicator--1", "203.0.113.1")
                .about(new Indicator.About(
                        "C2",
                        "",
                        "Example CSIRT",
                        "",
                        List.of(),
                        List.of(),
                        List.of("malware:ExampleBot", "threat-actor:Example Group"),
                        List.of()))
                .confidence(80)
                .tlp(Tlp.GREEN)
                .modified(NOW)
                .build());
        index.put(ip("indicator--2", "203.0.113.0/24").confidence(10).build());
        SecurityEvent event = event().put(Fields.SOURCE_IP, "203.0.113.1").build();
        List<IntelMatch> matches = matcher.match(event, 10);
        SecurityEvent.Builder builder = event.toBuilder();
        ThreatFields.add(builder, matches);
        SecurityEvent enriched = builder.build();
        assertThat(enriched.get(Fields.of("threat.indicator.id"))).isEqualTo(List.of("indicator--1", "indicator--2"));
        assertThat(enriched.get(Fields.of("threat.indicator.ip"))).isEqualTo("203.0.113.1");
        assertThat(enriched.get(Fields.of("threat.indicator.type"))).isEqualTo("ipv4-addr");
        assertThat(enriched.get(Fields.of("threat.indicator.confidence"))).isEqualTo(List.of("High", "Low"));
        assertThat(enriched.get(Fields.of("threat.indicator.marking.tlp"))).isEqualTo(List.of("GREEN", "AMBER"));
        assertThat(enriched.get(Fields.of("threat.software.name"))).isEqualTo("ExampleBot");
        assertThat(enriched.get(Fields.of("threat.group.name"))).isEqualTo("Example Group");
        assertThat(enriched.get(Fields.of("threat.enrichments.matched.field"))).isEqualTo("source.ip");
        assertThat(enriched.get(Fields.of("threat.indicator.description"))).isNull();
        assertThat(ThreatFields.summary(matches.get(0)))
                .containsEntry("id", "indicator--1")
                .containsEntry("value", "203.0.113.1")
                .containsEntry("confidence", "High")
                .doesNotContainKey("description");
    }

    private List<String> found(String address) {
        return matcher.match(event().put(Fields.SOURCE_IP, address).build(), 10).stream()
                .map(match -> match.indicator().id())
                .toList();
    }

    private static SecurityEvent.Builder event() {
        return new SecurityEvent.Builder("e", NOW);
    }

    private static Indicator.Builder ip(String id, String value) {
        return Indicator.builder(id, "feed").observable(Type.IPV4_ADDR, value);
    }

    private static String address(int i) {
        return "10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF);
    }
}
