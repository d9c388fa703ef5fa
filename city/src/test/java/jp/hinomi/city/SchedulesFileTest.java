package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulesFileTest {
    private static final String SCHEDULES = """
            calendars:
              - id: jp
                days: {2026-05-04: みどりの日, 2026-05-05: こどもの日}
            schedules:
              - id: vendor-duty
                name: {ja: 当番, en: Duty}
                holidays: jp
                hand-over: {notice: 30m, note: {en: Read the log}}
                rotations:
                  - {name: office, members: [vendor-noc], hours: "Mon-Fri 09:00-17:00", on-holidays: off}
                  - {name: nights, members: [hall-desk, [vendor-noc, hall-desk]], shift: 1w, hand-over: "Mon 09:00", from: 2026-04-06, until: 2027-03-31}
                overrides:
                  - {from: 2026-05-05T09:00, to: 2026-05-05T12:00, on-duty: [vendor-noc], replaces: hall-desk, owner: vendor, reason: holiday}
            """;

    @TempDir
    Path temp;

    private CityFolder folder() {
        return new CityFolder(temp).write("schedules.yaml", SCHEDULES);
    }

    @Test
    void isReadWholeAndMayBeMissing() {
        assertThat(new CityFolder(temp).read().schedules()).isEmpty();
        City city = folder().change("escalations.yaml", "{notify: hall-desk}", "{notify: vendor-duty}")
                .change("responsibilities.yaml", "duty: owner,", "duty: owner, notify: vendor-duty,")
                .read();
        Schedule schedule = city.schedules().get("vendor-duty");
        assertThat(schedule.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(schedule.notice()).contains(Duration.ofMinutes(30));
        assertThat(schedule.note()).isEqualTo(Map.of("en", "Read the log"));
        assertThat(schedule.members()).containsExactly("vendor-noc", "hall-desk");
        // Monday, a working day; then a holiday of the first and one of the second week's turn.
        assertThat(contacts(city, "2026-04-27T01:00:00Z")).containsExactly("vendor-noc");
        assertThat(contacts(city, "2026-05-04T01:00:00Z")).containsExactly("hall-desk");
        assertThat(contacts(city, "2026-05-05T01:00:00Z")).containsExactly("vendor-noc");
        assertThat(contacts(city, "2026-05-05T03:00:00Z")).containsExactly("hall-desk");
        assertThat(contacts(city, "2026-04-14T20:00:00Z")).containsExactly("vendor-noc", "hall-desk");
        assertThat(city.responsibilities().get(0).told()).contains("vendor-duty");
        assertThat(city.onDuty("hall-desk", Instant.EPOCH)).hasSize(1);
        assertThat(city.onDuty("nobody", Instant.EPOCH)).isEmpty();
    }

    private static List<String> contacts(City city, String at) {
        return city.onDuty("vendor-duty", Instant.parse(at)).stream()
                .map(of -> of.contact().id())
                .toList();
    }

    @Test
    void contactsAnswerWithinTheirHours() {
        City city = new CityFolder(temp)
                .change("stakeholders.yaml", "on-call: 24x7", "on-call: \"Mon-Fri 09:00-17:00, Sat 22:00-02:00\"")
                .read();
        Contact desk = city.contact("hall-desk").orElseThrow().contact();
        assertThat(desk.answersAt(Instant.parse("2026-05-01T00:00:00Z")))
                .as("Friday, nine in Tokyo")
                .isTrue();
        assertThat(desk.answersAt(Instant.parse("2026-05-01T08:00:00Z"))).isFalse();
        assertThat(desk.answersAt(Instant.parse("2026-05-02T16:59:59Z")))
                .as("Saturday night")
                .isTrue();
        assertThat(desk.answersAt(Instant.parse("2026-05-02T17:00:00Z"))).isFalse();
        assertThat(city.contact("vendor-noc").orElseThrow().contact().answersAt(Instant.EPOCH))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "members: [vendor-noc], hours | members: [vendor-nok], hours | unknown-contact",
                "members: [vendor-noc], hours | members: [vendor-duty], hours | unknown-contact",
                "members: [vendor-noc], hours | members: [], hours | no-members",
                "members: [vendor-noc], hours | members: [[]], hours | no-members",
                "id: vendor-duty | id: vendor-noc | duplicate-id",
                "holidays: jp | holidays: pj | unknown-calendar",
                "    holidays: jp | | no-holidays",
                "shift: 1w, | | missing-key",
                "shift: 1w | shift: 1y | bad-shift",
                "shift: 1w | shift: 1d | bad-hand-over",
                "from: 2026-04-06 | from: 2026-04-07 | bad-hand-over",
                "from: 2026-04-06 | from: 2226-04-06 | bad-date",
                "until: 2027-03-31 | until: 2026-03-31 | never-valid",
                "\"Mon 09:00\" | \"Mon 9\" | bad-hand-over",
                "Mon-Fri 09:00-17:00 | Mon-Fri 09:00-09:00 | bad-hours",
                "on-holidays: off | on-holidays: of | unknown-way",
                "name: nights | name: office | duplicate-rotation",
                "2026-05-05T12:00 | 2026-05-05 | bad-date-time",
                "2026-05-05T12:00 | 2026-05-05T09:00 | never-valid",
                "owner: vendor | owner: vender | unknown-contact",
                ", reason: holiday | | missing-key",
                "replaces: hall-desk | replace: hall-desk | unknown-key",
                "calendars: | calendar: | unknown-key",
                "2026-05-05: | 2026-02-30: | bad-date",
            })
    void everyMistakeIsNamed(String from, String to, String code) {
        CityFolder folder = folder().change("schedules.yaml", from, to == null ? "" : to);
        assertThat(folder.errors())
                .anySatisfy(
                        error -> assertThat(error).startsWith("schedules.yaml:").endsWith(" " + code));
    }

    @Test
    void overridesMayNotContradictEachOther() {
        String more =
                "      - {from: 2026-05-05T11:00, to: 2026-05-06T12:00, on-duty: [hall-desk], owner: hall, reason: x}\n";
        assertThat(folder().write("schedules.yaml", SCHEDULES + more).errors())
                .containsExactly("schedules.yaml:14 contradicting-overrides");
        assertThat(folder().write("schedules.yaml", SCHEDULES + more.replace("05-05T11:00", "05-05T12:00"))
                        .errors())
                .isEmpty();
    }

    @Test
    void responsibilitiesInsideOneResourceLieUnderOthers() {
        String below =
                "  - {resource: api, stakeholder: hall, duty: responder, under: vendor, scope: {en: hardware}}\n";
        CityFolder folder = new CityFolder(temp);
        String map = "responsibilities:\n"
                + "  - {resource: api, stakeholder: hall, duty: owner}\n"
                + "  - {resource: api, stakeholder: vendor, duty: operator, under: hall, valid-to: 2027-03-31}\n";
        assertThat(folder.write("responsibilities.yaml", map)
                        .read()
                        .responsibilities()
                        .get(1)
                        .under())
                .isEqualTo(Optional.of("hall"));
        assertThat(folder.write("responsibilities.yaml", map + below).errors())
                .containsExactly("responsibilities.yaml:3 under-circle", "responsibilities.yaml:4 under-circle");
        assertThat(folder.write("responsibilities.yaml", map.replace("under: hall", "under: vendor"))
                        .errors())
                .containsExactly("responsibilities.yaml:3 under-itself");
        assertThat(folder.write(
                                "responsibilities.yaml",
                                map.replace("duty: owner", "duty: owner, valid-from: 2027-04-01"))
                        .errors())
                .containsExactly("responsibilities.yaml:3 under-nobody");
        assertThat(folder.write(
                                "responsibilities.yaml",
                                map.replace("under: hall", "notify: hall-desk, escalation: standard"))
                        .errors())
                .containsExactly("responsibilities.yaml:3 told-twice");
    }
}
