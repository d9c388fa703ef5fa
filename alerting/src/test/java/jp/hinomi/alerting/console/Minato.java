package jp.hinomi.alerting.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.drill.DrillStep;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.proposal.ExceptionDesk;
import jp.hinomi.alerting.proposal.ExceptionDraft;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.triage.Step;
import jp.hinomi.alerting.triage.Triage;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.city.CityFiles;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.Topics;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A morning in Minato, the city of the examples, with the rules that Hinomi brings: whatever a page of the console can show is
 * there once. Its clock stands still unless the test moves it, so that pages look the same each time.
 */
final class Minato implements AutoCloseable {
    /** A Wednesday, half past nine in the morning. */
    static final Instant MORNING = Instant.parse("2026-07-01T00:30:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CITY = Path.of("..", "examples", "city");
    private static final Path RULES = Path.of("..", "rules", "content");

    /** Enough of them for every page. */
    private static final Set<String> FOLDERS = Set.of("identity", "web", "city-os", "data-exchange");

    private static final Set<String> ALSO = Set.of(
            "backup_failed",
            "firewall_port_scan",
            "iot_device_calls_out",
            "sensors_wrong_together",
            "unknown_device_on_network");

    private final AtomicReference<Instant> clock = new AtomicReference<>(MORNING);
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final TestAlerting hinomi;

    private Minato() {
        try {
            CityFiles files = CityFiles.of(CITY);
            hinomi = TestAlerting.start(
                    files.read(Set.of(), warning -> {}),
                    builder -> builder.clock(clock::get).files(files, Set.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Minato start() {
        return new Minato();
    }

    TestAlerting hinomi() {
        return hinomi;
    }

    Instant now() {
        return clock.get();
    }

    void later(Duration time) {
        clock.set(clock.get().plus(time));
    }

    @Override
    public void close() {
        hinomi.close();
    }

    /** An account of that role, made when it is first asked for. */
    Page login(Page page, String name, AccountRole role, String stakeholder) {
        String password = passwords.computeIfAbsent(
                name,
                made -> hinomi.part(Accounts.class)
                        .create(
                                new Member(
                                        made,
                                        role,
                                        Optional.of(stakeholder).filter(one -> role == AccountRole.STAKEHOLDER)),
                                false,
                                "admin",
                                now())
                        .orElseThrow());
        return enter(page, name, password);
    }

    Page admin(Page page) {
        return enter(page, "admin", hinomi.password());
    }

    private Page enter(Page page, String name, String password) {
        page.navigate(hinomi.url("/login"));
        page.fill("#username", name);
        page.fill("#password", password);
        page.click("button[type=submit]");
        page.waitForURL(url -> !url.endsWith("/login"));
        return page;
    }

    private SampleAlert alert(String id, int minutesAgo, String rule, String ja, String en, Severity severity) {
        return SampleAlert.of(id)
                .seen("10.30.90." + id.replaceAll("\\D", ""), "app-" + id.replaceAll("\\D", ""))
                .at(now().minusSeconds(60L * minutesAgo))
                .rule(rule, ja, en)
                .severity(severity);
    }

    /** The alerts of the morning, the newest last. */
    void alerts() {
        List<SampleAlert> all = List.of(
                alert(
                                "al-01",
                                190,
                                "firewall_port_scan",
                                "ファイアウォールへのポートスキャン",
                                "Port scan against the firewall",
                                Severity.LOW)
                        .seen("198.51.100.23", "fw-edge-01")
                        .count(5321)
                        .target("edge-network"),
                alert("al-02", 175, "backup_failed", "バックアップの失敗", "Backup failed", Severity.MEDIUM)
                        .group("host.name", "srv-iryo-01")
                        .lines("backup: job nightly-iryo failed: destination unreachable")
                        .tlp(Tlp.GREEN)
                        .target("iryo-portal"),
                alert("al-03", 140, "web_scan", "存在しないWebページの探索", "Scan for web pages that do not exist", Severity.LOW)
                        .seen("198.51.100.61", "web-kanko-01")
                        .count(1204)
                        .target("kanko-site"),
                alert(
                                "al-04",
                                96,
                                "iot_device_calls_out",
                                "IoT機器から未知の宛先への通信",
                                "IoT device calls an unknown host",
                                Severity.MEDIUM)
                        .group("device.id", "rs-0417")
                        .lines(
                                "srcip=10.40.10.17 dstip=203.0.113.200 dstport=8443 action=accept",
                                "srcip=10.40.10.17 dstip=203.0.113.200 dstport=8443 action=accept")
                        .target("river-sensors")
                        .without("fw-iot-01"),
                alert(
                                "al-05",
                                61,
                                "ssh_account_brute_force",
                                "SSHアカウントへの総当たり攻撃",
                                "Brute force against an SSH account",
                                Severity.MEDIUM)
                        .seen("203.0.113.7", "bastion-01")
                        .count(212)
                        .target("maintenance-bastion"),
                alert(
                                "al-06",
                                42,
                                "city_os_bulk_download",
                                "都市OS APIからの大量データ取得",
                                "Unusually large answer from the city-OS API",
                                Severity.HIGH)
                        .group("user.name", "svc-kanko-batch")
                        .lines("GET /ngsi-ld/v1/entities?type=Resident&limit=1000 200 8812034 \"svc-kanko-batch\"")
                        .count(88)
                        .target("city-os-api")
                        .touches("resident-data", Alert.Part.TARGET),
                alert(
                                "al-07",
                                33,
                                "sensors_wrong_together",
                                "多数のセンサーでの異常値",
                                "Many sensors report the impossible",
                                Severity.HIGH)
                        .group("site.name", "港川下流")
                        .lines("rs-0417 level=-9.99", "rs-0418 level=-9.99", "rs-0421 level=-9.99")
                        .count(17)
                        .target("river-sensors"),
                alert(
                                "al-08",
                                21,
                                "web_path_traversal_answered",
                                "応答のあったパストラバーサル",
                                "Path traversal that was answered",
                                Severity.HIGH)
                        .seen("203.0.113.90", "web-bousai-01")
                        .lines("GET /download?file=../../../../etc/passwd HTTP/1.1 200 1834")
                        .userAgent("<script>alert(1)</script> \u202ecurl/8.4")
                        .target("bousai-portal"),
                alert(
                                "al-09",
                                17,
                                "unknown_device_on_network",
                                "未登録の機器の接続",
                                "Unknown device on the network",
                                Severity.MEDIUM)
                        .group("host.mac", "02:00:5e:10:00:17")
                        .lines("dhcpd: DHCPACK on 10.99.4.23 to 02:00:5e:10:00:17"),
                alert(
                                "al-10",
                                12,
                                "ssh_login_after_brute_force",
                                "総当たり攻撃後のSSHログイン成功",
                                "SSH login succeeded after repeated failures",
                                Severity.HIGH)
                        .seen("203.0.113.7", "bastion-01")
                        .indicator(Map.of(
                                "id",
                                "i-1",
                                "feed",
                                "ISAC",
                                "confidence",
                                "High",
                                "tlp",
                                "AMBER",
                                "name",
                                "Brute-force host",
                                "field",
                                "source.ip",
                                "value",
                                "203.0.113.7"))
                        .target("maintenance-bastion"),
                alert(
                                "al-11",
                                6,
                                "data_without_consent",
                                "同意のない個人データの提供",
                                "Personal data provided without consent",
                                Severity.CRITICAL)
                        .group("user.name", "svc-kanko-batch")
                        .lines("consent check failed: subject=resident/10293 purpose=tourism provided=true")
                        .tlp(Tlp.AMBER_STRICT)
                        .count(9)
                        .target("resident-data"),
                alert(
                                "al-12",
                                2,
                                "web_attack_planted_shell",
                                "攻撃後のWebシェル設置",
                                "Web shell after an attack",
                                Severity.CRITICAL)
                        .seen("203.0.113.90", "web-bousai-01")
                        .lines(
                                "GET /download?file=../../../../etc/passwd HTTP/1.1 200 1834",
                                "POST /upload.php HTTP/1.1 201 77",
                                "POST /img/thumb.php HTTP/1.1 200 412")
                        .count(3)
                        .target("bousai-portal"));
        hinomi.publishAll(all.stream());
        hinomi.publish("al-poison", "{\"id\": 7".getBytes(UTF_8));
        hinomi.awaitAlert("al-12", 1);
        settle();
    }

    /** Everything that can be sent now is sent. */
    void settle() {
        TestAlerting.await(() -> hinomi.query("select (select count(*) from delivery where state = 'pending'"
                        + " and attempts = 0) + (select count(*) from join_queue)")
                .equals("0"));
    }

    void judge(String alert, Verdict verdict, String note) {
        take(alert, new Step.Judge(verdict), note);
    }

    void take(String alert, Step step, String note) {
        hinomi.part(Triage.class).take(alert, step, note, OptionalInt.empty(), "admin", now());
    }

    /** Rules as the job publishes them, the sources' health, what could not be read. */
    void beside() {
        for (String topic : List.of(Topics.RULES, Topics.SOURCE_HEALTH, Topics.REJECTS)) {
            TestAlerting.createTopic(topic);
        }
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer());
                Stream<Path> rules = Files.walk(RULES)) {
            List<Path> files = rules.filter(each -> each.toString().endsWith(".yml"))
                    .filter(each -> !each.toString().endsWith(".test.yml")
                            && !each.toString().endsWith("coverage.yml"))
                    .filter(each -> FOLDERS.contains(
                                    each.getParent().getFileName().toString())
                            || ALSO.contains(each.getFileName().toString().replace(".yml", "")))
                    .sorted()
                    .toList();
            for (Path file : files) {
                // Without the UUIDs the alerts above are those of the rules by name.
                String text = Files.readString(file).replaceAll("(?m)^id: .*\n", "");
                producer.send(new ProducerRecord<>(
                        Topics.RULES, file.getFileName().toString().replace(".yml", ""), text.getBytes(UTF_8)));
            }
            health(producer, "web-bousai-01", SourceHealth.State.OK, 412.5, 0, 40);
            health(producer, "city-os-gw-01", SourceHealth.State.OK, 1893.2, 0, -15);
            health(producer, "bastion-01", SourceHealth.State.OK, 2.1, 0, 120);
            health(producer, "fw-edge-01", SourceHealth.State.REJECTING, 640.0, 0.21, 8);
            health(producer, "web-kotsu-01", SourceHealth.State.WRONG_TIME_ZONE, 31.4, 0, -32_400_000);
            health(producer, "fw-iot-01", SourceHealth.State.SILENT, 0, 0, 0);
            producer.send(new ProducerRecord<>(
                    Topics.REJECTS, "fw-edge-01", "<script>x</script>\u001b[2J type=traffic".getBytes(UTF_8)));
            producer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestAlerting.await(() -> hinomi.query("select (select count(*) from source_health where source = 'fw-iot-01')"
                        + " + (select count(*) from reject) + (select least(count(*), 40) from rule_document)")
                .equals("42"));
    }

    private void health(
            KafkaProducer<String, byte[]> to,
            String source,
            SourceHealth.State state,
            double rate,
            double rejects,
            long offset) {
        boolean silent = state == SourceHealth.State.SILENT;
        for (int minutes = 50; minutes >= 0; minutes -= 10) {
            long time = now().toEpochMilli() - 60_000L * minutes;
            to.send(new ProducerRecord<>(
                    Topics.SOURCE_HEALTH,
                    source,
                    SourceHealthJson.write(new SourceHealth(
                            source,
                            minutes > 20 ? SourceHealth.State.OK : state,
                            now().minusSeconds(1800).toEpochMilli(),
                            time,
                            OptionalLong.of(silent ? now().minusSeconds(2400).toEpochMilli() : time - 900),
                            rate * (1 + (minutes % 30) / 100.0),
                            rejects,
                            silent ? OptionalLong.empty() : OptionalLong.of(offset),
                            silent ? OptionalLong.empty() : OptionalLong.of(90),
                            state == SourceHealth.State.OK
                                    ? Optional.empty()
                                    : Optional.of("see whether the device was updated, then write a format for it")))));
        }
    }

    /** The incident of the web shell, as far as it is known after a quarter of an hour. @return its number */
    String incident() {
        String number = hinomi.post("/api/v1/incidents", "{\"alert\":\"al-12\",\"title\":\"防災ポータルへの侵入\"}")
                .get("number")
                .asText();
        String path = "/api/v1/incidents/" + number;
        post(path + "/alerts", Map.of("alert", "al-08"));
        JsonNode said = post(
                path + "/timeline",
                Map.of("type", "measure", "text", "防災ポータルを公開系から切り離した", "in_report", true, "tlp", "AMBER"));
        for (JsonNode entry : said.get("timeline")) {
            if (entry.get("type").asText().equals("measure")) {
                post(
                        path + "/timeline",
                        Map.of(
                                "type",
                                "measure",
                                "text",
                                "防災ポータルを公開系から切り離し、静的な案内ページに切り替えた",
                                "in_report",
                                true,
                                "tlp",
                                "AMBER",
                                "supersedes",
                                entry.get("id").asLong()));
            }
        }
        post(
                path + "/timeline",
                Map.of("type", "finding", "text", "アップロード機能の検査が外れていた", "in_report", true, "tlp", "AMBER"));
        post(path + "/tasks", Map.of("title", "Webシェルの検体を保全する", "owner", "soc-desk", "due", "2026-07-01T02:00:00Z"));
        post(path + "/tasks", Map.of("title", "利用者への案内文を用意する", "owner", "minato-csirt"));
        return number;
    }

    JsonNode post(String path, Map<String, ?> body) {
        try {
            return hinomi.post(path, JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return its id */
    long report(String incident, String form) {
        return post("/api/v1/incidents/" + incident + "/reports", Map.of("form", form))
                .get("id")
                .asLong();
    }

    /** A draft of the map: the tourism association has a new address. */
    MapVersion draft() {
        MapDesk desk = hinomi.part(MapDesk.class);
        CityFiles files = desk.base(Optional.empty());
        return desk.draft(
                desk.versions().inForce().map(MapVersion::number),
                new MapDesk.Change(
                        Map.of(
                                "stakeholders.yaml",
                                files.texts().get("stakeholders.yaml").replace("web@minato-kanko", "it@minato-kanko")),
                        Map.of(),
                        "観光協会の連絡先の変更"),
                "account:tanaka",
                now());
    }

    /** An exception that somebody wants from the rule of the web shell. @return its number */
    long proposal() {
        ExceptionDesk desk = hinomi.part(ExceptionDesk.class);
        ExceptionDraft draft = desk.draft("al-12", "", List.of(":source.ip", ":host.name"));
        return desk.propose(
                        draft,
                        "soc-service",
                        Map.of("ja", "委託先の診断", "en", "A test by our contractor"),
                        now().atZone(ZoneId.of("Asia/Tokyo")).toLocalDate().plusDays(30),
                        desk.look(draft).preview().mark(),
                        "tanaka",
                        now())
                .id();
    }

    long drill() {
        long id = hinomi.part(Drills.class)
                .plan(
                        Map.of("ja", "夏の初動訓練", "en", "Summer exercise"),
                        List.of(
                                DrillStep.planned(1, Map.of(), Severity.HIGH, "bousai-portal", Duration.ZERO),
                                DrillStep.planned(
                                        2,
                                        Map.of("ja", "都市OSへの横展開", "en", "On to the city OS"),
                                        Severity.CRITICAL,
                                        "city-os-api",
                                        Duration.ofMinutes(30))),
                        now(),
                        "admin",
                        now());
        TestAlerting.await(
                () -> !hinomi.query("select coalesce(alert_id, '') from drill_step where n = 1 and drill_id = " + id)
                        .isEmpty());
        return id;
    }
}
