package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import jp.hinomi.alerting.delivery.Repetitions;
import jp.hinomi.alerting.duty.HandOverNotices;
import jp.hinomi.alerting.intake.EscalationCheck;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Escalation;
import jp.hinomi.city.Grouping;
import jp.hinomi.city.Notification;
import jp.hinomi.city.Role;
import jp.hinomi.city.Storm;
import jp.hinomi.city.schedule.HolidayCalendar;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Shift;
import jp.hinomi.city.schedule.WeeklyHours;
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
    private static final String DESK = "desk@watch.example.jp";
    private static final String DAY = "day@watch.example.jp";
    private static final String NIGHT = "night@watch.example.jp";

    /** Changes at 09:00 and 21:00 in Tokyo. */
    private static final Schedule DUTY = new Schedule(
            "watch-duty",
            Map.of("ja", "監視当番", "en", "Watch"),
            SampleCity.TOKYO,
            List.of(new Rotation(
                    "turns",
                    List.of(List.of("watch-a"), List.of("watch-b")),
                    Optional.of(Shift.parse("12h")),
                    LocalTime.of(9, 0),
                    Optional.of(LocalDate.of(2026, 7, 1)),
                    Optional.empty(),
                    WeeklyHours.ALWAYS,
                    OnHolidays.WORK)),
            HolidayCalendar.NONE,
            List.of(),
            Optional.of(Duration.ofMinutes(30)),
            Map.of("ja", "鍵は金庫です。"));

    /** One group per rule; the watch is told again every hour. */
    private static final Grouping GROUPING = new Grouping(
            List.of("rule"),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Optional.empty(),
            List.of(new Grouping.Deviation(
                    Set.of("watch"),
                    Set.of(),
                    new Grouping(
                            List.of("rule"),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(5),
                            Optional.of(Duration.ofHours(1)),
                            List.of()))));

    private static TestAlerting hinomi;
    private String mended;

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
                        .stakeholder(
                                "watch",
                                Role.IOT_VENDOR,
                                "ja",
                                Tlp.AMBER,
                                contact("watch-desk", mail(DESK)),
                                contact("watch-a", mail(DAY)))
                        .stakeholder("guard", Role.SECURITY_SERVICE, "ja", Tlp.AMBER, contact("watch-b", mail(NIGHT)))
                        .resource("locker")
                        .responsible("locker", "guard")
                        .resource("cameras")
                        .responsible("cameras", "watch")
                        .resource("gate")
                        .schedule(DUTY)
                        .escalation("watchers", Duration.ofHours(40), "watch-duty", "promoter-csirt")
                        .responsible("gate", "vendor", Duty.OPERATOR, null, "watchers", null, null)
                        .notification(new Notification(
                                List.of("127.0.0.1"),
                                Map.of(),
                                Optional.of(GROUPING),
                                new Storm(10_000, Duration.ofMinutes(10)),
                                List.of(),
                                List.of()))
                        .resource("api")
                        .escalation("standard", Duration.ofMinutes(15), "vendor-noc", "vendor-boss")
                        .responsible("api", "vendor", Duty.OPERATOR, null, "standard", null, null)
                        .resource("api-again")
                        .escalation(new Escalation(
                                "again",
                                List.of(
                                        new Escalation.Step("vendor-noc", Optional.of(Duration.ofMinutes(15))),
                                        new Escalation.Step("vendor-boss", Optional.empty())),
                                Optional.of(Duration.ofHours(1)),
                                1))
                        .responsible("api-again", "vendor", Duty.OPERATOR, null, "again", null, null)
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
        mended = mended();
    }

    /** The one that runs in the background may find it before: it must be found, once. */
    private void finds() {
        check().look();
        String now = mended();
        assertThat(now).as("made up for").isNotEqualTo(mended);
        mended = now;
    }

    private static String mended() {
        return hinomi.query("select count(*) from audit_log where action = 'escalation.mended'");
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
        finds();
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
        finds();
        story.tells(BOSS, CSIRT).stands("running 1/2");
    }

    /** Waits are lengths of time: a clock that is put right does not make them longer, nor the alert forgotten. */
    @Test
    void aClockThatWasSetBackLosesNothing() {
        Instant right = NOW.get();
        NOW.set(right.plus(Duration.ofDays(400)));
        Timeline story = story("back");
        NOW.set(right);
        finds();
        assertThat(alarms("clock")).isEqualTo("1");
        assertThat(hinomi.query("select extract(epoch from next_at - '" + right
                        + "'::timestamptz)::int / 60 from escalation where alert_id = 'back'"))
                .isEqualTo("15");
        NOW.set(right.plus(Duration.ofMinutes(15)));
        story.tells(BOSS);
        assertThat(check().look()).isFalse();
    }

    /**
     * Before this was mended: a process that was held between reading the clock and looking took what others had told
     * meanwhile for told ahead, and the step after it was told at once.
     */
    @Test
    void whoWasHeldAfterItReadTheClockSetsNothingBack() throws Exception {
        Timeline story = story("held");
        ExecutorService held = Executors.newSingleThreadExecutor();
        try (Connection others = hinomi.connect()) {
            others.setAutoCommit(false);
            others.createStatement().execute("lock table escalation in access exclusive mode");
            Future<Boolean> look = held.submit(() -> check().look());
            TestAlerting.await(() -> hinomi.query("select count(*) from pg_stat_activity where datname ="
                            + " current_database() and wait_event_type = 'Lock' and query like '%with ahead%'")
                    .equals("1"));
            story.at("15 min");
            others.createStatement()
                    .execute("update escalation set step = 1, updated_at = '" + NOW.get() + "', next_at = '"
                            + NOW.get().plus(Duration.ofMinutes(15)) + "' where alert_id = 'held'");
            others.commit();
            assertThat(look.get(30, TimeUnit.SECONDS)).isFalse();
        } finally {
            held.shutdownNow();
        }
        story.tellsNobody().stands("running 1/2");
        assertThat(alarms("clock")).isEqualTo("0");
    }

    /** Taken, left alone, asked again, with a clock that goes an hour back and forth in between: nothing lost, nothing twice. */
    @Test
    void anHourBackAndAnHourAheadLoseNothingAndTellNothingTwice() {
        Instant start = NOW.get();
        Timeline story = new Timeline(hinomi, NOW, "hour-1")
                .at("0 s")
                .arrives(SampleAlert.of("hour-1").target("api-again"))
                .tells(NOC)
                .at("5 min")
                .answers(NOC, "ack", "accepted");
        // Back: it is asked again an hour from now all the same, not two.
        NOW.set(start.minus(Duration.ofMinutes(55)));
        finds();
        assertThat(check().look()).isFalse();
        NOW.set(start.plus(Duration.ofMinutes(4)));
        story.tellsNobody();
        NOW.set(start.plus(Duration.ofMinutes(5)));
        story.tells(NOC).stands("running 2/1");
        // Ahead: the next step comes early, and the one after it does not.
        NOW.set(start.plus(Duration.ofMinutes(65)));
        story.tells(BOSS).stands("running 2/2");
        assertThat(check().look()).isFalse();
        // And back again: what was told stays told.
        NOW.set(start.plus(Duration.ofMinutes(6)));
        check().look();
        story.tellsNobody().stands("running 2/2");
        NOW.set(start.plus(Duration.ofDays(2)));
        check().look();
        story.tellsNobody()
                .stands("running 2/2")
                .answers(BOSS, "ack", "accepted")
                .stands("acknowledged 2/2");
    }

    /** Before this was mended: the time that each has was not set back with the wait, so an answer made it a year. */
    @Test
    void anAnswerAfterTheClockWasSetBackWaitsNoLongerThanTheOthersHave() {
        Instant right = NOW.get();
        NOW.set(right.plus(Duration.ofDays(365)));
        Timeline story = story("each-back");
        hinomi.execute("update escalation set policy = '{\"steps\": [{\"targets\": [\"vendor-noc\", \"vendor-boss\"],"
                + " \"ack\": \"each\", \"ack_within\": \"PT15M\"}]}' where alert_id = 'each-back'");
        hinomi.execute("insert into escalation_target (escalation_id, loop, step, contact_id, stakeholder_id, state,"
                + " told_at, answer_by) select escalation_id, loop, step, 'vendor-boss', stakeholder_id, state, told_at,"
                + " answer_by from escalation_target where escalation_id = (select id from escalation where alert_id ="
                + " 'each-back')");
        NOW.set(right);
        finds();
        story.answers(NOC, "ack", "accepted").stands("running 1/1");
        assertThat(hinomi.query("select extract(epoch from next_at - '" + right
                        + "'::timestamptz)::int / 60 from escalation where alert_id = 'each-back'"))
                .isEqualTo("15");
        hinomi.execute("update escalation set state = 'closed', next_at = null where alert_id = 'each-back'");
    }

    /** Before this was mended: the next of the group was held for three hours, and so was the time to answer. */
    @Test
    void whatAClockThatRanAheadToldHoldsNothingBack() {
        Instant right = NOW.get();
        NOW.set(right.plus(Duration.ofHours(3)));
        new Timeline(hinomi, NOW, "ran-ahead-1")
                .at("0 s")
                .arrives(ofGroup("ran-ahead-1"))
                .tells(NOC)
                .answers(NOC, "ack", "accepted");
        NOW.set(right);
        Timeline story = new Timeline(hinomi, NOW, "ran-ahead-2")
                .at("0 s")
                .arrives(ofGroup("ran-ahead-2"))
                .tells(NOC)
                .stands("running 1/1");
        check().look();
        story.at("15 min").tells(BOSS).answers(BOSS, "ack", "accepted");
        // Nor when the time comes that the clock showed then.
        NOW.set(right.plus(Duration.ofHours(3)).plusSeconds(10));
        new Timeline(hinomi, NOW, "ran-ahead-3")
                .at("0 s")
                .arrives(ofGroup("ran-ahead-3"))
                .tells(NOC)
                .answers(NOC, "ack", "accepted");
    }

    private static SampleAlert ofGroup(String id) {
        return SampleAlert.of(id).target("api").rule("ran_ahead", "先走り", "Ran ahead");
    }

    private static SampleAlert camera(String id, String rule) {
        return SampleAlert.of(id).target("cameras").rule(rule, "カメラ", "Camera");
    }

    /** Whoever is told again is told of everything that is open in one message, until somebody answers. */
    @Test
    void whatNobodyAnswersIsToldAgainTogether() {
        Timeline story = new Timeline(hinomi, NOW, "again-1")
                .at("0 s")
                .arrives(camera("again-1", "camera_lost"))
                .tells(DESK);
        story.at("10 min");
        hinomi.publish(camera("again-2", "camera_lost"));
        hinomi.awaitAlert("again-2", 1);
        story.at("59 min").tellsNobody().at("1 h");
        atOnce(() -> AlertingService.part(hinomi.running(), Repetitions.class).repeatNext());
        story.tells(DESK);
        assertThat(hinomi.mail()
                        .receivedBy(DESK)
                        .get(hinomi.mail().receivedBy(DESK).size() - 1)
                        .text())
                .contains("again-1", "again-2", "まだ応答のない警報が 2 件");
        story.at("2 h").tells(DESK).at("2 h 30 min").analystAnswers("watch-desk", "ack", "accepted");
        // The other is still open.
        Timeline other = new Timeline(hinomi, NOW, "again-2");
        story.at("3 h").tellsNobody();
        other.tells(DESK).analystAnswers("watch-desk", "ack", "accepted");
        story.at("2 d").tellsNobody();
        assertThat(hinomi.query("select count(*) from repetition where alert_id like 'again-%'"))
                .isEqualTo("0");
    }

    @Test
    void whatIsSilencedIsNotToldAgainBeforeTheSilenceIsOver() {
        new Timeline(hinomi, NOW, "mute-1")
                .at("0 s")
                .arrives(camera("mute-1", "camera_mute"))
                .tells(DESK)
                .at("30 min")
                .silences("{\"rule\": [\"camera_mute\"]}", Duration.ofHours(2))
                .at("1 h")
                .tellsNobody()
                .at("2 h 30 min")
                .tells(DESK)
                .analystAnswers("watch-desk", "ack", "accepted");
    }

    /** Several at the same moment, as instances are. */
    private static void atOnce(Runnable work) {
        List<CompletableFuture<Void>> all =
                Stream.generate(() -> CompletableFuture.runAsync(work)).limit(3).toList();
        all.forEach(CompletableFuture::join);
    }

    private static Runnable handOvers() {
        HandOverNotices notices = AlertingService.part(hinomi.running(), HandOverNotices.class);
        return () -> notices.tell(NOW.get());
    }

    private static Instant nextHandOver() {
        Instant soon = NOW.get().plus(Duration.ofHours(2));
        return DUTY.handOvers(soon, soon.plus(Duration.ofDays(1))).get(0).at();
    }

    private static String handOverMails(Instant at) {
        return hinomi.query(
                "select count(*) from delivery where idempotency_key like 'hand-over|watch-duty|" + at + "|%'");
    }

    /** Both sides are told half an hour before, once, of what is open; whoever has the duty then answers for it. */
    @Test
    void aHandOverTellsBothSidesWhatIsOpenOnceHoweverManyLook() {
        Instant at = nextHandOver();
        String leaves = DUTY.contacts(at.minusSeconds(1)).contains("watch-a") ? DAY : NIGHT;
        String comes = leaves.equals(DAY) ? NIGHT : DAY;
        NOW.set(at.minus(Duration.ofMinutes(31)));
        Timeline story = new Timeline(hinomi, NOW, "hand-1")
                .at("0 s")
                .arrives(SampleAlert.of("hand-1").target("gate"))
                .tells(leaves)
                .at("59 s");
        atOnce(handOvers());
        story.tellsNobody().at("1 min");
        atOnce(handOvers());
        story.tells(DAY, NIGHT);
        assertThat(handOverMails(at)).isEqualTo("2");
        assertThat(hinomi.mail()
                        .receivedBy(comes)
                        .get(hinomi.mail().receivedBy(comes).size() - 1)
                        .text())
                .contains("引き継ぎます", "鍵は金庫です。", "hand-1")
                .doesNotContain("遅れ");
        story.at("31 min");
        atOnce(handOvers());
        story.tellsNobody().answers(comes, "ack", "accepted").stands("acknowledged 1/1");
    }

    /** Two organisations share a duty: what one of them got for another reason stays with it. */
    @Test
    void aHandOverTellsNothingOfWhatIsTheOtherOrganisationsOwn() {
        Instant soon = NOW.get().plus(Duration.ofHours(2));
        Instant at = DUTY.handOvers(soon, soon.plus(Duration.ofDays(2))).stream()
                .filter(each -> each.leaving().contains("watch-b"))
                .findFirst()
                .orElseThrow()
                .at();
        NOW.set(at.minus(Duration.ofMinutes(31)));
        hinomi.publish(
                SampleAlert.of("locker-1").target("locker"),
                SampleAlert.of("shared-1").target("gate"));
        hinomi.awaitAlert("locker-1", 1);
        hinomi.awaitAlert("shared-1", 1);
        NOW.set(at.minus(Duration.ofMinutes(30)));
        handOvers().run();
        String message = "select message::text from delivery where idempotency_key like 'hand-over|watch-duty|" + at;
        assertThat(hinomi.query(message + "|watch-b|%'")).contains("locker-1", "shared-1");
        assertThat(hinomi.query(message + "|watch-a|%'")).contains("shared-1").doesNotContain("locker-1");
    }

    /** After a stop: late within the hour, and then not at all. */
    @Test
    void aHandOverThatWasMissedIsToldLateOrNotAtAll() {
        Instant missed = nextHandOver();
        NOW.set(missed.plus(Duration.ofMinutes(60)));
        handOvers().run();
        assertThat(handOverMails(missed)).isEqualTo("0");
        Instant late = nextHandOver();
        NOW.set(late.plus(Duration.ofMinutes(59)));
        atOnce(handOvers());
        assertThat(handOverMails(late)).isEqualTo("2");
        assertThat(hinomi.query("select count(*) from delivery where kind = 'hand-over' and message ->> 'text' like"
                        + " '%遅れています%' and idempotency_key like '%" + late + "%'"))
                .isEqualTo("2");
        hinomi.restart();
        handOvers().run();
        assertThat(handOverMails(late)).isEqualTo("2");
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
