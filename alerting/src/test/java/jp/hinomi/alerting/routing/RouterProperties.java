package jp.hinomi.alerting.routing;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every map and every alert. */
class RouterProperties {
    private static final List<String> RESOURCES = List.of("r0", "r1", "r2");
    private static final List<String> STAKEHOLDERS = List.of("s0", "s1", "s2", "promoter");

    record Entry(String resource, String stakeholder, Duty duty, Severity min, Integer from, Integer to) {}

    private static City city(List<Entry> entries, List<Tlp> maxima) {
        SampleCity city = new SampleCity();
        for (int i = 0; i < 3; i++) {
            Contact[] contacts = i == 2
                    ? new Contact[] {contact("s2-mute")}
                    : new Contact[] {
                        contact("s" + i + "-a", mail("a@s" + i + ".example.jp")),
                        contact("s" + i + "-b", mail("b@s" + i + ".example.jp"))
                    };
            city.stakeholder("s" + i, Role.SERVICE_PROVIDER, "ja", maxima.get(i), contacts);
        }
        RESOURCES.forEach(city::resource);
        LocalDate day = LocalDate.parse("2026-07-01");
        for (Entry entry : entries) {
            city.responsible(
                    entry.resource(),
                    entry.stakeholder(),
                    entry.duty(),
                    entry.min(),
                    null,
                    entry.from() == null ? null : day.plusDays(entry.from()).toString(),
                    entry.to() == null ? null : day.plusDays(entry.to()).toString());
        }
        return city.build();
    }

    @Property(tries = 500)
    void somebodyIsAlwaysToldOnceWithAReasonAndNeverMoreThanAllowed(
            @ForAll("entries") List<Entry> entries, @ForAll("maxima") List<Tlp> maxima, @ForAll("alerts") Alert alert) {
        City city = city(entries, maxima);
        Router router = new Router(city, event -> List.of());
        RoutingDecision decision = router.decide(alert);

        assertThat(decision.recipients()).isNotEmpty();
        assertThat(decision.recipients()).extracting(one -> one.contact().id()).doesNotHaveDuplicates();
        for (Recipient recipient : decision.recipients()) {
            assertThat(recipient.contact().channels()).isNotEmpty();
            assertThat(recipient.reasons()).isNotEmpty();
            boolean allowed = alert.tlp().compareTo(recipient.stakeholder().maxTlp()) <= 0;
            assertThat(recipient.disclosure() == Disclosure.FULL).isEqualTo(allowed);
        }
        assertThat(router.decide(alert)).isEqualTo(decision);
        List<Entry> otherOrder = new ArrayList<>(entries);
        Collections.reverse(otherOrder);
        City shuffled = city(otherOrder, maxima);
        assertThat(new Router(shuffled, event -> List.of()).decide(alert)).isEqualTo(decision);
    }

    /** The definition, written down a second time as a plain search. */
    @Property(tries = 500)
    void exactlyThoseAreToldWhoAreResponsibleThatDayAtThatSeverity(
            @ForAll("entries") List<Entry> entries, @ForAll("maxima") List<Tlp> maxima, @ForAll("alerts") Alert alert) {
        City city = city(entries, maxima);
        RoutingDecision decision = new Router(city, event -> List.of()).decide(alert);

        boolean onlySeen = alert.resources().stream().allMatch(touched -> touched.part() == Alert.Part.OBSERVER);
        List<Entry> hits = entries.stream()
                .filter(entry -> alert.resources().stream()
                        .filter(touched -> onlySeen || touched.part() != Alert.Part.OBSERVER)
                        .anyMatch(touched -> touched.id().equals(entry.resource())))
                .filter(entry -> entry.from() == null || entry.from() <= 0)
                .filter(entry -> entry.to() == null || entry.to() >= 0)
                .filter(entry -> entry.min() == null
                        || entry.min().ordinal() <= alert.severity().ordinal())
                .toList();
        for (String stakeholder : List.of("s0", "s1")) {
            boolean responsible =
                    hits.stream().anyMatch(entry -> entry.stakeholder().equals(stakeholder));
            assertThat(decision.recipients().stream()
                            .filter(one -> one.stakeholder().id().equals(stakeholder))
                            .count())
                    .isEqualTo(responsible ? 1 : 0);
        }
        boolean promoterTold = decision.recipients().stream()
                .anyMatch(one -> one.stakeholder().id().equals("promoter"));
        boolean promoterResponsible =
                hits.stream().anyMatch(entry -> entry.stakeholder().equals("promoter"));
        assertThat(promoterTold)
                .isEqualTo(promoterResponsible || !decision.gaps().isEmpty());
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        return Combinators.combine(
                        Arbitraries.of(RESOURCES),
                        Arbitraries.of(STAKEHOLDERS),
                        Arbitraries.of(Duty.class),
                        Arbitraries.of(Severity.class).injectNull(0.5),
                        Arbitraries.integers().between(-2, 2).injectNull(0.5),
                        Arbitraries.integers().between(-2, 2).injectNull(0.5))
                .as(Entry::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Tlp>> maxima() {
        return Arbitraries.of(Tlp.class).list().ofSize(3);
    }

    @Provide
    Arbitrary<Alert> alerts() {
        Arbitrary<List<Alert.AffectedResource>> touched = Combinators.combine(
                        Arbitraries.of("r0", "r1", "r2", "unknown"), Arbitraries.of(Alert.Part.class))
                .as(Alert.AffectedResource::new)
                .list()
                .ofMaxSize(4);
        return Combinators.combine(touched, Arbitraries.of(Severity.class), Arbitraries.of(Tlp.class))
                .as((resources, severity, tlp) -> {
                    SampleAlert sample = SampleAlert.of("a").severity(severity).tlp(tlp);
                    resources.forEach(one -> sample.touches(one.id(), one.part()));
                    return sample.build();
                });
    }
}
