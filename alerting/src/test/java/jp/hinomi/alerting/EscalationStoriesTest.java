package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.SampleCity.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.intake.EscalationCheck;
import jp.hinomi.city.AckMode;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Escalation;
import jp.hinomi.city.Role;
import jp.hinomi.city.schedule.HolidayCalendar;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Shift;
import jp.hinomi.city.schedule.WeeklyHours;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is told when, whose answers count, and what each answer leads to: from the topic to the inbox. */
class EscalationStoriesTest {
    /** A Wednesday, 09:00 in Tokyo. */
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));

    private static final InstantSource CLOCK = NOW::get;
    private static final String NOC = "noc@vendor.example.jp";
    private static final String BOSS = "boss@vendor.example.jp";
    private static final String MAKER = "desk@maker.example.jp";
    private static final String OFFICE = "office@maker.example.jp";
    private static final String DATA = "desk@data.example.jp";
    private static final String CSIRT = "csirt@city.example.jp";
    private static final List<String> HOOKED = new CopyOnWriteArrayList<>();
    private static HttpServer hook;
    private static TestAlerting hinomi;

    private static Escalation.Step step(AckMode mode, String within, String... targets) {
        return new Escalation.Step(
                List.of(targets), mode, Optional.ofNullable(within).map(Duration::parse));
    }

    private static SampleCity map(String boss) {
        String soc = "http://127.0.0.1:" + hook.getAddress().getPort() + "/soc";
        SampleCity city = new SampleCity()
                .stakeholder(
                        "promoter",
                        Role.PROMOTER,
                        "ja",
                        Tlp.RED,
                        contact("promoter-csirt", mail(CSIRT)),
                        contact("promoter-soc", webhook(soc, null)))
                .stakeholder(
                        "vendor",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("vendor-noc", mail(NOC)),
                        contact("vendor-boss", mail(boss)),
                        contact("vendor-bot", webhook("http://127.0.0.1:9/", "env:HINOMI_NO_SUCH_SECRET")))
                .stakeholder(
                        "maker",
                        Role.IOT_VENDOR,
                        "en",
                        Tlp.AMBER,
                        contact("maker-desk", mail(MAKER)),
                        contact("maker-office", "Mon-Fri 09:00-17:00", mail(OFFICE)))
                .stakeholder("data", Role.DATA_PROVIDER, "ja", Tlp.AMBER, contact("data-desk", mail(DATA)));
        policy(
                city,
                new Escalation(
                        "any",
                        List.of(
                                step(AckMode.ANY, "PT15M", "vendor-noc", "maker-desk"),
                                step(AckMode.ANY, null, "vendor-boss"))));
        policy(
                city,
                new Escalation(
                        "each",
                        List.of(
                                step(AckMode.EACH, "PT15M", "vendor-noc", "maker-desk"),
                                step(AckMode.EACH, null, "vendor-boss"))));
        policy(
                city,
                new Escalation(
                        "organisations",
                        List.of(
                                step(AckMode.PER_ORGANISATION, "PT15M", "vendor-noc", "vendor-boss", "maker-desk"),
                                step(AckMode.PER_ORGANISATION, null, "promoter-csirt"))));
        policy(
                city,
                new Escalation(
                        "again",
                        List.of(step(AckMode.ANY, "PT15M", "vendor-noc"), step(AckMode.ANY, null, "vendor-boss")),
                        Optional.of(Duration.ofHours(1)),
                        1));
        policy(
                city,
                new Escalation(
                        "round",
                        List.of(step(AckMode.ANY, "PT10M", "vendor-noc"), step(AckMode.ANY, "PT10M", "vendor-boss")),
                        Optional.empty(),
                        1));
        policy(
                city,
                new Escalation(
                        "ladder",
                        List.of(
                                step(AckMode.ANY, "PT15M", "vendor-noc"),
                                step(AckMode.ANY, "PT15M", "vendor-boss"),
                                step(AckMode.ANY, null, "promoter-csirt"))));
        policy(
                city,
                new Escalation(
                        "away",
                        List.of(
                                step(AckMode.ANY, "PT15M", "vendor-noc"),
                                step(AckMode.ANY, "PT15M", "vendor-boss"),
                                step(AckMode.ANY, null, "promoter-csirt"))));
        policy(
                city,
                new Escalation(
                        "bot",
                        List.of(
                                step(AckMode.EACH, "PT15M", "vendor-bot", "vendor-noc"),
                                step(AckMode.ANY, null, "vendor-boss"))));
        policy(
                city,
                new Escalation(
                        "night",
                        List.of(step(AckMode.ANY, "PT15M", "maker-office"), step(AckMode.ANY, "PT15M", "vendor-noc"))));
        policy(city, new Escalation("asleep", List.of(step(AckMode.ANY, "PT15M", "maker-office"))));
        policy(
                city,
                new Escalation(
                        "duty",
                        List.of(step(AckMode.ANY, "PT30M", "vendor-noc"), step(AckMode.ANY, "PT30M", "vendor-duty"))));
        city.schedule(new Schedule(
                "vendor-duty",
                java.util.Map.of("en", "Duty"),
                SampleCity.TOKYO,
                List.of(new Rotation(
                        "turns",
                        List.of(List.of("vendor-boss"), List.of("data-desk")),
                        Optional.of(Shift.parse("12h")),
                        java.time.LocalTime.of(9, 0),
                        Optional.of(java.time.LocalDate.of(2026, 7, 1)),
                        Optional.empty(),
                        WeeklyHours.ALWAYS,
                        OnHolidays.WORK)),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                java.util.Map.of()));
        city.schedule(new Schedule(
                "maker-duty",
                java.util.Map.of("en", "Duty"),
                SampleCity.TOKYO,
                List.of(new Rotation(
                        "turns",
                        List.of(List.of("maker-office")),
                        Optional.of(Shift.parse("12h")),
                        java.time.LocalTime.of(9, 0),
                        Optional.of(java.time.LocalDate.of(2026, 7, 1)),
                        Optional.empty(),
                        WeeklyHours.ALWAYS,
                        OnHolidays.WORK)),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                java.util.Map.of()));
        city.escalation(new Escalation("vigil", List.of(step(AckMode.ANY, "PT15M", "maker-duty"))))
                .resource("on-vigil")
                .responsible("on-vigil", "maker", Duty.OPERATOR, null, "vigil", null, null);
        city.resource("on-shared")
                .escalation(new Escalation("watched", List.of(step(AckMode.ANY, null, "promoter-csirt"))))
                .responsible("on-shared", "vendor", Duty.OPERATOR, null, "each", null, null)
                .responsible("on-shared", "promoter", Duty.OWNER, null, "watched", null, null);
        city.resource("on-informed")
                .responsible("on-informed", "vendor", Duty.OPERATOR, null, "each", null, null)
                .responsible("on-informed", "data", Duty.DATA_CONTROLLER, null, null, null, null)
                .responsible("on-informed", "promoter", Duty.INFORMED, null, null, null, null);
        return city.responsible("on-ladder", "data", Duty.DATA_CONTROLLER, Severity.CRITICAL, null, null, null)
                .resource("on-none")
                .responsible("on-none", "data");
    }

    /** A resource {@code on-ID} that the vendor operates under that escalation. */
    private static void policy(SampleCity city, Escalation escalation) {
        city.escalation(escalation)
                .resource("on-" + escalation.id())
                .responsible("on-" + escalation.id(), "vendor", Duty.OPERATOR, null, escalation.id(), null, null);
    }

    @BeforeAll
    static void start() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/soc", exchange -> {
            HOOKED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        hinomi = TestAlerting.start(map(BOSS).build(), builder -> builder.clock(CLOCK));
    }

    @AfterAll
    static void stop() {
        hinomi.close();
        hook.stop(0);
    }

    private static Timeline story(String alert, String policy) {
        return new Timeline(hinomi, NOW, alert)
                .at("0 s")
                .arrives(SampleAlert.of(alert).target("on-" + policy));
    }

    @Test
    void anyAnswerOfTheStepIsEnough() {
        story("any-1", "any")
                .tells(NOC, MAKER)
                .at("14 min 59 s")
                .tellsNobody()
                .answers(MAKER, "ack", "accepted")
                .alertIs("acknowledged")
                .at("3 h")
                .tellsNobody()
                .stands("acknowledged 1/1");
    }

    private static final String MAKER_SILENT = "{\"contact\": [\"maker-desk\"], \"rule\": [\"quiet\"]}";

    /** A notice to the maker is held for two hours. */
    private static Timeline heldStory(String alert, String policy) {
        return new Timeline(hinomi, NOW, alert)
                .at("0 s")
                .silences(MAKER_SILENT, Duration.ofHours(2))
                .arrives(SampleAlert.of(alert).target("on-" + policy).rule("quiet", "静", "Quiet"));
    }

    /** Before this was mended: anybody's acknowledgement ended every escalation of the alert. */
    @Test
    void whoWasNotAskedTakesNoteAndTheOthersAreStillAsked() {
        new Timeline(hinomi, NOW, "bystander-1")
                .at("0 s")
                .arrives(SampleAlert.of("bystander-1").target("on-ladder").severity(Severity.CRITICAL))
                .tells(NOC, DATA)
                .at("5 min")
                .answers(DATA, "ack", "noted")
                .answers(DATA, "ack", "repeated")
                .alertIs("open")
                .stands("running 1/1")
                .at("15 min")
                .tells(BOSS)
                // An analyst sees it as well; the city was not asked yet.
                .analystAnswers("", "ack", "noted")
                .stands("running 1/2")
                .at("20 min")
                .analystAnswers("", "take-over", "accepted")
                .alertIs("acknowledged")
                .stands("acknowledged 1/2")
                .at("2 h")
                .tellsNobody();
        assertThat(hinomi.query("select string_agg(actor || ' ' || kind || ' ' || noted, ', ' order by id)"
                        + " from acknowledgement where alert_id = 'bystander-1'"))
                .isEqualTo("data-desk ack true, api-token ack true, api-token take-over false");
    }

    /** A colleague of those who were asked may answer for them, unless each has to. */
    @Test
    void aColleagueAnswersForItsOrganisation() {
        story("colleague-1", "any")
                .tells(NOC, MAKER)
                .analystAnswers("vendor-boss", "ack", "accepted")
                .stands("acknowledged 1/1");
        story("colleague-2", "each")
                .tells(NOC, MAKER)
                .analystAnswers("vendor-boss", "ack", "noted")
                .stands("running 1/1");
    }

    /** Before this was mended: the step went on at the first of the times, though who had it had answered. */
    @Test
    void whoIsHeldBackHasItsOwnTimeWhereEachMustAnswer() {
        heldStory("each-held-1", "each")
                .tells(NOC)
                .at("5 min")
                .answers(NOC, "ack", "accepted")
                .alertIs("acknowledged")
                .at("15 min")
                .tellsNobody()
                .stands("running 1/1")
                // Answered by another, and yet told: its own answer is needed.
                .at("2 h")
                .tells(MAKER)
                .at("2 h 14 min")
                .tellsNobody()
                .at("2 h 15 min")
                .tells(BOSS);
        // Who misses its time leads on, whatever others have.
        heldStory("each-held-2", "each").tells(NOC).at("15 min").tells(BOSS).stands("running 1/2");
    }

    /** Where one is enough, whoever is told now has no longer because another is held back. */
    @Test
    void aStepThatOneAnswersIsOverAtItsFirstTime() {
        heldStory("any-held-1", "any")
                .tells(NOC)
                .at("14 min")
                .tellsNobody()
                .at("15 min")
                .tells(BOSS);
    }

    /** Before this was mended: "already", and the organisation that said no was never heard. */
    @Test
    void whoIsStillWaitedForMaySayNotOursThoughAnotherHasTakenIt() {
        story("still-1", "each")
                .tells(NOC, MAKER)
                .answers(NOC, "ack", "accepted")
                .alertIs("acknowledged")
                .answers(MAKER, "not-ours", "passed-on")
                .tells(CSIRT)
                .alertIs("open")
                .answers(CSIRT, "ack", "accepted")
                .stands("acknowledged 1/1")
                .alertIs("acknowledged");
    }

    /** Before this was mended: with one gone and nobody in its place, the other's answer passed for both. */
    @Test
    void whatSomebodySaidIsNotTheirsAndNobodyElseHasStaysOpen() {
        // The promoter is asked by an escalation of its own, so the map has nobody else.
        story("orphan-1", "shared")
                .tells(NOC, MAKER, CSIRT)
                .at("5 min")
                .answers(MAKER, "not-ours", "passed-on")
                .tells(BOSS)
                .stands("running 1/2, running 1/1")
                .at("6 min")
                .answers(NOC, "ack", "accepted")
                .stands("running 1/2, running 1/1")
                .alertIs("open")
                .at("7 min")
                .answers(BOSS, "ack", "accepted")
                .stands("acknowledged 1/2, running 1/1")
                .alertIs("acknowledged");
    }

    /** Before this was mended: who knew of the alert was passed over, and nobody was asked. */
    @Test
    void whoWasToldAndNeverAskedIsAskedWhenAnotherSaysNo() {
        story("informed-1", "informed")
                .tells(NOC, MAKER, DATA, CSIRT)
                .at("5 min")
                .answers(MAKER, "not-ours", "passed-on")
                .tells(DATA)
                .stands("running 1/1")
                .at("6 min")
                .answers(DATA, "not-ours", "passed-on")
                .tells(CSIRT)
                .stands("running 1/1")
                .at("7 min")
                .answers(NOC, "ack", "accepted")
                .answers(CSIRT, "ack", "accepted")
                .stands("acknowledged 1/1")
                .alertIs("acknowledged");
    }

    @Test
    void eachMustAnswerAndALateAnswerCounts() {
        story("each-1", "each")
                .tells(NOC, MAKER)
                .at("5 min")
                .answers(NOC, "ack", "accepted")
                .stands("running 1/1")
                .alertIs("acknowledged")
                .opens(MAKER, "ask")
                .at("15 min")
                .tells(BOSS)
                .stands("running 1/2")
                .at("20 min")
                .answers(MAKER, "ack", "accepted")
                .stands("acknowledged 1/2")
                .at("5 h")
                .tellsNobody();
    }

    @Test
    void oneOfEachOrganisationMustAnswer() {
        story("organisations-1", "organisations")
                .tells(NOC, BOSS, MAKER)
                .at("5 min")
                .answers(BOSS, "ack", "accepted")
                .stands("running 1/1")
                .at("6 min")
                .answers(MAKER, "ack", "accepted")
                .stands("acknowledged 1/1")
                .at("5 h")
                .tellsNobody();
        story("organisations-2", "organisations")
                .tells(NOC, BOSS, MAKER)
                .at("5 min")
                .answers(BOSS, "ack", "accepted")
                .answers(NOC, "ack", "accepted")
                .at("15 min")
                .tells(CSIRT)
                .at("16 min")
                .analystAnswers("maker-desk", "ack", "accepted")
                .stands("acknowledged 1/2");
    }

    @Test
    void anAcknowledgedAlertThatIsLeftAloneComesBackAsOftenAsItMay() {
        story("again-1", "again")
                .tells(NOC)
                .at("10 min")
                .answers(NOC, "ack", "accepted")
                .at("1 h")
                .answers(NOC, "ack", "accepted")
                .at("1 h 30 min")
                .tellsNobody()
                .alertIs("acknowledged")
                .at("2 h")
                .tells(NOC)
                .alertIs("open")
                .stands("running 2/1")
                .at("2 h 15 min")
                .tells(BOSS)
                .at("2 h 16 min")
                .answers(BOSS, "ack", "accepted")
                .stands("acknowledged 2/2")
                .at("2 d")
                .tellsNobody();
    }

    @Test
    void theStepsBeginAnewAndThenTheOperatorIsAlarmedOnce() {
        story("round-1", "round")
                .tells(NOC)
                .at("10 min")
                .tells(BOSS)
                .at("20 min")
                .tells(NOC)
                .stands("running 2/1")
                .at("30 min")
                .tells(BOSS)
                .at("40 min")
                .tells(CSIRT)
                .stands("exhausted 2/2")
                .at("2 d")
                .tellsNobody()
                .opens(NOC, "ask")
                .answers(NOC, "ack", "accepted")
                .stands("acknowledged 2/2");
        assertThat(hinomi.mail().receivedBy(CSIRT))
                .filteredOn(mail -> mail.text().contains("round-1"))
                .extracting(mail -> mail.subject())
                .containsExactly("[火の見 運用警告] 応答がない");
    }

    @Test
    void notOursGoesToTheNextWhoIsResponsibleAndNotToTheSameOrganisation() {
        story("not-ours-1", "ladder")
                .tells(NOC)
                .at("5 min")
                .answers(NOC, "not-ours", "passed-on")
                .tells(DATA)
                .alertIs("open")
                .answers(NOC, "not-ours", "repeated")
                .at("19 min 59 s")
                .tellsNobody()
                // The vendor's boss would come next, but the vendor has said no: the step after that does.
                .at("20 min")
                .tells(CSIRT)
                .stands("running 1/3");
        assertThat(hinomi.query("select string_agg(kind, ' ') from coverage_gap where alert_id = 'not-ours-1'"))
                .isEqualTo("disputed");
    }

    @Test
    void thePromoterIsTheLastAndCannotPassItOn() {
        story("not-ours-2", "ladder")
                .tells(NOC)
                .answers(NOC, "not-ours", "passed-on")
                .tells(DATA)
                .answers(DATA, "not-ours", "passed-on")
                .tells(CSIRT)
                .answers(CSIRT, "not-ours", "nobody-else")
                .answers(CSIRT, "ack", "accepted")
                .alertIs("acknowledged")
                .answers(NOC, "not-ours", "repeated");
        assertThat(hinomi.query("select string_agg(actor || ' ' || kind, ', ' order by id) from acknowledgement"
                        + " where alert_id = 'not-ours-2'"))
                .isEqualTo("vendor-noc not-ours, data-desk not-ours, promoter-csirt not-ours, promoter-csirt ack");
    }

    @Test
    void needHelpTellsTheNextStepAtOnce() {
        story("help-1", "ladder")
                .tells(NOC)
                .at("2 min")
                .answers(NOC, "help", "help-comes")
                .tells(BOSS)
                .alertIs("open")
                .answers(NOC, "help", "repeated")
                .tellsNobody()
                .at("3 min")
                .analystAnswers("", "help", "help-comes")
                .tells(CSIRT)
                .answers(BOSS, "ack", "accepted")
                .stands("acknowledged 1/3")
                // Who has taken it may find that they cannot: help comes even now.
                .at("1 h")
                .answers(BOSS, "help", "help-comes")
                .tells(CSIRT)
                .stands("exhausted 1/3");
    }

    @Test
    void whereNoEscalationIsEnteredThePromoterHelps() {
        story("alone-1", "none")
                .tells(DATA)
                .answers(DATA, "help", "help-comes")
                .tells(CSIRT)
                .stands("running 1/2");
        story("alone-2", "none")
                .tells(DATA)
                .answers(DATA, "not-ours", "passed-on")
                .tells(CSIRT);
    }

    @Test
    void aDeadLetterLeadsToTheNextStepAtOnceAndRaisesOneAlarm() {
        // Each must answer, and the bot never can.
        story("dead-1", "bot").tells(NOC, BOSS).stands("running 1/2");
        assertThat(hinomi.query("select string_agg(contact_id || ' ' || t.state, ', ' order by t.step, contact_id)"
                        + " from escalation_target t join escalation e on e.id = t.escalation_id"
                        + " where e.alert_id = 'dead-1'"))
                .isEqualTo("vendor-bot unreachable, vendor-noc waiting, vendor-boss waiting");
        story("dead-2", "bot").tells(NOC, BOSS);
        assertThat(hinomi.query("select found || ' ' || (select count(*) from delivery where alarm_id = alarm.id)"
                        + " from alarm where kind = 'dead-letter'"))
                .isEqualTo("2 1");
    }

    @Test
    void whoIsOffCallIsPassedOverAndHearsOfItInTheMorning() {
        Instant evening = NOW.get().plus(Duration.ofDays(8)).truncatedTo(java.time.temporal.ChronoUnit.DAYS);
        // A Thursday or so: the first day from there on whose next morning is a working day.
        while (evening.atZone(SampleCity.TOKYO).getDayOfWeek().getValue() != 4) {
            evening = evening.plus(Duration.ofDays(1));
        }
        NOW.set(evening.plus(Duration.ofHours(11))); // 20:00 in Tokyo
        story("night-1", "night")
                .tells(NOC)
                .stands("running 1/2")
                .at("15 min")
                .tells(CSIRT)
                .stands("exhausted 1/2")
                .at("12 h 59 min")
                .tellsNobody()
                .at("13 h")
                .tells(OFFICE);
        NOW.set(evening.plus(Duration.ofDays(4)).plus(Duration.ofHours(11)));
        // Nobody else would hear of it before: better woken than lost.
        story("asleep-1", "asleep").tells(OFFICE).stands("running 1/1");
    }

    /** Who is on duty by a schedule is told at once, though the desk's usual hours begin in the morning. */
    @Test
    void whoIsOnDutyAtNightIsTold() {
        NOW.set(NOW.get()
                .truncatedTo(java.time.temporal.ChronoUnit.DAYS)
                .plus(Duration.ofHours(24 + 17))); // 02:00 in Tokyo
        story("vigil-1", "vigil").tells(OFFICE).stands("running 1/1");
    }

    /** The schedule changes hands at 09:00 and 21:00: who is on duty when the step is told is told. */
    @Test
    void aHandOverInTheMiddleOfAnEscalationIsRespected() {
        Instant today = NOW.get().plus(Duration.ofDays(2)).truncatedTo(java.time.temporal.ChronoUnit.DAYS);
        NOW.set(today.plus(Duration.ofMinutes(11 * 60 + 15))); // 20:15 in Tokyo
        story("duty-1", "duty").tells(NOC).at("30 min").tells(BOSS);
        NOW.set(today.plus(Duration.ofMinutes(11 * 60 + 45)));
        story("duty-2", "duty").tells(NOC).at("30 min").tells(DATA).stands("running 1/2");
        assertThat(hinomi.query(
                        "select via_schedule from escalation_target t join escalation e on e.id = t.escalation_id"
                                + " where e.alert_id = 'duty-2' and t.contact_id = 'data-desk'"))
                .isEqualTo("vendor-duty");
    }

    @Test
    void aRunningEscalationKeepsItsStepsAndTakesTheAddressesOfToday() {
        Timeline story = story("map-1", "ladder").tells(NOC);
        City changed = map("new-boss@vendor.example.jp")
                .escalation(new Escalation("ladder", List.of(step(AckMode.ANY, null, "maker-desk"))))
                .build();
        hinomi.restart(changed);
        try {
            story.at("15 min").tells("new-boss@vendor.example.jp").at("30 min").tells(CSIRT);
        } finally {
            hinomi.restart(map(BOSS).build());
        }
    }

    /** Before this was mended: what waited for the mail server went to whoever had left. */
    @Test
    void nothingGoesToAnAddressThatWasRemovedWhileTheMailServerWasDown() {
        Timeline story = story("removed-1", "ladder").tells(NOC).at("15 min");
        hinomi.mail().stop();
        hinomi.running().timePassed();
        TestAlerting.await(() -> hinomi.query("select count(*) from delivery_attempt a join delivery d"
                        + " on d.id = a.delivery_id where d.address = '" + BOSS + "' and a.result = 'failed'"
                        + " and d.alert_id = 'removed-1'")
                .equals("1"));
        hinomi.restart(map("new-boss@vendor.example.jp").build());
        try {
            hinomi.mail().resume();
            // Nobody can answer what was not sent: the next step need not wait for its time.
            story.at("16 min").tells(CSIRT).stands("running 1/3");
            assertThat(hinomi.query("select state || ' ' || last_error from delivery where alert_id = 'removed-1'"
                            + " and address = '" + BOSS + "'"))
                    .startsWith("dead the contact 'vendor-boss' has no channel email " + BOSS + " any more");
        } finally {
            hinomi.restart(map(BOSS).build());
        }
    }

    private static long hooked(String words) {
        return HOOKED.stream().filter(body -> body.contains(words)).count();
    }

    private static String failing() {
        return hinomi.query("select count(*) from alarm where kind = 'failing' and settled_at is null");
    }

    /** Before this was mended: a mail server that was away for a day raised nothing, and the last step waited as long. */
    @Test
    void aMailServerThatIsAwayIsSaidByAnotherWayAndNoStepWaitsForIt() {
        EscalationCheck check = AlertingService.part(hinomi.running(), EscalationCheck.class);
        check.look();
        hinomi.mail().stop();
        Timeline story = story("away-1", "away");
        try {
            story.tellsNobody().at("14 min").tellsNobody();
            check.look();
            assertThat(failing()).isEqualTo("0");
            // Nobody has answered, for whatever reason.
            story.at("15 min").tellsNobody().stands("running 1/2");
            check.look();
            check.look();
            story.tellsNobody();
            assertThat(failing()).isEqualTo("1");
            TestAlerting.await(() -> hooked("\"kind\":\"failing\"") == 1);
            assertThat(hooked("vendor-noc（email " + NOC + "）に")).isEqualTo(1);
            story.at("30 min").tellsNobody().stands("running 1/3");
            story.at("44 min").tellsNobody();
            check.look();
            // The last step has no time of its own.
            story.tellsNobody().stands("running 1/3").at("45 min");
            check.look();
            story.tellsNobody().stands("exhausted 1/3");
            TestAlerting.await(() -> hooked("「away」を最後まで") == 1);
        } finally {
            hinomi.mail().resume();
        }
        story.at("55 min").tells(NOC, BOSS, CSIRT);
        assertThat(failing()).isEqualTo("0");
        story.answers(CSIRT, "ack", "accepted").stands("acknowledged 1/3");
    }

    @Test
    void oneOfTwoWhoAnswerAtOnceIsFirstAndBothAreKept() throws Exception {
        Timeline story = story("race-1", "any").tells(NOC, MAKER);
        java.util.concurrent.ExecutorService both = java.util.concurrent.Executors.newFixedThreadPool(2);
        List<java.util.concurrent.Future<String>> outcomes = new java.util.ArrayList<>();
        for (String contact : List.of("vendor-noc", "maker-desk")) {
            outcomes.add(both.submit(() -> hinomi.post("/api/v1/alerts/race-1/ack", "{\"contact\":\"" + contact + "\"}")
                    .get("outcome")
                    .asText()));
        }
        assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
                .containsExactlyInAnyOrder("accepted", "already");
        both.shutdown();
        assertThat(hinomi.query("select string_agg(late::text, ' ' order by id) from acknowledgement"
                        + " where alert_id = 'race-1'"))
                .isEqualTo("false true");
        story.at("1 h").tellsNobody();
    }

    @Test
    void answersThatComeTwiceTooLateOrToNothingArePlainlySaid() {
        story("late-1", "any")
                .tells(NOC, MAKER)
                .opens(NOC, "ask")
                .opens(NOC, "ask")
                .alertIs("open")
                .answers(NOC, "ack", "accepted")
                .answers(NOC, "ack", "repeated")
                .opens(MAKER, "already")
                .answers(MAKER, "ack", "already")
                .answers(MAKER, "not-ours", "already")
                .alertIs("acknowledged");
        assertThat(hinomi.query("select string_agg(actor || ' ' || kind || ' ' || late, ', ' order by id)"
                        + " from acknowledgement where alert_id = 'late-1'"))
                .isEqualTo("vendor-noc ack false, maker-desk ack true, maker-desk not-ours false");

        Timeline closed = story("late-2", "any").tells(NOC, MAKER);
        hinomi.execute("update alert set status = 'closed' where id = 'late-2'");
        closed.opens(NOC, "closed")
                .answers(NOC, "ack", "closed")
                .alertIs("closed")
                .at("15 min")
                .tellsNobody()
                .stands("closed 1/1")
                .at("8 d")
                .opens(NOC, "expired")
                .answers(NOC, "ack", "expired");
    }
}
