package jp.hinomi.city;

import static jp.hinomi.city.Cities.resource;
import static jp.hinomi.city.Cities.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.Test;

class ResourceResolverTest {
    private final City city = Cities.of(
            List.of(
                    resource("all", "cidr=0.0.0.0/0"),
                    resource("office", "cidr=10.10.0.0/16"),
                    resource("os", "cidr=10.20.0.0/16 host=*.os.example.jp cidr=2001:db8:20::/48 layer=city-os"),
                    resource("api", "cidr=10.20.1.0/24 host=api.os.example.jp service=ngsi-ld cidr=2001:db8:20:1::/64"),
                    resource("one", "cidr=10.20.1.7 host=*.one.os.example.jp"),
                    resource("portal", "source=web-01 host=portal.example.jp host=*.ポータル.example.jp"),
                    resource("health", "data-class=health"),
                    resource("wall", "device=FGT01"),
                    resource("ids", "")),
            List.of(
                    source("ids-01", "logs.ids", "ids"),
                    source("node-01", "logs.city-os", null),
                    source("web-01", "logs.service", "portal"),
                    source("proxy-01", "logs.gateway", "portal")));
    private final ResourceResolver resolver = new ResourceResolver(city);

    private List<String> resolve(String... fields) {
        SecurityEvent.Builder builder = new SecurityEvent.Builder("e", 0);
        for (int i = 0; i < fields.length; i += 2) {
            Object value = fields[i + 1].contains(",") ? List.of(fields[i + 1].split(",")) : fields[i + 1];
            builder.put(Fields.of(fields[i]), value);
        }
        return resolver.resolve(builder.build()).stream()
                .map(each -> each.part().word() + " " + each.resource().id() + " by " + each.by())
                .toList();
    }

    @Test
    void theLongestPrefixWins() {
        assertThat(resolve("destination.ip", "10.20.1.7")).containsExactly("target one by cidr: 10.20.1.7");
        assertThat(resolve("destination.ip", "10.20.1.8")).containsExactly("target api by cidr: 10.20.1.0/24");
        assertThat(resolve("destination.ip", "10.20.2.8")).containsExactly("target os by cidr: 10.20.0.0/16");
        assertThat(resolve("destination.ip", "203.0.113.1")).containsExactly("target all by cidr: 0.0.0.0/0");
        assertThat(resolve("destination.ip", "2001:db8:20:1::9"))
                .containsExactly("target api by cidr: 2001:db8:20:1::/64");
        assertThat(resolve("destination.ip", "2001:db8:20:2::9"))
                .containsExactly("target os by cidr: 2001:db8:20::/48");
        assertThat(resolve("destination.ip", "2001:db8:21::9")).isEmpty();
    }

    @Test
    void anIpv4AddressInsideIpv6IsTheSameAddress() {
        assertThat(resolve("destination.ip", "::ffff:10.20.1.8")).containsExactly("target api by cidr: 10.20.1.0/24");
        assertThat(resolve("source.ip", "2001:db8:20:1::9%eth0"))
                .containsExactly("origin api by cidr: 2001:db8:20:1::/64");
    }

    @Test
    void theNameItselfWinsAndThenTheLongestSuffixWhichIsNotForItself() {
        assertThat(resolve("destination.domain", "API.os.example.jp."))
                .containsExactly("target api by host: api.os.example.jp");
        assertThat(resolve("destination.domain", "x.api.os.example.jp"))
                .containsExactly("target os by host: *.os.example.jp");
        assertThat(resolve("destination.domain", "a.b.one.os.example.jp"))
                .containsExactly("target one by host: *.one.os.example.jp");
        assertThat(resolve("destination.domain", "os.example.jp")).isEmpty();
        assertThat(resolve("destination.domain", "evilos.example.jp")).isEmpty();
    }

    @Test
    void aJapaneseNameIsTheSameInUnicodeAndInPunycode() {
        String ascii = java.net.IDN.toASCII("www.ポータル.example.jp");

        assertThat(resolve("destination.domain", ascii)).containsExactly("target portal by host: *.ポータル.example.jp");
        assertThat(resolve("destination.domain", "www.ポータル.example.jp"))
                .containsExactly("target portal by host: *.ポータル.example.jp");
    }

    @Test
    void addressesWinOverNamesAndNamesOverServices() {
        assertThat(resolve(
                        "destination.ip",
                        "10.10.0.1",
                        "destination.domain",
                        "api.os.example.jp",
                        "service.name",
                        "ngsi-ld"))
                .containsExactly("target office by cidr: 10.10.0.0/16");
        assertThat(resolve("destination.domain", "x.os.example.jp", "service.name", "ngsi-ld"))
                .containsExactly("target os by host: *.os.example.jp");
        assertThat(resolve("destination.domain", "example.com", "service.name", "ngsi-ld"))
                .containsExactly("target api by service: ngsi-ld");
    }

    @Test
    void whatStandsBehindATranslatedAddressIsTheTarget() {
        assertThat(resolve("destination.ip", "192.0.2.10", "destination.nat.ip", "10.20.1.7"))
                .containsExactly("target one by cidr: 10.20.1.7");
    }

    @Test
    void theSensorIsNotTheTargetOfWhatItSees() {
        assertThat(resolve(
                        "city.source", "ids-01",
                        "host.name", "portal.example.jp",
                        "source.ip", "10.10.3.3",
                        "destination.ip", "10.20.1.7"))
                .containsExactly(
                        "target one by cidr: 10.20.1.7",
                        "origin office by cidr: 10.10.0.0/16",
                        "observer ids by source: ids-01");
    }

    @Test
    void whatWritesTheLogIsTheTargetWhenTheEventHasNoDestination() {
        assertThat(resolve("city.source", "web-01", "source.ip", "10.10.3.3"))
                .containsExactly(
                        "target portal by source: web-01",
                        "origin office by cidr: 10.10.0.0/16",
                        "observer portal by source: web-01");
    }

    @Test
    void aForgedHostHeaderAddsATargetAndTakesNoneAway() {
        assertThat(resolve("city.source", "web-01", "url.domain", "api.os.example.jp"))
                .containsExactly(
                        "target api by host: api.os.example.jp",
                        "target portal by source: web-01",
                        "observer portal by source: web-01");
    }

    @Test
    void withoutAResourceOfTheSourceTheHostCountsAndThenTheLayerOfTheTopic() {
        assertThat(resolve("city.source", "node-01", "host.name", "api.os.example.jp"))
                .containsExactly("target api by host: api.os.example.jp");
        assertThat(resolve("city.source", "node-01", "host.ip", "fe80::1,10.20.1.7,10.20.9.9"))
                .containsExactly("target one by cidr: 10.20.1.7", "target os by cidr: 10.20.0.0/16");
        assertThat(resolve("city.source", "node-01", "host.name", "unknown"))
                .containsExactly("target os by layer: city-os");
    }

    @Test
    void whatAnEarlierResolvingFoundDoesNotFeedBack() {
        assertThat(resolve(
                        "city.source",
                        "node-01",
                        "destination.ip",
                        "2001:db8:ffff::1",
                        "city.layer",
                        "city-os",
                        "city.resource",
                        "os"))
                .isEmpty();
        assertThat(resolve("host.name", "unknown", "city.layer", "city-os", "city.resource", "gone"))
                .isEmpty();
        assertThat(resolve("host.name", "unknown", "city.layer", "city-os"))
                .containsExactly("target os by layer: city-os");
    }

    @Test
    void devicesDataClassesAndServicesAreFound() {
        assertThat(resolve("observer.serial_number", "FGT01", "destination.ip", "10.20.1.7"))
                .containsExactly("target one by cidr: 10.20.1.7", "observer wall by device: FGT01");
        assertThat(resolve("host.id", "FGT01")).containsExactly("target wall by device: FGT01");
        assertThat(resolve("city.data_class", "health")).containsExactly("target health by data-class: health");
        assertThat(resolve("city.source", "web-01", "city.data_class", "health"))
                .contains("target health by data-class: health", "target portal by source: web-01");
    }

    @Test
    void twoResourcesWithTheSameSelectorAreBothTouched() {
        ResourceResolver two = new ResourceResolver(
                Cities.of(List.of(resource("b", "cidr=10.0.0.0/8"), resource("a", "cidr=10.0.0.0/8")), List.of()));

        assertThat(two.resolve(new SecurityEvent.Builder("e", 0)
                        .put(Fields.SOURCE_IP, "10.1.1.1")
                        .build()))
                .extracting(each -> each.resource().id())
                .containsExactly("a", "b");
    }

    @Test
    void anyTextInAFieldIsSurvived() {
        for (String text : List.of(
                "",
                "*",
                "/",
                "10.20.1.0/24",
                "0x7f000001",
                "1",
                "..",
                "-",
                "ａ．ｂ",
                "\u0000",
                "a".repeat(5000),
                "::::",
                "10.20.1.7:443",
                "[::1]",
                "%",
                "1.2.3.4%x")) {
            assertThat(resolve("destination.ip", text, "source.ip", text, "url.domain", text, "host.name", text))
                    .as(text)
                    .allMatch(found -> text.equals("1.2.3.4%x"));
        }
    }

    @Test
    void findsWhatAPersonMeans() {
        assertThat(resolver.find("api"))
                .containsExactly(new ResourceResolver.Found(city.resources().get("api"), java.util.Optional.empty()));
        for (String text : List.of("10.20.1.8", "api.os.example.jp", "ngsi-ld", "2001:db8:20:1::1")) {
            assertThat(resolver.find(text))
                    .as(text)
                    .extracting(found -> found.resource().id())
                    .containsExactly("api");
        }
        assertThat(resolver.find("proxy-01"))
                .extracting(found -> found.resource().id())
                .containsExactly("portal");
        assertThat(resolver.find("what")).isEmpty();
    }
}
