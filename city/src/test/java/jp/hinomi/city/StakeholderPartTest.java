package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.city.StakeholderContacts.Joining;
import jp.hinomi.city.StakeholderContacts.Reached;
import jp.hinomi.city.StakeholderDuty.StandIn;
import jp.hinomi.city.StakeholderDuty.Turns;
import jp.hinomi.city.StakeholderPart.RefusedException;
import jp.hinomi.city.StakeholderPart.Why;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Shift;
import jp.hinomi.events.document.ProblemsException;
import org.junit.jupiter.api.Test;

/** What a stakeholder of the example city may write into its files. */
class StakeholderPartTest {
    private static final LocalDateTime FROM = LocalDateTime.parse("2026-08-13T09:00");
    private static final LocalDateTime TO = LocalDateTime.parse("2026-08-16T09:00");

    private final CityFiles files = files();
    private final StakeholderPart vendor = new StakeholderPart("os-vendor", Set.of());

    private static CityFiles files() {
        try {
            return CityFiles.of(Path.of("..", "examples", "city"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> changes(CityFiles after) {
        return CityDiff.between(files.read(Set.of(), warning -> {}), after.read(Set.of(), warning -> {})).stream()
                .map(change -> change.kind().word() + " " + change.id() + " " + change.fields())
                .toList();
    }

    private static StandIn standIn(String away, String... onDuty) {
        return new StandIn("os-vendor-duty", FROM, TO, away, List.of(onDuty), "夏休み: \"お盆\" # 引き継ぎ済み");
    }

    @Test
    void aNewAddressIsAllThatIsDifferent() {
        CityFiles after = vendor.contacts()
                .with(
                        files,
                        new Reached(
                                "os-vendor-noc",
                                "Mon-Fri 08:00-20:00",
                                Map.of(0, "noc-new@os-vendor.example.jp"),
                                List.of("noc-2@os-vendor.example.jp")));
        assertThat(changes(after))
                .singleElement()
                .asString()
                .startsWith("contact os-vendor-noc")
                .contains("Mon-Fri 08:00-20:00", "noc-new@os-vendor.example.jp", "noc-2@os-vendor.example.jp");
        // Whoever keeps the file finds it as it was, with all its notes.
        String before = files.texts().get("stakeholders.yaml");
        String now = after.texts().get("stakeholders.yaml");
        int own = before.indexOf("- id: os-vendor-noc");
        assertThat(now).startsWith(before.substring(0, own));
        assertThat(now).endsWith(before.substring(before.indexOf("- id: os-vendor-security")));
        assertThat(after.with(Map.of("stakeholders.yaml", before)).texts()).isEqualTo(files.texts());
    }

    @Test
    void somebodyStandsInAndThatIsTakenBack() {
        CityFiles after = vendor.duty().with(files, standIn("os-vendor-night-a", "os-vendor-night-b"));
        assertThat(changes(after))
                .singleElement()
                .asString()
                .startsWith("schedule os-vendor-duty [Field[name=substitutions,")
                .contains("夏休み: \"お盆\" # 引き継ぎ済み", "2026-08-13T09:00");
        assertThat(after.texts().get("schedules.yaml")).contains("# 国民の祝日と年末年始の休業", "# 平日の日中は窓口");
        CityFiles back = vendor.duty().without(after, "os-vendor-duty", FROM, "os-vendor-night-a");
        assertThat(changes(back)).isEmpty();
    }

    private static Joining joining(String id, String... emails) {
        return new Joining(id, Contact.Kind.PERSON, "Mon-Fri 09:00-17:00", List.of(emails));
    }

    @Test
    void aContactComesAndGoes() {
        CityFiles after = vendor.contacts().with(files, joining("os-vendor-night-c", "c@os-vendor.example.jp"));
        assertThat(changes(after))
                .singleElement()
                .asString()
                .startsWith("contact os-vendor-night-c")
                .contains("name=stakeholder, before=, after=os-vendor", "c@os-vendor.example.jp", "Asia/Tokyo");
        assertThat(after.texts().get("stakeholders.yaml")).contains("# --- サービス提供者 / service providers");
        assertThat(changes(vendor.contacts().withoutContact(after, "os-vendor-night-c")))
                .isEmpty();

        // Who has duty, or is a step of an escalation, is needed; of others' contacts nothing is said.
        assertRefused(Why.NEEDED, () -> vendor.contacts().withoutContact(files, "os-vendor-night-a"));
        assertRefused(Why.NOT_YOUR_CONTACT, () -> vendor.contacts().withoutContact(files, "minato-csirt"));
        assertRefused(
                Why.TAKEN, () -> vendor.contacts().with(files, joining("minato-csirt", "x@os-vendor.example.jp")));
        assertRefused(Why.NOT_AN_ADDRESS, () -> vendor.contacts().with(files, joining("os-vendor-night-c")));
        assertThatThrownBy(() -> vendor.contacts().with(files, joining("no id", "nobody")))
                .isInstanceOf(ProblemsException.class);
    }

    /** Whoever keeps the files has noted something at each entry; what stays keeps it. */
    @Test
    void notesInsideTheirOwnEntriesStay() {
        String contacts = files.texts()
                .get("stakeholders.yaml")
                .replace("- id: os-vendor-noc\n", "# the desk\n      - id: os-vendor-noc   # by the door\n")
                .replace("address: noc@os-vendor.example.jp}\n", "address: noc@os-vendor.example.jp}  # 5月に確認\n");
        String duty = files.texts()
                .get("schedules.yaml")
                .replace("      - {name: 夜間休日,", "      # nights\n      - {name: 夜間休日,")
                .replace("reason: 年越しの監視体制}", "reason: 年越しの監視体制}  # every year");
        CityFiles noted = files.with(Map.of("stakeholders.yaml", contacts, "schedules.yaml", duty));
        CityFiles after = vendor.contacts()
                .with(
                        noted,
                        new Reached(
                                "os-vendor-noc",
                                "Mon-Fri 08:00-20:00",
                                Map.of(0, "new@os-vendor.example.jp"),
                                List.of("2@os-vendor.example.jp")));
        assertThat(after.texts().get("stakeholders.yaml")).isEqualTo(contacts.replace("""
                        hours: {zone: Asia/Tokyo, on-call: 24x7}
                                channels:
                                  - {type: email, address: noc@os-vendor.example.jp}  # 5月に確認
                        """, """
                        hours: {zone: Asia/Tokyo, on-call: "Mon-Fri 08:00-20:00"}
                                channels:
                                  - {type: email, address: "new@os-vendor.example.jp"}  # 5月に確認
                                  - {type: email, address: "2@os-vendor.example.jp"}
                        """));
        CityFiles joined = vendor.contacts().with(noted, joining("os-vendor-night-c", "c@os-vendor.example.jp"));
        assertThat(joined.texts().get("stakeholders.yaml")).contains("# the desk", "# by the door", "# 5月に確認");
        assertThat(vendor.contacts().withoutContact(joined, "os-vendor-night-c").texts())
                .isEqualTo(noted.texts());
        CityFiles standing = vendor.duty().with(noted, standIn("os-vendor-night-a", "os-vendor-night-b"));
        assertThat(standing.texts().get("schedules.yaml")).contains("# nights", "# every year");
        assertThat(vendor.duty()
                        .without(standing, "os-vendor-duty", FROM, "os-vendor-night-a")
                        .texts())
                .isEqualTo(noted.texts());
        CityFiles turned = vendor.duty()
                .with(
                        noted,
                        turns(
                                "夜間休日",
                                LocalDate.parse("2026-06-29"),
                                List.of(List.of("os-vendor-night-b"), List.of("os-vendor-night-a"))));
        assertThat(turned.texts().get("schedules.yaml"))
                .isEqualTo(
                        duty.replace("[os-vendor-night-a, os-vendor-night-b]", "[os-vendor-night-b, os-vendor-night-a]")
                                .replace(
                                        "shift: 1w, hand-over: \"Mon 09:00\", from: 2026-04-06",
                                        "shift: 2d, hand-over: \"08:30\", from: 2026-06-29"));
    }

    private static Turns turns(String rotation, LocalDate from, List<List<String>> turns) {
        return new Turns(
                "os-vendor-duty", rotation, turns, "2d", LocalTime.of(8, 30), from, LocalDate.parse("2026-07-01"));
    }

    @Test
    void theOrderOfTurnsAndTheirLengthChange() {
        LocalDate from = LocalDate.parse("2026-06-29");
        List<List<String>> order = List.of(
                List.of("os-vendor-night-b"), List.of("os-vendor-noc", "os-vendor-night-a"), List.of("os-vendor-noc"));
        CityFiles after = vendor.duty().with(files, turns("夜間休日", from, order));
        assertThat(changes(after))
                .singleElement()
                .asString()
                .startsWith("schedule os-vendor-duty [Field[name=rotations,");
        Schedule was = files.read(Set.of(), warning -> {}).schedules().get("os-vendor-duty");
        Schedule is = after.read(Set.of(), warning -> {}).schedules().get("os-vendor-duty");
        assertThat(is.rotations().get(0)).isEqualTo(was.rotations().get(0));
        Rotation changed = is.rotations().get(1);
        assertThat(changed.turns()).isEqualTo(order);
        assertThat(changed.shift()).contains(Shift.parse("2d"));
        assertThat(changed.handOver()).isEqualTo(LocalTime.of(8, 30));
        assertThat(changed.from()).contains(from);
        assertThat(is.substitutions()).isEqualTo(was.substitutions());
        assertThat(after.texts().get("schedules.yaml")).contains("# 平日の日中は窓口", "# 運行時間は指令所");

        // Its hours and its way with holidays are not theirs to change here.
        Rotation byDay = vendor.duty()
                .with(files, turns("平日日中", from, List.of(List.of("os-vendor-noc"), List.of("os-vendor-night-a"))))
                .read(Set.of(), warning -> {})
                .schedules()
                .get("os-vendor-duty")
                .rotations()
                .get(0);
        assertThat(byDay.turns()).hasSize(2);
        assertThat(byDay.hours()).isEqualTo(was.rotations().get(0).hours());
        assertThat(byDay.onHolidays()).isEqualTo(was.rotations().get(0).onHolidays());

        // One who is always on duty needs no hand-over.
        Rotation one = vendor.duty()
                .with(files, turns("夜間休日", from, List.of(List.of("os-vendor-noc"))))
                .read(Set.of(), warning -> {})
                .schedules()
                .get("os-vendor-duty")
                .rotations()
                .get(1);
        assertThat(one.turns()).isEqualTo(List.of(List.of("os-vendor-noc")));
        assertThat(one.shift()).isEmpty();

        assertRefused(
                Why.BEGINS_LATER, () -> vendor.duty().with(files, turns("夜間休日", LocalDate.parse("2026-07-02"), order)));
        assertRefused(Why.NOBODY_ON_DUTY, () -> vendor.duty().with(files, turns("夜間休日", from, List.of())));
        assertRefused(Why.NOT_YOUR_DUTY, () -> vendor.duty().with(files, turns("none", from, order)));
        assertRefused(
                Why.NOT_YOUR_CONTACT,
                () -> vendor.duty().with(files, turns("夜間休日", from, List.of(List.of("minato-csirt")))));
        // Together with others: only the city changes it.
        StakeholderPart other = new StakeholderPart("minato-city", Set.of());
        assertRefused(Why.SHARED_DUTY, () -> other.duty().with(files, turns("夜間休日", from, order)));
    }

    @Test
    void nothingOfOthersIsTheirsToChange() {
        assertRefused(
                Why.NOT_YOUR_CONTACT,
                () -> vendor.contacts()
                        .with(
                                files,
                                new Reached(
                                        "minato-csirt", "24x7", Map.of(0, "mine@os-vendor.example.jp"), List.of())));
        assertRefused(Why.NOT_YOUR_CONTACT, () -> vendor.duty().with(files, standIn("minato-csirt", "os-vendor-noc")));
        assertRefused(Why.NOT_YOUR_CONTACT, () -> vendor.duty().with(files, standIn("os-vendor-noc", "minato-csirt")));
        assertRefused(
                Why.NOT_YOUR_DUTY,
                () -> vendor.duty()
                        .with(
                                files,
                                new StandIn("none", FROM, TO, "os-vendor-noc", List.of("os-vendor-night-a"), "x")));
        // The city put it there, for whoever it would be: not a matter of one contact of theirs.
        assertRefused(
                Why.UNKNOWN,
                () -> vendor.duty()
                        .without(files, "os-vendor-duty", LocalDateTime.parse("2026-12-31T17:00"), "os-vendor-noc"));
        assertRefused(Why.NOBODY_STANDS_IN, () -> vendor.duty().with(files, standIn("os-vendor-noc")));
        assertRefused(
                Why.NOT_AN_ADDRESS,
                () -> vendor.contacts()
                        .with(
                                files,
                                new Reached("os-vendor-noc", "24x7", Map.of(99, "x@os-vendor.example.jp"), List.of())));
    }

    private static void assertRefused(Why why, org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.why()).isEqualTo(why));
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThatThrownBy(() -> vendor.contacts()
                        .with(files, new Reached("os-vendor-noc", "now and then", Map.of(0, "nobody"), List.of())))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        failed -> assertThat(failed.problems())
                                .extracting(problem -> problem.code())
                                .contains("bad-email"));
    }

    /** A file in one line each: there is nothing to keep, and the meaning is the same. */
    @Test
    void aFileThatIsWrittenOtherwiseMeansTheSame() {
        CityFiles flat = files.with(Map.of("stakeholders.yaml", CityYaml.of((jp.hinomi.events.document.Node.Mapping)
                jp.hinomi.events.document.YamlReader.read("x", files.texts().get("stakeholders.yaml"), problem -> {})
                        .get(0))));
        CityFiles after = vendor.contacts()
                .with(flat, new Reached("os-vendor-noc", "24x7", Map.of(0, "noc-new@os-vendor.example.jp"), List.of()));
        assertThat(changes(after)).singleElement().asString().startsWith("contact os-vendor-noc");
    }
}
