package jp.hinomi.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import jp.hinomi.city.CityFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hinomi city}: check, route, export and import. */
class CityCommandsTest {
    private static final Path CITY = Path.of("../examples/city");

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void a_broken_city_shows_all_mistakes_with_file_and_line() throws IOException {
        copyCity();
        Path resources = folder.resolve("resources.yaml");
        Files.writeString(resources, Files.readString(resources).replace("criticality: high", "critcality: high"));
        Path sources = folder.resolve("sources.yaml");
        Files.writeString(sources, Files.readString(sources).replace("format: fortigate", "format: fortygate"));
        CommandRun run = CommandRun.of("city", "check", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("resources.yaml:").contains("critcality").contains("criticality");
        assertThat(run.out()).contains("sources.yaml:").contains("fortygate");
        CommandRun json = CommandRun.of("city", "check", "--json", folder.toString());
        assertThat(json.out().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(
                                new ObjectMapper().readTree(line).get("code").asText())
                        .isNotEmpty());
    }

    @Test
    void templates_are_tried_before_anybody_needs_them() throws IOException {
        copyCity();
        Path templates = Files.createDirectories(folder.resolve("templates"));
        Files.writeString(templates.resolve("sms.ja.txt"), "{{titel}}");
        CommandRun run = CommandRun.of("city", "check", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("sms.ja.txt:1").contains("'titel'").contains("'title'");
    }

    @Test
    void routes_an_address_to_who_is_responsible_in_both_languages() {
        CommandRun english = CommandRun.of("city", "route", "--city", CITY.toString(), "10.30.10.11");
        assertThat(english.out()).contains("bousai-portal").contains("bousai-noc");
        assertThat(english.code()).isZero();
        CommandRun japanese = CommandRun.in(Locale.JAPANESE, "city", "route", "--city", CITY.toString(), "10.30.10.11");
        assertThat(japanese.out()).contains("通知先").contains("bousai-noc");
    }

    @Test
    void routes_events_and_log_lines_at_a_time_with_order_disclosure_and_what_follows() throws IOException {
        String event = "{\"@timestamp\":\"2026-12-07T03:00:00Z\",\"event.id\":\"e1\",\"source.ip\":\"203.0.113.9\","
                + "\"destination.ip\":\"10.20.5.5\"}";
        CommandRun monday =
                CommandRun.of("city", "route", "--city", CITY.toString(), "--at", "2026-12-07T12:00", event);
        assertThat(monday.code()).as(monday.err()).isZero();
        assertThat(monday.out())
                .contains("target: city-os-core (City OS core), by cidr: 10.20.0.0/16")
                .contains("1. tells Wangan Cloud Co., Ltd. (iaas-noc) by email: sees everything")
                .contains("(virtual machines and physical network) under City OS Vendor Co., Ltd.")
                .contains("2. tells City OS Vendor Co., Ltd. (os-vendor-noc)")
                .contains("+15m  2026-12-07 12:15  City OS Vendor Co., Ltd. (os-vendor-noc)");
        CommandRun night =
                CommandRun.of("city", "route", "--city", CITY.toString(), "--at", "2026-12-07 22:00", "--json", event);
        JsonNode json = new ObjectMapper().readTree(night.out());
        assertThat(json.at("/at").asText()).isEqualTo("2026-12-07T13:00:00Z");
        assertThat(json.at("/recipients/0/contact").asText()).isEqualTo("iaas-noc");
        assertThat(json.at("/escalations/0/steps/1/on_duty/0").asText()).startsWith("os-vendor-night-");
        assertThat(json.at("/resources/0/selector").asText()).isEqualTo("cidr: 10.20.0.0/16");

        String line = "Apr  1 10:00:00 bastion-01 sshd[1]: Failed password for root from 203.0.113.7 port 4242 ssh2";
        CommandRun log = CommandRun.of(
                "city", "route", "--city", CITY.toString(), "--source", "bastion-01", "--tlp", "RED", line);
        assertThat(log.out())
                .contains("maintenance-bastion")
                .contains("by source: bastion-01")
                .contains("sees only that something happened (up to TLP:AMBER)");
        CommandRun recognised = CommandRun.of(
                "city",
                "route",
                "--city",
                CITY.toString(),
                "date=2026-04-01 time=10:00:00 devname=\"edge\" devid=\"FGT60FTK00000001\" logid=\"0000000013\""
                        + " type=\"traffic\" subtype=\"forward\" level=\"notice\" vd=\"root\" srcip=203.0.113.9"
                        + " srcport=4242 dstip=10.30.10.11 dstport=443 proto=6 action=\"accept\" policyid=1");
        assertThat(recognised.out())
                .contains("read as fortigate:", "observer.serial_number = FGT60FTK00000001 → edge-network (device:")
                .contains("destination.ip = 10.30.10.11 → bousai-portal (cidr: 10.30.10.0/24)")
                .contains("observer: edge-network", "target: bousai-portal");
        CommandRun named = CommandRun.of(
                "city",
                "route",
                "--city",
                CITY.toString(),
                "--json",
                "{\"@timestamp\":\"2026-04-01T01:00:00Z\",\"event.id\":\"e\",\"city.data_class\":\"health\"}");
        JsonNode fields = new ObjectMapper().readTree(named.out()).get("fields");
        assertThat(fields.get(0).toString())
                .isEqualTo(
                        "{\"field\":\"city.data_class\",\"value\":\"health\",\"led\":[{\"resource\":\"health-records\","
                                + "\"selector\":\"data-class: health\"}]}");
        assertThat(CommandRun.of("city", "route", "--city", CITY.toString(), "--at", "soon", "10.30.10.11")
                        .code())
                .isEqualTo(2);
        assertThat(CommandRun.of("city", "route", "--city", CITY.toString(), "--source", "nowhere", line)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void what_a_city_lacks_is_said_in_japanese_too() throws IOException {
        copyCity();
        Path map = folder.resolve("responsibilities.yaml");
        Files.writeString(map, Files.readString(map).replace("duty: owner, severity-min: high", "duty: informed"));
        CommandRun run = CommandRun.in(Locale.JAPANESE, "city", "check", "--at", "2026-11-23", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains(": 警告: ").contains("の時点で 'bousai-portal' に所有者がいません");
        assertThat(run.err()).contains("未検査");
    }

    @Test
    void tables_go_to_a_spreadsheet_and_back_whole_or_not_at_all() throws IOException {
        copyCity();
        Path tables = elsewhere.resolve("tables");
        String[] export = {
            "city", "export", "--city", folder.toString(), "--csv", tables.toString(), "--charset", "Shift_JIS"
        };
        assertThat(CommandRun.of(export).code()).isZero();
        Path map = tables.resolve("responsibilities.csv");
        java.nio.charset.Charset windows = java.nio.charset.Charset.forName("windows-31j");
        String text = Files.readString(map, windows);
        String[] take = {"city", "import", "--city", folder.toString(), "--csv", tables.toString()};
        Files.writeString(map, text.replace("bousai-portal,prefecture", "bousai-portal,prefecure"), windows);
        CommandRun wrong = CommandRun.in(Locale.JAPANESE, take);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out())
                .containsPattern("responsibilities.csv:[0-9]+:2: エラー: ")
                .contains("'prefecture' のことですか");
        assertThat(folder.resolve("responsibilities.yaml"))
                .hasSameTextualContentAs(CITY.resolve("responsibilities.yaml"));
        Files.writeString(
                map, text.replace("bousai-portal,prefecture,informed", "bousai-portal,prefecture,responder"), windows);
        assertThat(CommandRun.of(take).code()).isZero();
        assertThat(folder.resolve("responsibilities.yaml")).content().contains("県・市町村サイバーセキュリティ連携要綱");
        assertThat(CommandRun.of("city", "check", "--at", "2026-11-23", folder.toString())
                        .out())
                .contains("when 'prefecture' does not answer about 'bousai-portal'");
    }

    @Test
    void an_export_into_a_folder_that_has_more_deletes_nothing_unless_asked() throws IOException {
        copyCity();
        Path kept = Files.createDirectories(elsewhere.resolve("kept/templates"));
        Path template = Files.writeString(kept.resolve("mail.ja.txt"), "{{title}}");
        Path notes = Files.writeString(kept.resolveSibling("notes.md"), "how we work");
        String[] export = {
            "city",
            "export",
            "--city",
            folder.toString(),
            "--files",
            kept.getParent().toString()
        };
        CommandRun refused = CommandRun.of(export);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains(kept.getParent() + " has files", "templates/mail.ja.txt", "--delete");
        assertThat(CommandRun.in(Locale.JAPANESE, export).err()).contains("何も書き出していません", "templates/mail.ja.txt");
        assertThat(template).hasContent("{{title}}");
        assertThat(kept.resolveSibling("city.yaml")).doesNotExist();

        CommandRun asked = CommandRun.of(
                Stream.concat(Stream.of(export), Stream.of("--delete")).toArray(String[]::new));
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(template).doesNotExist();
        assertThat(notes).hasContent("how we work");
        assertThat(CityFiles.of(kept.getParent())).isEqualTo(CityFiles.of(folder));
        // Now it has nothing more, and a second export is none to ask about.
        assertThat(CommandRun.of(export).code()).isZero();
    }

    @Test
    void an_address_that_nobody_knows_is_a_gap_and_goes_to_the_promoter() {
        CommandRun run = CommandRun.of("city", "route", "--city", CITY.toString(), "8.8.8.8");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("gap:").contains("minato-csirt");
    }

    @Test
    void overdue_reviews_are_findings_with_file_and_line() throws IOException {
        copyCity();
        Path responsibilities = folder.resolve("responsibilities.yaml");
        Files.writeString(
                responsibilities,
                Files.readString(responsibilities).replaceAll("review-due: [0-9-]+", "review-due: 2026-05-31"));
        CommandRun run = CommandRun.of("city", "check", folder.toString());
        assertThat(run.code()).as(run.out()).isEqualTo(1);
        assertThat(run.out()).containsPattern("responsibilities.yaml:[0-9]+").contains("2026-05-31");
    }

    @Test
    void tests_of_formats_that_fail_are_findings_with_file_and_line() throws IOException {
        copyCity();
        Path format = folder.resolve("formats").resolve("parking-gate.yaml");
        Files.writeString(format, Files.readString(format).replace("NG: failure", "NG: unknown"));
        CommandRun run = CommandRun.of("city", "check", folder.toString());
        assertThat(run.code()).as(run.out()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("parking-gate.yaml:[0-9]+")
                .contains("event.outcome is 'unknown', expected 'failure'");
    }

    private void copyCity() throws IOException {
        try (Stream<Path> files = Files.walk(CITY)) {
            for (Path file : files.filter(file -> !file.equals(CITY)).toList()) {
                Files.copy(file, folder.resolve(CITY.relativize(file).toString()));
            }
        }
    }
}
