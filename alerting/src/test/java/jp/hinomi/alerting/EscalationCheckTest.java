package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.intake.EscalationCheck;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was to happen and did not is found by somebody else, made up for, and said. */
class EscalationCheckTest {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
    private static final String NOC = "noc@vendor.example.jp";
    private static final String BOSS = "boss@vendor.example.jp";
    private static final String CSIRT = "csirt@city.example.jp";
    private static TestAlerting hinomi;

    @BeforeAll
    static void start() {
        hinomi = TestAlerting.start(
                new SampleCity()
                        .stakeholder(
                                "vendor",
                                Role.CITY_OS_VENDOR,
                                "ja",
                                Tlp.AMBER,
                                contact("vendor-noc", mail(NOC)),
                                contact("vendor-boss", mail(BOSS)))
                        .resource("api")
                        .escalation("standard", Duration.ofMinutes(15), "vendor-noc", "vendor-boss")
                        .responsible("api", "vendor", Duty.OPERATOR, null, "standard", null, null)
                        .build(),
                builder -> builder.clock(NOW::get));
    }

    @AfterAll
    static void stop() {
        hinomi.close();
    }

    /** An alarm is told once while it lasts. */
    @BeforeEach
    void settleAlarms() {
        hinomi.execute("update alarm set settled_at = now() where settled_at is null");
    }

    private static EscalationCheck check() {
        return AlertingService.part(hinomi.running(), EscalationCheck.class);
    }

    private static Timeline story(String alert) {
        return new Timeline(hinomi, NOW, alert)
                .at("0 s")
                .arrives(SampleAlert.of(alert).target("api"))
                .tells(NOC);
    }

    private static String alarms(String kind) {
        return hinomi.query("select count(*) from alarm where settled_at is null and kind = '" + kind + "'");
    }

    @Test
    void whereNothingIsWrongNothingIsFound() {
        story("calm");
        assertThat(check().look()).isFalse();
        assertThat(check().look()).isFalse();
    }

    @Test
    void anEscalationThatWasNeverStartedIsStarted() {
        Timeline story = story("unstarted");
        hinomi.execute("delete from escalation_target where escalation_id = (select id from escalation where alert_id ="
                + " 'unstarted')");
        hinomi.execute("delete from escalation where alert_id = 'unstarted'");
        story.at("3 min");
        assertThat(check().look()).isTrue();
        // Who has the notice already is not sent it again, but waited for; the promoter learns that something was
        // amiss.
        story.tells(CSIRT).stands("running 1/1").at("18 min").tells(BOSS);
        assertThat(hinomi.query("select count(*) from audit_log where action = 'escalation.mended' and object ="
                        + " 'alert:unstarted'"))
                .isEqualTo("1");
    }

    @Test
    void oneThatFellAsleepIsWoken() {
        Timeline story = story("asleep");
        hinomi.execute("update escalation set next_at = null where alert_id = 'asleep'");
        story.at("20 min").tellsNobody();
        assertThat(check().look()).isTrue();
        story.tells(BOSS, CSIRT).stands("running 1/2");
    }

    /** Waits are lengths of time: a clock that is put right does not make them longer, nor the alert forgotten. */
    @Test
    void aClockThatWasSetBackLosesNothing() {
        Instant right = NOW.get();
        NOW.set(right.plus(Duration.ofDays(400)));
        Timeline story = story("back");
        NOW.set(right);
        assertThat(check().look()).isTrue();
        assertThat(alarms("clock")).isEqualTo("1");
        assertThat(hinomi.query("select extract(epoch from next_at - '" + right
                        + "'::timestamptz)::int / 60 from escalation where alert_id = 'back'"))
                .isEqualTo("15");
        NOW.set(right.plus(Duration.ofMinutes(15)));
        story.tells(BOSS);
        assertThat(check().look()).isFalse();
    }

    /** A jump ahead tells the next step early, once; it does not run up the ladder. */
    @Test
    void aClockThatJumpsAheadTellsOneStepAndNotAll() {
        Timeline story = story("ahead");
        Instant before = NOW.get();
        story.at("9 d").tells(BOSS).stands("running 1/2");
        assertThat(check().look()).isFalse();
        NOW.set(before.plus(Duration.ofDays(9)));
        story.tellsNobody();
    }
}
