package jp.hinomi.alerting.incident.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.hinomi.events.Tlp;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JoiningProperties {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Entity HOST = new Entity(Entity.Kind.HOST, "edge-07");
    private static final Entity USER = new Entity(Entity.Kind.USER, "alice");
    private static final Entity API = new Entity(Entity.Kind.RESOURCE, "api");

    private static Newcomer newcomer(Tlp tlp, String... parties) {
        return new Newcomer("new", NOW, NOW, NOW, tlp, Set.of(parties));
    }

    private static Story story(long id) {
        return new Story(id, NOW.minusSeconds(60), Tlp.AMBER, Set.of("promoter"), false, 1, false);
    }

    private static Sighting sighting(Entity entity, boolean central, String alert, Duration ago, Long incident) {
        Instant at = NOW.minus(ago);
        return new Sighting(entity, central, alert, at, at, Optional.ofNullable(incident));
    }

    private static Sighting host(String alert, Duration ago, Long incident) {
        return sighting(HOST, true, alert, ago, incident);
    }

    private static List<Proposal> decide(Newcomer newcomer, Story story, Sighting... sightings) {
        return Joining.decide(newcomer, List.of(sightings), List.of(story));
    }

    private static Proposal.Hold hold(Newcomer newcomer, Story story) {
        return decide(newcomer, story, host("old", Duration.ZERO, 1L)).get(0).hold();
    }

    @Example
    void itJoinsByTheHostThatBothAreAboutAndSaysSo() {
        Proposal proposal = decide(newcomer(Tlp.AMBER), story(1), host("old", Duration.ofMinutes(12), 1L))
                .get(0);
        assertThat(proposal.joins()).isTrue();
        assertThat(proposal.links()).containsExactly(new Link(HOST, Duration.ofMinutes(12), true, 0));
    }

    @Example
    void afterTwoHoursAHostTiesNothingAnyMore() {
        assertThat(decide(newcomer(Tlp.AMBER), story(1), host("old", Duration.ofHours(2), 1L)))
                .hasSize(1);
        assertThat(decide(newcomer(Tlp.AMBER), story(1), host("old", Duration.ofMillis(7_200_001), 1L)))
                .isEmpty();
        // It counts in both directions: records come late.
        assertThat(decide(newcomer(Tlp.AMBER), story(1), host("old", Duration.ofHours(-2), 1L)))
                .hasSize(1);
    }

    @Example
    void whatCameAlongOrIsAPartOfTheCityIsOnlyProposed() {
        assertThat(decide(newcomer(Tlp.AMBER), story(1), sighting(HOST, false, "old", Duration.ZERO, 1L)))
                .extracting(Proposal::hold)
                .containsExactly(Proposal.Hold.WEAK);
        assertThat(decide(newcomer(Tlp.AMBER), story(1), sighting(API, true, "old", Duration.ZERO, 1L)))
                .extracting(Proposal::hold)
                .containsExactly(Proposal.Hold.WEAK);
    }

    @Example
    void nobodySeesByAJoinWhatWasNotMeantForThem() {
        assertThat(hold(newcomer(Tlp.AMBER), story(1))).isEqualTo(Proposal.Hold.NONE);
        assertThat(hold(newcomer(Tlp.AMBER_STRICT), story(1))).isEqualTo(Proposal.Hold.RESTRICTED);
        Story red = new Story(1, NOW, Tlp.RED, Set.of(), false, 1, false);
        assertThat(hold(newcomer(Tlp.RED), red)).isEqualTo(Proposal.Hold.RESTRICTED);
        Story written = new Story(1, NOW, Tlp.AMBER, Set.of("promoter"), true, 1, false);
        assertThat(hold(newcomer(Tlp.AMBER, "promoter"), written)).isEqualTo(Proposal.Hold.NONE);
        assertThat(hold(newcomer(Tlp.AMBER, "promoter", "vendor"), written)).isEqualTo(Proposal.Hold.NEW_PARTY);
        assertThat(hold(newcomer(Tlp.AMBER, "promoter", "vendor"), story(1))).isEqualTo(Proposal.Hold.NONE);
    }

    @Example
    void whatCameBeforeOrIsTooMuchWaitsForAPersonAndWhatWasTakenOutStaysOut() {
        Story later = new Story(1, NOW.plusMillis(1), Tlp.AMBER, Set.of(), false, 1, false);
        assertThat(hold(newcomer(Tlp.AMBER), later)).isEqualTo(Proposal.Hold.EARLIER);
        Story full = new Story(1, NOW, Tlp.AMBER, Set.of(), false, Joining.FULL, false);
        assertThat(hold(newcomer(Tlp.AMBER), full)).isEqualTo(Proposal.Hold.FULL);
        Story decided = new Story(1, NOW, Tlp.AMBER, Set.of(), false, 1, true);
        assertThat(decide(newcomer(Tlp.AMBER), decided, host("old", Duration.ZERO, 1L)))
                .isEmpty();
    }

    @Example
    void whatIsInEverythingTiesNothingButALongStoryStaysOne() {
        Stream<Sighting> strangers = IntStream.rangeClosed(0, Link.TOO_COMMON)
                .mapToObj(i -> host("stranger-" + i, Duration.ofHours(5), i == 0 ? 2L : null));
        Stream<Sighting> own = IntStream.range(0, 50).mapToObj(i -> host("own-" + i, Duration.ofMinutes(i), 1L));
        List<Sighting> its = own.toList();
        List<Sighting> all = Stream.concat(strangers, its.stream()).toList();
        assertThat(Joining.decide(newcomer(Tlp.AMBER), all, List.of(story(1)))).isEmpty();
        assertThat(Joining.decide(newcomer(Tlp.AMBER), all.subList(1, all.size()), List.of(story(1))))
                .extracting(Proposal::joins)
                .containsExactly(true);
    }

    @Example
    void ofTwoItJoinsTheOneThatItHasMoreInCommonWith() {
        List<Proposal> proposals = Joining.decide(
                newcomer(Tlp.AMBER),
                List.of(
                        host("a", Duration.ZERO, 1L),
                        host("b", Duration.ofHours(1), 2L),
                        sighting(USER, true, "b", Duration.ofHours(1), 2L)),
                List.of(story(1), story(2)));
        assertThat(proposals).extracting(Proposal::incident).containsExactly(2L, 1L);
        assertThat(proposals).extracting(Proposal::hold).containsExactly(Proposal.Hold.NONE, Proposal.Hold.ANOTHER);
    }

    @Example
    void whatCameBeforeAnIncidentIsFoundOnceUnlessItIsAPartOfSome() {
        assertThat(Joining.before(
                        NOW,
                        NOW,
                        1,
                        List.of(
                                host("free", Duration.ofMinutes(5), null),
                                sighting(USER, true, "free", Duration.ofMinutes(5), null),
                                host("far", Duration.ofHours(3), null),
                                sighting(API, true, "weak", Duration.ZERO, null),
                                host("taken", Duration.ZERO, 2L))))
                .containsOnlyKeys("free")
                .allSatisfy((alert, links) -> assertThat(links).hasSize(2));
    }

    record Case(Newcomer newcomer, List<Sighting> sightings, List<Story> stories) {}

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Entity> entities = Arbitraries.of(HOST, USER, API, new Entity(Entity.Kind.ADDRESS, "203.0.113.7"));
        Arbitrary<Sighting> sightings = Combinators.combine(
                        entities,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(-200, 200))
                .as((entity, central, alert, minutes) -> sighting(
                        entity, central, "a" + alert, Duration.ofMinutes(minutes), alert < 6 ? 1L + alert % 3 : null));
        Arbitrary<Story> stories = Combinators.combine(
                        Arbitraries.of(Tlp.values()),
                        Arbitraries.of(true, false),
                        Arbitraries.of(1, 2, Joining.FULL),
                        Arbitraries.of(true, false, false),
                        Arbitraries.integers().between(-5, 1))
                .as((tlp, words, alerts, was, opened) ->
                        new Story(0, NOW.plusSeconds(opened), tlp, Set.of("promoter"), words, alerts, was));
        Arbitrary<Newcomer> newcomers = Combinators.combine(
                        Arbitraries.of(Tlp.values()), Arbitraries.of(Set.of("promoter"), Set.of("promoter", "vendor")))
                .as((tlp, parties) -> new Newcomer("new", NOW.minusSeconds(30), NOW, NOW, tlp, parties));
        return Combinators.combine(
                        newcomers,
                        sightings.list().ofMaxSize(40),
                        stories.list().ofSize(3))
                .as((newcomer, all, three) -> new Case(
                        newcomer,
                        all,
                        IntStream.range(0, 3)
                                .mapToObj(i -> new Story(
                                        i + 1,
                                        three.get(i).opened(),
                                        three.get(i).tlp(),
                                        three.get(i).parties(),
                                        three.get(i).hasWordsForAll(),
                                        three.get(i).alerts(),
                                        three.get(i).wasThere()))
                                .toList()));
    }

    @Property(tries = 300)
    void theAnswerDoesNotDependOnTheOrderAndJoinsOnceAtMost(@ForAll("cases") Case given, @ForAll Random random) {
        List<Proposal> proposals = Joining.decide(given.newcomer(), given.sightings(), given.stories());
        List<Sighting> sightings = new ArrayList<>(given.sightings());
        List<Story> stories = new ArrayList<>(given.stories());
        Collections.shuffle(sightings, random);
        Collections.shuffle(stories, random);
        assertThat(Joining.decide(given.newcomer(), sightings, stories)).isEqualTo(proposals);
        assertThat(proposals.stream().filter(Proposal::joins)).hasSizeLessThanOrEqualTo(1);
        for (Proposal each : proposals) {
            Story story = given.stories().get((int) each.incident() - 1);
            assertThat(story.wasThere()).isFalse();
            assertThat(each.links()).hasSizeLessThanOrEqualTo(Joining.NAMED).allSatisfy(link -> {
                assertThat(link.apart())
                        .isLessThanOrEqualTo(link.entity().kind().window());
                assertThat(link.strangers()).isLessThanOrEqualTo(Link.TOO_COMMON);
            });
            if (each.joins()) {
                assertThat(each.links()).anyMatch(Link::isStrong);
                assertThat(given.newcomer().tlp()).isNotEqualTo(Tlp.RED).isLessThanOrEqualTo(story.tlp());
                assertThat(story.alerts()).isLessThan(Joining.FULL);
                assertThat(story.opened()).isBeforeOrEqualTo(given.newcomer().received());
                assertThat(story.hasWordsForAll()
                                && !story.parties().containsAll(given.newcomer().parties()))
                        .isFalse();
            }
        }
    }
}
