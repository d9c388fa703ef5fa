package jp.hinomi.ingest.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoEnricherTest {
    @TempDir
    private Path folder;

    private Path city;
    private Path asn;

    private static Map<String, Object> place(String name) {
        return Map.of(
                "continent", Map.of("code", "AS", "names", Map.of("en", "Asia", "ja", "アジア")),
                "country", Map.of("iso_code", "JP", "names", Map.of("en", "Japan")),
                "subdivisions", List.of(Map.of("iso_code", "13", "names", Map.of("en", "Tokyo"))),
                "city", Map.of("names", Map.of("en", name)),
                "postal", Map.of("code", "105-0011"),
                "location", Map.of("latitude", 35.6586, "longitude", 139.7454, "time_zone", "Asia/Tokyo"));
    }

    @BeforeEach
    void databases() throws Exception {
        city = folder.resolve("city.mmdb");
        asn = folder.resolve("asn.mmdb");
        new MmdbWriter()
                .add("203.0.113.0/24", place("Minato"))
                .add("10.0.0.0/8", place("Nowhere"))
                .add("100.64.0.0/10", place("Nowhere"))
                .add("2001:db8:7::/48", place("Harbour"))
                .write(city);
        new MmdbWriter()
                .add(
                        "203.0.113.128/25",
                        Map.of("autonomous_system_number", 64500, "autonomous_system_organization", "Example Net"))
                .write(asn);
    }

    private static SecurityEvent event(String source, String destination) {
        return new SecurityEvent.Builder("e", 0)
                .put(Fields.SOURCE_IP, source)
                .put(Fields.DESTINATION_IP, destination)
                .build();
    }

    private static String text(SecurityEvent event, String field) {
        return event.text(Fields.of(field));
    }

    @Test
    void publicAddressesGetTheirPlaceAndNetwork() {
        try (GeoDatabases databases = GeoDatabases.open(List.of(city, asn))) {
            SecurityEvent event = new GeoEnricher(databases).apply(event("203.0.113.200", "2001:db8:7::1"));
            assertThat(new String(EventJson.write(event), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"source.geo.continent_code\":\"AS\"", "\"source.geo.country_iso_code\":\"JP\"")
                    .contains("\"source.geo.country_name\":\"Japan\"", "\"source.geo.region_iso_code\":\"JP-13\"")
                    .contains("\"source.geo.region_name\":\"Tokyo\"", "\"source.geo.city_name\":\"Minato\"")
                    .contains("\"source.geo.postal_code\":\"105-0011\"", "\"source.geo.timezone\":\"Asia/Tokyo\"")
                    .contains("\"source.geo.location.lat\":35.6586", "\"source.geo.location.lon\":139.7454")
                    .contains("\"source.as.number\":64500", "\"source.as.organization.name\":\"Example Net\"")
                    .contains("\"destination.geo.city_name\":\"Harbour\"")
                    .doesNotContain("destination.as");
        }
    }

    @Test
    void privateAddressesAndWhatIsNoAddressGetNothing() {
        try (GeoDatabases databases = GeoDatabases.open(List.of(city))) {
            GeoEnricher enricher = new GeoEnricher(databases);
            for (String address :
                    List.of("10.1.2.3", "100.64.0.9", "127.0.0.1", "::1", "fe80::1", "fd00::1", "192.0.2.1")) {
                SecurityEvent event = event(address, "www.example.jp");
                assertThat(enricher.apply(event)).as(address).isSameAs(event);
            }
        }
    }

    @Test
    void whatTheLogSaysStays() {
        try (GeoDatabases databases = GeoDatabases.open(List.of(city))) {
            SecurityEvent event = event("203.0.113.7", "10.0.0.1").toBuilder()
                    .put(Fields.SOURCE_GEO_COUNTRY, "US")
                    .build();
            assertThat(text(new GeoEnricher(databases).apply(event), "source.geo.country_iso_code"))
                    .isEqualTo("US");
        }
    }

    private void replace(byte[] content, int second) throws Exception {
        Files.write(city, content);
        Files.setLastModifiedTime(city, FileTime.fromMillis(1_900_000_000_000L + second * 1000L));
    }

    @Test
    void aNewVersionIsTakenUpAndADamagedOneIsNot() throws Exception {
        try (GeoDatabases databases = GeoDatabases.open(List.of(city));
                GeoDatabases same = GeoDatabases.open(List.of(city))) {
            assertThat(same).isSameAs(databases);
            GeoEnricher enricher = new GeoEnricher(databases);
            SecurityEvent event = event("203.0.113.7", "10.0.0.1");
            assertThat(text(enricher.apply(event), "source.geo.city_name")).isEqualTo("Minato");
            byte[] whole = Files.readAllBytes(city);
            replace(Arrays.copyOf(whole, whole.length / 2), 1);
            databases.refresh();
            databases.refresh();
            assertThat(text(enricher.apply(event), "source.geo.city_name")).isEqualTo("Minato");
            new MmdbWriter().add("203.0.113.0/24", place("Shiba")).write(city);
            replace(Files.readAllBytes(city), 2);
            databases.refresh();
            assertThat(text(enricher.apply(event), "source.geo.city_name"))
                    .as("it may still be written")
                    .isEqualTo("Minato");
            databases.refresh();
            assertThat(text(enricher.apply(event), "source.geo.city_name")).isEqualTo("Shiba");
        }
    }

    @Test
    void whatIsNoDatabaseIsRefusedWithFileAndRemedy() throws Exception {
        Path text = Files.writeString(folder.resolve("readme.txt"), "no database");
        for (Path path : List.of(text, folder.resolve("missing.mmdb"), folder)) {
            assertThatThrownBy(() -> GeoDatabases.open(List.of(city, path)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining(".mmdb");
        }
    }
}
