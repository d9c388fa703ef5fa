package jp.hinomi.standalone.demo;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** An hour in which nothing happens, in all formats. The same seed gives the same hour. */
final class OrdinaryHour {
    static final Duration HOUR = Duration.ofHours(1);

    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
            "Mozilla/5.0 (Linux; Android 15)");
    private static final List<String> BOUSAI =
            List.of("/", "/shelters", "/shelters/12", "/alerts", "/map?layer=flood", "/css/site.css", "/news?page=2");
    private static final List<String> IRYO = List.of("/", "/reserve", "/clinics?area=3", "/login", "/mypage", "/faq");
    private static final List<String> KANKO = List.of("/", "/spots/17", "/events", "/access", "/img/harbor.jpg");
    private static final List<String> ENTITIES = List.of(
            "/ngsi-ld/v1/entities?type=WaterLevel",
            "/ngsi-ld/v1/entities?type=Bus",
            "/ngsi-ld/v1/entities?type=Shelter");
    private static final List<String> NAMES =
            List.of("api.weather.example.jp", "time.minato.example.jp", "update.harbor-devices.example.jp");

    private final Random random;
    private final double compression;
    private final List<TimedLine> lines = new ArrayList<>();

    private OrdinaryHour(long seed, double compression) {
        this.random = new Random(seed);
        this.compression = compression;
    }

    /** @param compression how many times faster than in reality the hour passes */
    static List<TimedLine> lines(long seed, double compression) {
        OrdinaryHour hour = new OrdinaryHour(seed, compression);
        hour.fill();
        hour.lines.sort(Comparator.comparing(TimedLine::after));
        return List.copyOf(hour.lines);
    }

    private void fill() {
        times(260, "web-bousai-01", () -> page(BOUSAI));
        times(150, "web-iryo-01", () -> page(IRYO));
        times(60, "web-kanko-01", () -> page(KANKO));
        times(160, "city-os-gw-01", this::entities);
        times(40, "city-os-gw-01", this::sensorUpdate);
        times(120, "ids-core-01", () -> EveLines.dns("10.30.10." + (11 + random.nextInt(4)), port(), pick(NAMES)));
        times(60, "ids-core-01", this::watchedHttp);
        times(6, "ids-core-01", this::harmlessAlert);
        times(200, "fw-edge-01", this::edge);
        times(70, "fw-iot-01", this::sensorTraffic);
        times(
                10,
                "bastion-01",
                () -> AuthLines.accepted("publickey", "maint0" + (1 + random.nextInt(3)), "10.10.3.7", port()));
        times(2, "bastion-01", () -> AuthLines.failed("maint01", "10.10.3.7", port()));
        times(4, "city-os-node-01", () -> AuthLines.sudo("operator", "/usr/bin/systemctl status ngsi"));
        times(4, "iot-gw-01", () -> AuthLines.accepted("publickey", "harbor", "10.10.3.9", port()));
    }

    /** That many lines, spread over the hour. */
    private void times(int count, String source, java.util.function.Supplier<Function<ZonedDateTime, String>> line) {
        for (int i = 0; i < count; i++) {
            long millis = (long) (random.nextDouble() * HOUR.toMillis() / compression);
            lines.add(new TimedLine(Duration.ofMillis(millis), source, line.get()));
        }
    }

    private Function<ZonedDateTime, String> page(List<String> paths) {
        int status = random.nextInt(40) == 0 ? 404 : 200;
        return AccessLines.request(
                visitor(), "-", "GET", pick(paths), status, 300 + random.nextInt(9000), pick(AGENTS));
    }

    private Function<ZonedDateTime, String> entities() {
        String partner = "192.0.2." + (200 + random.nextInt(20));
        return AccessLines.request(partner, "partner-bus", "GET", pick(ENTITIES), 200, 2400, "bus-navi/3.1");
    }

    private Function<ZonedDateTime, String> sensorUpdate() {
        String target = "/ngsi-ld/v1/entities/urn:ngsi-ld:WaterLevel:river-0" + (1 + random.nextInt(9)) + "/attrs";
        return AccessLines.request("10.40.10.5", "sensor-feed", "PATCH", target, 204, 0, "sensor-gw/2.0");
    }

    private Function<ZonedDateTime, String> watchedHttp() {
        return EveLines.http(visitor(), port(), "10.30.10.11", "bousai.minato.example.jp", pick(BOUSAI), 200);
    }

    private Function<ZonedDateTime, String> harmlessAlert() {
        return EveLines.alert(
                visitor(), port(), "10.30.40.11", 80, 2013028, "ET INFO curl user agent", "Misc activity", 3);
    }

    private Function<ZonedDateTime, String> edge() {
        return FortigateLines.traffic("fw-edge-01", "accept", visitor(), port(), "192.0.2.10", 443, "HTTPS");
    }

    private Function<ZonedDateTime, String> sensorTraffic() {
        String sensor = "10.40.10." + (20 + random.nextInt(60));
        return FortigateLines.traffic("fw-iot-01", "accept", sensor, port(), "10.20.1.11", 8883, "MQTTS");
    }

    private String visitor() {
        return "192.0.2." + (100 + random.nextInt(90));
    }

    private int port() {
        return 32768 + random.nextInt(28000);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
