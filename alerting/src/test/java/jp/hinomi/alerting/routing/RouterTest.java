package jp.hinomi.alerting.routing;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Duty;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Role;
import jp.hinomi.city.Selector;
import jp.hinomi.city.schedule.HolidayCalendar;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.WeeklyHours;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final SelectorFinder NOTHING = event -> List.of();

    private static SampleCity city() {
        return new SampleCity()
                .stakeholder(
                        "vendor",
                        Role.CITY_OS_VENDOR,
                        "ja",
                        Tlp.AMBER,
                        contact("vendor-noc", mail("noc@vendor.example.jp")),
                        contact("vendor-boss", mail("boss@vendor.example.jp")))
                .stakeholder(
                        "maker",
                        Role.IOT_VENDOR,
                        "en",
                        Tlp.GREEN,
                        contact("maker-psirt", mail("psirt@maker.example.jp")))
                .resource("api")
                .resource("sensors")
                .resource("orphan");
    }

    private static List<String> told(RoutingDecision decision) {
        return decision.recipients().stream().map(one -> one.contact().id()).toList();
    }

    private static List<Gap.Kind> gaps(RoutingDecision decision) {
        return decision.gaps().stream().map(Gap::kind).toList();
    }

    private static RoutingDecision route(City city, SampleAlert alert) {
        return new Router(city, NOTHING).decide(alert.build());
    }

    @Test
    void withoutAnEscalationTheContactPointOfTheStakeholderIsTold() {
        City city = city().responsible("api", "vendor").build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api"));
        assertThat(told(decision)).containsExactly("vendor-noc");
        assertThat(decision.gaps()).isEmpty();
        assertThat(decision.escalations()).isEmpty();
    }

    /** What the map's page and {@code city route} show is what will be sent, not what the stakeholder may see at all. */
    @Test
    void theDecisionSaysWhatTheChannelsWillCarry() {
        Contact desk = new Contact(
                "low-desk",
                Contact.Kind.DESK,
                SampleCity.TOKYO,
                "24x7",
                List.of(mail("desk@low.example.jp")),
                Optional.of(Tlp.GREEN));
        Contact mixed = contact(
                "mixed-desk",
                new Channel.Email("a@mixed.example.jp", Optional.of(Tlp.GREEN)),
                mail("b@mixed.example.jp"));
        City city = city().stakeholder("low", Role.SERVICE_PROVIDER, "ja", Tlp.RED, desk)
                .stakeholder("mixed", Role.SERVICE_PROVIDER, "ja", Tlp.RED, mixed)
                .responsible("api", "low")
                .responsible("api", "mixed")
                .build();
        List<Recipient> told =
                route(city, SampleAlert.of("a").target("api").tlp(Tlp.AMBER)).recipients();
        assertThat(told.stream()
                        .collect(java.util.stream.Collectors.toMap(
                                one -> one.contact().id(), Recipient::disclosure)))
                .isEqualTo(Map.of("low-desk", Disclosure.NOTICE_ONLY, "mixed-desk", Disclosure.FULL));
        Recipient two = told.stream()
                .filter(one -> one.contact().id().equals("mixed-desk"))
                .findFirst()
                .orElseThrow();
        assertThat(two.ways(Tlp.AMBER))
                .extracting(Recipient.Way::disclosure)
                .containsExactly(Disclosure.NOTICE_ONLY, Disclosure.FULL);
    }

    @Test
    void whoOnlySawItIsNotToldAndThatIsSaid() {
        City city = city().responsible("api", "vendor")
                .responsible("sensors", "maker")
                .build();
        RoutingDecision decision = route(
                city,
                SampleAlert.of("a")
                        .target("api")
                        .touches("sensors", Alert.Part.OBSERVER)
                        .touches("orphan", Alert.Part.OBSERVER));
        assertThat(told(decision)).containsExactly("vendor-noc");
        assertThat(decision.gaps()).isEmpty();
        assertThat(decision.findings())
                .filteredOn(finding -> finding.resource().equals("sensors"))
                .flatExtracting(Finding::considered)
                .extracting(Considered::verdict)
                .containsExactly(Verdict.ONLY_OBSERVED);
    }

    @Test
    void whoSawItIsToldWhenNobodyElseIsTouched() {
        City city = city().responsible("sensors", "maker").build();
        assertThat(told(route(city, SampleAlert.of("a").touches("sensors", Alert.Part.OBSERVER))))
                .containsExactly("maker-psirt");
    }

    @Test
    void withAnEscalationOnlyItsFirstStepIsTold() {
        City city = city().escalation("standard", Duration.ofMinutes(15), "vendor-noc", "promoter-csirt")
                .responsible("api", "vendor", Duty.OPERATOR, null, "standard", null, null)
                .build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api"));
        assertThat(told(decision)).containsExactly("vendor-noc");
        assertThat(decision.escalations()).containsExactly("standard");
    }

    @Test
    void systemAndDataBoundaryAreSeparateDutiesAndBothCount() {
        City city = city().responsible("api", "vendor", Duty.OPERATOR, null, null, null, null)
                .responsible("api", "maker", Duty.DATA_CONTROLLER, null, null, null, null)
                .build();
        assertThat(told(route(city, SampleAlert.of("a").target("api")))).containsExactly("vendor-noc", "maker-psirt");
    }

    @Test
    void aContactWithTwoReasonsIsToldOnceWithBoth() {
        City city = city().responsible("api", "maker")
                .responsible("sensors", "maker")
                .build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api").touches("sensors", Alert.Part.ORIGIN));
        assertThat(told(decision)).containsExactly("maker-psirt");
        Recipient only = decision.recipients().get(0);
        assertThat(only.resources()).containsExactly("api", "sensors");
        assertThat(only.reasons()).hasSize(2);
        assertThat(only.reasons().get(0).en())
                .contains("operator of api resource (api)")
                .contains("契約 第1条");
        assertThat(only.reasons().get(1).ja()).contains("運用者").contains("発信元");
    }

    /** The alert is of 2026-07-01 10:02 in Tokyo, which is still the first of July in UTC. */
    @ParameterizedTest
    @CsvSource({
        "2026-07-01, 2026-07-01, HIGH,   APPLIES",
        ",           ,           ,       APPLIES",
        "2026-07-02, ,           ,       NOT_YET_VALID",
        ",           2026-06-30, ,       EXPIRED",
        ",           ,           CRITICAL, BELOW_SEVERITY",
        "2026-07-02, ,           CRITICAL, NOT_YET_VALID",
    })
    void validityAndSeverityDecide(String from, String to, Severity min, Verdict expected) {
        City city = city().responsible("api", "vendor", Duty.OWNER, min, null, from, to)
                .build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api"));
        Considered considered = decision.findings().get(0).considered().get(0);
        assertThat(considered.verdict()).isEqualTo(expected);
        assertThat(told(decision).contains("vendor-noc")).isEqualTo(expected == Verdict.APPLIES);
        assertThat(considered.text().ja()).contains("vendor社");
    }

    @Test
    void theDayIsTheCitysDay() {
        City city = city().responsible("api", "vendor", Duty.OWNER, null, null, "2026-07-02", null)
                .build();
        RoutingDecision decision =
                route(city, SampleAlert.of("a").target("api").at(Instant.parse("2026-07-01T15:00:00Z")));
        assertThat(decision.day()).hasToString("2026-07-02");
        assertThat(told(decision)).contains("vendor-noc");
    }

    @Test
    void anAlertThatTouchesNothingGoesToThePromoterAndIsAGap() {
        RoutingDecision decision = route(city().build(), SampleAlert.of("a"));
        assertThat(told(decision)).containsExactly("promoter-csirt");
        assertThat(gaps(decision)).containsExactly(Gap.Kind.NO_RESOURCE);
        assertThat(decision.recipients().get(0).reasons().get(0).en()).contains("promoter");
    }

    @Test
    void aResourceWithNobodyIsAGapEvenIfAnotherHasSomebody() {
        City city = city().responsible("api", "vendor").build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api").target("orphan"));
        assertThat(told(decision)).containsExactly("vendor-noc", "promoter-csirt");
        assertThat(gaps(decision)).containsExactly(Gap.Kind.NO_RESPONSIBILITY);
        assertThat(decision.gaps().get(0).resource()).contains("orphan");
    }

    @Test
    void aResourceThatTheCityDoesNotKnowIsAGap() {
        assertThat(gaps(route(city().build(), SampleAlert.of("a").target("gone"))))
                .containsExactly(Gap.Kind.UNKNOWN_RESOURCE);
    }

    @Test
    void expiredResponsibilityIsAGap() {
        City city = city().responsible("api", "vendor", Duty.OWNER, null, null, null, "2026-06-30")
                .build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api"));
        assertThat(told(decision)).containsExactly("promoter-csirt");
        assertThat(gaps(decision)).containsExactly(Gap.Kind.NONE_VALID);
    }

    @Test
    void tooMildForEverybodyIsAGapOnlyWhenNobodyIsTold() {
        SampleCity sample = city().responsible("api", "vendor", Duty.OWNER, Severity.CRITICAL, null, null, null);
        RoutingDecision alone = route(sample.build(), SampleAlert.of("a").target("api"));
        assertThat(gaps(alone)).containsExactly(Gap.Kind.NONE_AT_SEVERITY);
        assertThat(told(alone)).containsExactly("promoter-csirt");

        RoutingDecision together = route(
                sample.responsible("sensors", "maker").build(),
                SampleAlert.of("a").target("api").target("sensors"));
        assertThat(together.gaps()).isEmpty();
        assertThat(told(together)).containsExactly("maker-psirt");
    }

    @Test
    void somebodyWithoutAChannelIsAGap() {
        City city = city().stakeholder("mute", Role.DATA_PROVIDER, "ja", Tlp.AMBER, contact("mute-desk"))
                .responsible("api", "mute")
                .build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api"));
        assertThat(told(decision)).containsExactly("promoter-csirt");
        assertThat(gaps(decision)).containsExactly(Gap.Kind.NO_CHANNEL);
    }

    @ParameterizedTest
    @CsvSource({"CLEAR,FULL", "GREEN,FULL", "AMBER,NOTICE_ONLY", "AMBER_STRICT,NOTICE_ONLY", "RED,NOTICE_ONLY"})
    void nobodySeesMoreThanItsTlpAllows(Tlp label, Disclosure expected) {
        City city = city().responsible("api", "maker").build();
        RoutingDecision decision = route(city, SampleAlert.of("a").target("api").tlp(label));
        assertThat(decision.recipients().get(0).disclosure()).isEqualTo(expected);
    }

    @Test
    void theSelectorThatWonIsNamedWithTheEvidenceItMatched() {
        City city = city().resource("bastion", new Selector(Selector.Kind.HOST, "bastion-01"))
                .responsible("bastion", "vendor")
                .build();
        SampleAlert alert = SampleAlert.of("a").target("bastion");
        RoutingDecision decision = new Router(city, new ResourceResolver(city)::resolve).decide(alert.build());
        Finding.Recognised by = decision.findings().get(0).by().orElseThrow();
        assertThat(by.selector()).hasToString("host: bastion-01");
        assertThat(by.eventId()).isEqualTo("logs.city-os-0-100");
        assertThat(decision.recipients().get(0).reasons().get(0).en()).contains("recognised by host: bastion-01");
        assertThat(decision.recipients().get(0).reasons().get(0).ja()).contains("判定：ホスト bastion-01");
    }

    @Test
    void whatAnExperimentalRuleSaysIsForTheAuthorsOfRulesOnly() {
        City city = city().responsible("api", "vendor").build();
        City authored = city().responsible("api", "vendor").ruleAuthors("maker").build();
        SampleAlert alert = SampleAlert.of("a").target("api").status("experimental");
        RoutingDecision named = route(authored, alert);
        assertThat(told(named)).containsExactly("maker-psirt");
        assertThat(named.gaps()).isEmpty();
        assertThat(named.escalations()).isEmpty();
        assertThat(named.recipients().get(0).reasons().get(0).en()).contains("status: experimental");
        assertThat(named.findings().get(0).considered().get(0).verdict()).isEqualTo(Verdict.FOR_AUTHORS);

        RoutingDecision nobody = route(city, alert);
        assertThat(told(nobody)).containsExactly("promoter-csirt");
        assertThat(gaps(nobody)).containsExactly(Gap.Kind.NO_RULE_AUTHORS);

        for (String status : List.of("test", "stable", "deprecated", "")) {
            assertThat(told(route(authored, alert.status(status)))).as(status).containsExactly("vendor-noc");
        }
    }

    @Test
    void ofAnExceptionThatEndsItsOwnerHearsToo() {
        SampleAlert alert = SampleAlert.of("a")
                .rule("exception_expired", "例外の期限が切れました", "Exception has expired")
                .group("owner", "vendor");
        assertThat(told(route(city().ruleAuthors("maker").build(), alert)))
                .containsExactly("maker-psirt", "vendor-noc");
        assertThat(told(route(city().build(), alert))).containsExactly("vendor-noc", "promoter-csirt");
    }

    /** Hall is told by day, the vendor by night; on weekends nobody. */
    private static Schedule duty() {
        return new Schedule(
                "duty",
                Map.of("ja", "当番", "en", "Duty"),
                ZoneId.of("Asia/Tokyo"),
                List.of(
                        turn("days", "vendor-noc", "Mon-Fri 09:00-17:00"),
                        turn("nights", "vendor-boss", "Mon-Fri 17:00-09:00")),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                Map.of());
    }

    private static Rotation turn(String name, String contact, String hours) {
        return new Rotation(
                name,
                List.of(List.of(contact)),
                Optional.empty(),
                LocalTime.MIDNIGHT,
                Optional.empty(),
                Optional.empty(),
                WeeklyHours.parse(hours),
                OnHolidays.WORK);
    }

    private static Responsibility entry(String stakeholder, Duty duty, String told, String under) {
        return new Responsibility(
                "api",
                stakeholder,
                duty,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(told),
                Optional.ofNullable(under),
                Map.of("en", "hardware"));
    }

    @Test
    void whoIsOnDutyWhenTheyAreToldIsToldAndHearsWhy() {
        City city = city().schedule(duty())
                .responsible(entry("vendor", Duty.OPERATOR, "duty", null))
                .build();
        Alert alert = SampleAlert.of("a").target("api").build();
        Router router = new Router(city, NOTHING);
        // 2026-07-01 is a Wednesday: ten in the morning, ten at night, and the Saturday after.
        RoutingDecision day = router.decide(alert, Instant.parse("2026-07-01T01:00:00Z"));
        assertThat(told(day)).containsExactly("vendor-noc");
        assertThat(day.recipients().get(0).reasons())
                .last()
                .extracting(Bilingual::en)
                .isEqualTo("You are on duty by the schedule 'Duty' (days).");
        assertThat(told(router.decide(alert, Instant.parse("2026-07-01T13:00:00Z"))))
                .containsExactly("vendor-boss");
        RoutingDecision weekend = router.decide(alert, Instant.parse("2026-07-04T13:00:00Z"));
        assertThat(gaps(weekend)).containsExactly(Gap.Kind.NOBODY_ON_DUTY);
        assertThat(told(weekend)).containsExactly("promoter-csirt");
    }

    @Test
    void insideOneResourceWhoStandsNearestIsToldFirstAndWhoStandsAboveInTheirPlace() {
        SampleCity sample = city().schedule(duty())
                .stakeholder("cloud", Role.SERVICE_PROVIDER, "ja", Tlp.AMBER, contact("cloud-mute"));
        City reached = sample.responsible(entry("vendor", Duty.OPERATOR, null, null))
                .responsible(entry("maker", Duty.OPERATOR, null, "vendor"))
                .build();
        RoutingDecision both = route(reached, SampleAlert.of("a").target("api"));
        assertThat(told(both)).containsExactly("maker-psirt", "vendor-noc");
        assertThat(both.recipients().get(0).reasons().get(0).en())
                .contains("operator of api resource (api) (hardware) under vendor Ltd");
        City mute = city().stakeholder("cloud", Role.SERVICE_PROVIDER, "ja", Tlp.AMBER, contact("cloud-mute"))
                .responsible(entry("cloud", Duty.OPERATOR, null, "vendor"))
                .responsible("api", "vendor", Duty.OWNER, Severity.CRITICAL, null, null, null)
                .build();
        RoutingDecision instead = route(mute, SampleAlert.of("a").target("api").severity(Severity.LOW));
        assertThat(told(instead)).containsExactly("vendor-noc", "promoter-csirt");
        Recipient above = instead.recipients().get(0);
        assertThat(above.reasons().get(0).en()).contains("in place of cloud Ltd");
        // Over a channel without evidence it does not learn who.
        Recipient less = above.over(Tlp.RED, mail("noc@vendor.example.jp"));
        assertThat(less.shownReasons().get(0).en()).contains("in place of").doesNotContain("cloud");
        assertThat(less.shownReasons().get(0).ja()).contains("代わりに通知").doesNotContain("cloud");
        assertThat(gaps(instead)).containsExactly(Gap.Kind.NO_CHANNEL);
    }
}
