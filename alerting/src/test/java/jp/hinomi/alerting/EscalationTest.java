package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.SampleCity.webhook;
import static jp.hinomi.alerting.TestAlerting.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.ReceivedMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Timelines on a clock that the test holds. */
class EscalationTest {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
    private static final InstantSource CLOCK = NOW::get;
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
                                contact("vendor-noc", mail("noc@vendor.example.jp")),
                                contact("vendor-boss", mail("boss@vendor.example.jp")),
                                contact("vendor-bot", webhook("http://127.0.0.1:9/", "env:HINOMI_NO_SUCH_SECRET")))
                        .stakeholder(
                                "maker",
                                Role.IOT_VENDOR,
                                "en",
                                Tlp.AMBER,
                                contact("maker-desk", mail("desk@maker.example.jp")),
                                contact("maker-boss", mail("boss@maker.example.jp")))
                        .resource("api")
                        .resource("api-2")
                        .resource("sensors")
                        .resource("unreachable")
                        .escalation("makers", Duration.ofMinutes(15), "maker-desk", "maker-boss")
                        .responsible("api-2", "vendor", Duty.OPERATOR, null, "standard", null, null)
                        .responsible("sensors", "maker", Duty.OPERATOR, null, "makers", null, null)
                        .escalation("standard", Duration.ofMinutes(15), "vendor-noc", "vendor-boss", "promoter-csirt")
                        .escalation("bot-first", Duration.ofMinutes(15), "vendor-bot", "vendor-boss")
                        .responsible("api", "vendor", Duty.OPERATOR, null, "standard", null, null)
                        .responsible("unreachable", "vendor", Duty.OPERATOR, null, "bot-first", null, null)
                        .build(),
                builder -> builder.clock(CLOCK));
    }

    @AfterAll
    static void stop() {
        hinomi.close();
    }

    private static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    private static ReceivedMail told(String recipient, String alert) {
        return hinomi.mail()
                .await(
                        SOON,
                        mail -> mail.recipient().equals(recipient)
                                && mail.text().contains(alert));
    }

    private static String escalation(String alert) {
        return hinomi.query("select state || ' ' || step from escalation where alert_id = '" + alert + "'");
    }

    @Test
    void climbsWhileNobodyAnswersSurvivesARestartAndStopsAtTheAnswer() {
        // 0 min: the first step alone is told.
        hinomi.publish(SampleAlert.of("climb").target("api"));
        told("noc@vendor.example.jp", "climb");
        assertThat(escalation("climb")).isEqualTo("running 0");

        // 14 min 59 s: still the first. A second alert that goes all the way shows that time has been looked at.
        pass(Duration.ofSeconds(899));
        hinomi.publish(SampleAlert.of("marker-1").target("api"));
        told("noc@vendor.example.jp", "marker-1");
        assertThat(escalation("climb")).isEqualTo("running 0");

        // 15 min: the second.
        pass(Duration.ofSeconds(1));
        ReceivedMail second = told("boss@vendor.example.jp", "climb");
        assertThat(second.subject()).startsWith("[火の見 高・未対応]");
        assertThat(second.text()).contains("第2段階");

        // Stopped in between: nothing is forgotten.
        hinomi.restart();
        pass(Duration.ofMinutes(14));
        assertThat(escalation("climb")).isEqualTo("running 1");

        // The answer ends it: the third is never told, however long it lasts.
        hinomi.post("/api/v1/alerts/climb/ack", "{\"contact\":\"vendor-boss\"}");
        assertThat(escalation("climb")).isEqualTo("acknowledged 1");
        pass(Duration.ofMinutes(60));
        told("boss@vendor.example.jp", "marker-1");
        pass(Duration.ofMinutes(15));
        told("csirt@city.example.jp", "marker-1");
        assertThat(hinomi.mail().receivedBy("csirt@city.example.jp"))
                .noneMatch(mail -> mail.text().contains("climb"));
    }

    @Test
    void endsVisiblyWhenNobodyIsLeftToTell() {
        hinomi.publish(SampleAlert.of("alone").target("api"));
        told("noc@vendor.example.jp", "alone");
        pass(Duration.ofMinutes(15));
        told("boss@vendor.example.jp", "alone");
        pass(Duration.ofMinutes(15));
        told("csirt@city.example.jp", "alone");
        assertThat(escalation("alone")).isEqualTo("running 2");
    }

    /** The row of an alert on the page of operations. */
    private static String row(Visitor visitor, String alert) throws Exception {
        return java.util.Arrays.stream(visitor.get("/operations").body().split("<tr"))
                .filter(row -> row.contains("/alerts/" + alert))
                .findFirst()
                .orElse("");
    }

    @Test
    void aStepThatNobodyTakesIsMarkedOverdueUntilItIsTaken() throws Exception {
        Visitor visitor = new Visitor(hinomi, "198.51.100.9");
        visitor.login("admin", hinomi.password());
        hinomi.publish(SampleAlert.of("held-up").target("api"));
        told("noc@vendor.example.jp", "held-up");
        try (Connection other = hinomi.connect();
                Statement statement = other.createStatement()) {
            // Whoever takes a step locks the alert first: somebody else has it.
            other.setAutoCommit(false);
            statement.execute("select 1 from alert where id = 'held-up' for update");
            pass(Duration.ofMinutes(15).plusSeconds(30));
            assertThat(row(visitor, "held-up")).contains("held-up").doesNotContain("overdue");
            pass(Duration.ofMinutes(1));
            assertThat(row(visitor, "held-up")).contains("overdue");
            other.rollback();
        }
        told("boss@vendor.example.jp", "held-up");
        assertThat(row(visitor, "held-up")).contains("held-up").doesNotContain("overdue");
    }

    private static String status(String alert) {
        return hinomi.query("select status from alert where id = '" + alert + "'");
    }

    /** Failed when a widened alert stayed acknowledged: its escalation ran, and no answer could reach it. */
    @Test
    void whoIsNewlyResponsibleHasToAnswerAndTheAnswerCounts() {
        hinomi.publish(SampleAlert.of("wider").target("api"));
        told("noc@vendor.example.jp", "wider");
        hinomi.post("/api/v1/alerts/wider/ack", "{\"contact\":\"vendor-noc\"}");
        hinomi.publish(SampleAlert.of("wider").target("api").target("sensors").revision(2));
        told("desk@maker.example.jp", "wider");
        assertThat(status("wider")).isEqualTo("open");
        assertThat(hinomi.query("select string_agg(policy_id || ' ' || state, ', ' order by id) from escalation"
                        + " where alert_id = 'wider'"))
                .isEqualTo("standard acknowledged, makers running");

        hinomi.post("/api/v1/alerts/wider/ack", "{\"contact\":\"maker-desk\"}");
        assertThat(status("wider")).isEqualTo("acknowledged");
        hinomi.publish(SampleAlert.of("marker-2").target("sensors"));
        told("desk@maker.example.jp", "marker-2");
        pass(Duration.ofMinutes(60));
        told("boss@maker.example.jp", "marker-2");
        assertThat(hinomi.mail().receivedBy("boss@maker.example.jp"))
                .noneMatch(mail -> mail.text().contains("wider"));
    }

    /** Failed when each widening began the policy again from its first step. */
    @Test
    void aPolicyThatWasAnsweredStartsAgainOnlyWhenTheAlertGetsWorse() {
        hinomi.publish(SampleAlert.of("same").target("api"));
        told("noc@vendor.example.jp", "same");
        hinomi.post("/api/v1/alerts/same/ack", "{\"contact\":\"vendor-noc\"}");
        hinomi.publish(SampleAlert.of("same").target("api").target("api-2").revision(2));
        hinomi.awaitAlert("same", 2);
        assertThat(status("same")).isEqualTo("acknowledged");
        assertThat(hinomi.query("select string_agg(state, ', ' order by id) from escalation where alert_id = 'same'"))
                .isEqualTo("acknowledged");

        hinomi.publish(
                SampleAlert.of("same").target("api").severity(Severity.CRITICAL).revision(3));
        hinomi.awaitAlert("same", 3);
        assertThat(status("same")).isEqualTo("open");
        assertThat(hinomi.query("select string_agg(state, ', ' order by id) from escalation where alert_id = 'same'"))
                .isEqualTo("acknowledged, running");
    }

    @Test
    void anAnswerEndsWhatRunsEvenForAnAlertThatWasAnsweredBefore() {
        hinomi.publish(SampleAlert.of("old-data").target("api"));
        told("noc@vendor.example.jp", "old-data");
        // As versions before this one left it.
        hinomi.execute("update alert set status = 'acknowledged' where id = 'old-data'");
        hinomi.execute("insert into acknowledgement (alert_id, via, actor, note, severity, at)"
                + " values ('old-data', 'api', 'x', '', 3, now())");
        hinomi.post("/api/v1/alerts/old-data/ack", "{\"contact\":\"vendor-noc\"}");
        assertThat(escalation("old-data")).isEqualTo("acknowledged 0");
    }

    /** Failed when the time for an answer ran while the notice waited for its digest. */
    @Test
    void whoIsToldByADigestHasItsTimeFromTheDigestOn() {
        for (int i = 0; i < 6; i++) {
            hinomi.publish(SampleAlert.of("storm-" + i).target("api").rule("storm", "嵐", "Storm"));
        }
        hinomi.awaitAlert("storm-5", 1);
        String minutes = "select extract(epoch from next_at - started_at)::int / 60 from escalation where alert_id = ";
        assertThat(hinomi.query(minutes + "'storm-4'")).isEqualTo("15");
        assertThat(hinomi.query(minutes + "'storm-5'")).isEqualTo("25");
        // That it got worse waits for no digest.
        hinomi.publish(SampleAlert.of("storm-5")
                .target("api")
                .rule("storm", "嵐", "Storm")
                .severity(Severity.CRITICAL)
                .revision(2));
        hinomi.mail()
                .await(
                        SOON,
                        mail -> mail.subject().contains("深刻度上昇") && mail.text().contains("storm-5"));
    }

    @Test
    void aStepWhoseMessageIsDeadDoesNotWait() {
        hinomi.publish(SampleAlert.of("deadstep").target("unreachable"));
        told("boss@vendor.example.jp", "deadstep");
        assertThat(hinomi.query("select state from delivery where alert_id = 'deadstep' and contact_id = 'vendor-bot'"))
                .isEqualTo("dead");
    }
}
