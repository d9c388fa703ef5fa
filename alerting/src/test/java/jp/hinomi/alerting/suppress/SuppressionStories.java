package jp.hinomi.alerting.suppress;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.RunningInCommon;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Escalation;
import jp.hinomi.city.Inhibition;
import jp.hinomi.city.Matchers;
import jp.hinomi.city.Notification;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Role;
import jp.hinomi.city.Silence;
import jp.hinomi.city.Storm;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is held back, as timelines on a clock that the tests hold: what they have in common. Time only goes on. */
abstract class SuppressionStories {
    static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
    static final InstantSource CLOCK = NOW::get;

    @RegisterExtension
    static final RunningInCommon IN_COMMON = new RunningInCommon(SuppressionStories::start);

    static TestAlerting hinomi;

    private static AutoCloseable start() {
        Silence weekly = new Silence(
                "patch-night",
                Silence.Kind.MAINTENANCE,
                new Matchers(Map.of("rule", List.of("patched*"))),
                "vendor",
                "月例パッチ",
                SampleCity.TOKYO,
                LocalDateTime.parse("2026-06-03T09:00"),
                LocalDateTime.parse("2026-06-03T10:00"),
                Silence.Repeat.WEEKLY,
                Optional.empty());
        hinomi = TestAlerting.start(map(List.of(weekly)), builder -> builder.clock(CLOCK));
        return hinomi;
    }

    static City map(List<Silence> silences) {
        SampleCity city = new SampleCity()
                .stakeholder(
                        "vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, contact("noc", mail("noc@vendor.example.jp")))
                .stakeholder(
                        "maker",
                        Role.IOT_VENDOR,
                        "en",
                        Tlp.AMBER,
                        contact("desk", mail("desk@maker.example.jp"), mail("second@maker.example.jp")))
                .resource("api")
                .responsible("api", "vendor")
                .resource("gate")
                .responsible("gate", "vendor", Duty.OPERATOR, null, "ladder", null, null)
                .escalation("ladder", Duration.ofMinutes(15), "noc", "promoter-csirt")
                .resource("sensors")
                .responsible("sensors", "maker")
                .escalation(new Escalation(
                        "unheard",
                        List.of(
                                new Escalation.Step("noc", Optional.of(Duration.ofMinutes(1))),
                                new Escalation.Step("promoter-csirt", Optional.of(Duration.ofMinutes(1))))))
                .stakeholder(
                        "works",
                        Role.IOT_VENDOR,
                        "en",
                        Tlp.AMBER,
                        contact(
                                "works-shift",
                                mail("shift@works.example.jp"),
                                mail("shift2@works.example.jp"),
                                mail("shift3@works.example.jp")),
                        contact("works-lead", mail("lead@works.example.jp")))
                .resource("pumps")
                .responsible(toldTo("pumps", "works-shift"))
                .resource("valves")
                .responsible(toldTo("valves", "works-lead"))
                .resource("kiosks")
                .responsible("kiosks", "vendor", Duty.OPERATOR, null, "unheard", null, null);
        Inhibition down = new Inhibition(
                "gateway-down",
                new Matchers(Map.of("rule", List.of("gateway_down"))),
                new Matchers(Map.of("resource", List.of("api"))),
                List.of("host.name"),
                Duration.ofMinutes(30));
        return city.notification(new Notification(
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        new Storm(15, Duration.ofMinutes(10)),
                        List.of(down),
                        silences))
                .build();
    }

    private static Responsibility toldTo(String resource, String contact) {
        return new Responsibility(
                resource,
                "works",
                Duty.OPERATOR,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(contact),
                Optional.empty(),
                Map.of());
    }

    /** Silences, storms and causes of other tests are over. */
    @BeforeEach
    void laterThanAllOthers() {
        passAndSettle(Duration.ofDays(1));
    }

    static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    /** And everything that is due then was done. */
    static void passAndSettle(Duration time) {
        pass(time);
        String due = "select (select count(*) from escalation where next_at <= '" + NOW.get()
                + "') + (select count(*) from delivery where state = 'pending' and next_attempt_at <= '" + NOW.get()
                + "')";
        hinomi.running().timePassed();
        TestAlerting.await(() -> hinomi.query(due).equals("0"));
    }

    /** Of the message about the alert. */
    static String state(String alert) {
        return hinomi.query(
                "select state || ' ' || coalesce(held_kind, '') from delivery where alert_id = '" + alert + "'");
    }

    static boolean told(String recipient, String alert) {
        return hinomi.mail().receivedBy(recipient).stream()
                .anyMatch(mail -> mail.text().contains(alert));
    }

    /** Ends five hours from now. */
    static long silence(String rule) {
        return hinomi.post(
                        "/api/v1/silences",
                        "{\"match\": {\"rule\": [\"" + rule
                                + "\"]}, \"owner\": \"vendor\", \"reason\": \"既知\", \"until\": \""
                                + NOW.get().plus(Duration.ofHours(5)) + "\"}")
                .get("id")
                .asLong();
    }

    static void endSilence(long id) {
        assertThat(TestAlerting.send(HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/silences/" + id)))
                                .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                                .DELETE())
                        .statusCode())
                .isEqualTo(200);
    }
}
