package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static jp.hinomi.alerting.SampleCity.webhook;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.city.AckMode;
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

/** A city with a resource under every kind of escalation: {@code on-any} is escalated by {@code any}. */
final class EscalatingCity {
    static final String NOC = "noc@vendor.example.jp";
    static final String BOSS = "boss@vendor.example.jp";
    static final String MAKER = "desk@maker.example.jp";
    static final String OFFICE = "office@maker.example.jp";
    static final String DATA = "desk@data.example.jp";
    static final String CSIRT = "csirt@city.example.jp";

    private EscalatingCity() {}

    static Escalation.Step step(AckMode mode, String within, String... targets) {
        return new Escalation.Step(
                List.of(targets), mode, Optional.ofNullable(within).map(Duration::parse));
    }

    /** @param soc where the promoter's webhook leads @param boss the mailbox of the vendor's boss */
    static SampleCity map(String soc, String boss) {
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
        policy(city, new Escalation("ladder", upwards()));
        policy(city, new Escalation("away", upwards()));
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
                Map.of("en", "Duty"),
                SampleCity.TOKYO,
                List.of(new Rotation(
                        "turns",
                        List.of(List.of("vendor-boss"), List.of("data-desk")),
                        Optional.of(Shift.parse("12h")),
                        LocalTime.of(9, 0),
                        Optional.of(LocalDate.of(2026, 7, 1)),
                        Optional.empty(),
                        WeeklyHours.ALWAYS,
                        OnHolidays.WORK)),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                Map.of()));
        city.schedule(new Schedule(
                "maker-duty",
                Map.of("en", "Duty"),
                SampleCity.TOKYO,
                List.of(new Rotation(
                        "turns",
                        List.of(List.of("maker-office")),
                        Optional.of(Shift.parse("12h")),
                        LocalTime.of(9, 0),
                        Optional.of(LocalDate.of(2026, 7, 1)),
                        Optional.empty(),
                        WeeklyHours.ALWAYS,
                        OnHolidays.WORK)),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                Map.of()));
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
    private static List<Escalation.Step> upwards() {
        return List.of(
                step(AckMode.ANY, "PT15M", "vendor-noc"),
                step(AckMode.ANY, "PT15M", "vendor-boss"),
                step(AckMode.ANY, null, "promoter-csirt"));
    }

    private static void policy(SampleCity city, Escalation escalation) {
        city.escalation(escalation)
                .resource("on-" + escalation.id())
                .responsible("on-" + escalation.id(), "vendor", Duty.OPERATOR, null, escalation.id(), null, null);
    }
}
