package jp.hinomi.alerting.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.city.Grouping;
import jp.hinomi.city.Inhibition;
import jp.hinomi.city.Matchers;
import jp.hinomi.city.Silence;
import jp.hinomi.city.Storm;
import jp.hinomi.events.Severity;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SuppressionProperties {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Matchers ALL = new Matchers(Map.of("rule", List.of("*")));
    private static final Map<String, Set<String>> LABELS = Map.of("rule", Set.of("r"));

    private static Silence silence(
            String id, LocalDateTime from, Duration length, Silence.Repeat repeat, LocalDate ends) {
        return new Silence(
                id,
                Silence.Kind.SILENCE,
                ALL,
                "owner",
                "reason",
                ZoneId.of("Asia/Tokyo"),
                from,
                from.plus(length),
                repeat,
                Optional.ofNullable(ends));
    }

    /** The slow and obvious way: look at every window there is. */
    private static Optional<Instant> obvious(Silence silence, Instant now) {
        int step = switch (silence.repeat()) {
            case NEVER -> 100_000;
            case DAILY -> 1;
            case WEEKLY -> 7;
        };
        for (int days = 0; days < 1000; days += step) {
            LocalDateTime from = silence.from().plusDays(days);
            if (silence.ends().filter(from.toLocalDate()::isAfter).isPresent()) {
                break;
            }
            Instant begin = from.atZone(silence.zone()).toInstant();
            Instant end = silence.until().plusDays(days).atZone(silence.zone()).toInstant();
            if (!now.isBefore(begin) && now.isBefore(end)) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }

    @Property(tries = 300)
    void aRepeatedWindowIsTheSameAsEveryOneOfItsTurns(
            @ForAll @IntRange(max = 60 * 24 * 20) int fromMinutes,
            @ForAll @IntRange(min = 1, max = 60 * 24) int minutes,
            @ForAll Silence.Repeat repeat,
            @ForAll @IntRange(max = 100) int endDays,
            @ForAll @IntRange(max = 60 * 24 * 200) int nowMinutes) {
        LocalDateTime from = LocalDateTime.parse("2026-06-01T00:00").plusMinutes(fromMinutes);
        Silence silence = silence(
                "s",
                from,
                Duration.ofMinutes(minutes),
                repeat,
                endDays == 0 ? null : from.toLocalDate().plusDays(endDays));
        Instant now = Instant.parse("2026-06-01T00:00:00Z").plusSeconds(60L * nowMinutes);
        assertThat(silence.activeUntil(now)).isEqualTo(obvious(silence, now));
    }

    @Example
    void windowsThatTouchAreOneAndKeepTheirHoursOverAChangeOfTheClock() {
        Silence night = silence(
                "night", LocalDateTime.parse("2026-07-01T08:00"), Duration.ofHours(2), Silence.Repeat.NEVER, null);
        Silence after = silence(
                "after", LocalDateTime.parse("2026-07-01T10:00"), Duration.ofHours(1), Silence.Repeat.NEVER, null);
        Hold hold = Quiet.decide(List.of(after, night), LABELS, NOW).orElseThrow();
        assertThat(hold.until()).isEqualTo(Instant.parse("2026-07-01T02:00:00Z"));
        assertThat(hold.key()).isEqualTo("hold:silence:night");

        Silence berlin = new Silence(
                "b",
                Silence.Kind.MAINTENANCE,
                ALL,
                "o",
                "r",
                ZoneId.of("Europe/Berlin"),
                LocalDateTime.parse("2026-03-01T01:00"),
                LocalDateTime.parse("2026-03-01T05:00"),
                Silence.Repeat.DAILY,
                Optional.empty());
        // In the night of the change the window has three hours of real time, and ends at five on the wall all the
        // same.
        assertThat(berlin.activeUntil(Instant.parse("2026-03-29T00:30:00Z")))
                .contains(Instant.parse("2026-03-29T03:00:00Z"));
    }

    @Example
    void aLabelThatIsMissingMatchesNothing() {
        Matchers matchers = new Matchers(Map.of("resource", List.of("*"), "source.ip", List.of("192.0.2.*")));
        assertThat(matchers.match(Map.of("source.ip", Set.of("192.0.2.1")))).isFalse();
        assertThat(matchers.match(Map.of("resource", Set.of(), "source.ip", Set.of("192.0.2.1"))))
                .isFalse();
        assertThat(matchers.match(Map.of("resource", Set.of("a"), "source.ip", Set.of("198.51.100.1", "192.0.2.1"))))
                .isTrue();
    }

    /** Clocks of instances are some seconds apart; hours apart was one that ran ahead. */
    @Example
    void aMessageOfTheFutureHoldsNoGroupBack() {
        Grouping grouping = new Grouping(List.of("rule"), Duration.ofSeconds(30), Duration.ofMinutes(5));
        assertThat(GroupTimer.decide(
                        grouping,
                        "g",
                        Optional.of(new GroupTimer.Last(NOW.plus(Duration.ofHours(3)), false)),
                        new Cause.First(),
                        NOW))
                .isEmpty();
        assertThat(GroupTimer.decide(
                                grouping,
                                "g",
                                Optional.of(new GroupTimer.Last(NOW.plusSeconds(20), true)),
                                new Cause.First(),
                                NOW)
                        .orElseThrow()
                        .until())
                .isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    /** Missing on both sides is no reason to hold back; a source is never held by its like. */
    @Property(tries = 200)
    void onlyLabelsThatAreThereOnBothAreEqual(
            @ForAll boolean sourceHas, @ForAll boolean targetHas, @ForAll boolean same) {
        Inhibition inhibition = new Inhibition(
                "i",
                new Matchers(Map.of("rule", List.of("down"))),
                new Matchers(Map.of("rule", List.of("*"))),
                List.of("host.name"),
                Duration.ofHours(1));
        Map<String, Set<String>> source =
                sourceHas ? Map.of("rule", Set.of("down"), "host.name", Set.of("h")) : Map.of("rule", Set.of("down"));
        Map<String, Set<String>> target = targetHas
                ? Map.of("rule", Set.of("x"), "host.name", Set.of(same ? "h" : "other"))
                : Map.of("rule", Set.of("x"));
        List<String> under = Inhibitors.sources(List.of(inhibition), source).stream()
                .map(Inhibitors.Source::key)
                .toList();
        boolean held =
                Inhibitors.targets(List.of(inhibition), target).stream().anyMatch(one -> under.contains(one.key()));
        assertThat(held).isEqualTo(sourceHas && targetHas && same);
        assertThat(Inhibitors.targets(List.of(inhibition), source)).isEmpty();
    }

    private static StormGuard.Sent sent(List<Severity> told, int channels, int dead, boolean known) {
        int count = told.size() * channels;
        return new StormGuard.Sent(count, count, dead, told.stream().max(Severity::compareTo), known);
    }

    private static StormGuard.Sent sent(int count, Optional<Severity> worst, boolean known) {
        return new StormGuard.Sent(count, count, 0, worst, known);
    }

    private static StormGuard.Reach over(int channels) {
        return new StormGuard.Reach(channels, channels);
    }

    /** Whatever happens, over however many contacts and channels, up to six in all. */
    @Property(tries = 1000)
    void severalContactsOverSeveralChannelsGetNoMoreThanTwentyMessages(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 4) Integer> shape,
            @ForAll @Size(min = 1, max = 120) List<Severity> severities,
            @ForAll java.util.Random random) {
        List<Integer> contacts = new ArrayList<>();
        for (int channels : shape) {
            if (contacts.stream().mapToInt(each -> each).sum() + channels <= 6) {
                contacts.add(channels);
            }
        }
        int all = contacts.stream().mapToInt(each -> each).sum();
        Storm storm = Storm.standard();
        int count = 0;
        Optional<Severity> worst = Optional.empty();
        Set<Integer> rules = new java.util.HashSet<>();
        Set<Integer> digests = new java.util.HashSet<>();
        for (Severity severity : severities) {
            int rule = random.nextInt(5) == 0 ? rules.size() : 0;
            int before = count;
            boolean known = rules.contains(rule);
            boolean firstCritical = severity == Severity.CRITICAL && !worst.equals(Optional.of(Severity.CRITICAL));
            boolean told = false;
            int only = random.nextInt(3 * contacts.size());
            for (int contact = 0; contact < contacts.size(); contact++) {
                if (only < contacts.size() && only != contact) {
                    continue;
                }
                Optional<Hold> hold = StormGuard.decide(
                        storm,
                        new StormGuard.Sent(count, before, 0, worst, known),
                        new Cause.First(),
                        false,
                        new StormGuard.Reach(contacts.get(contact), all),
                        severity,
                        NOW);
                if (before == 0 || firstCritical) {
                    assertThat(hold)
                            .as("the first, and the first that is critical, reach all")
                            .isEmpty();
                }
                if (hold.isEmpty()) {
                    count += contacts.get(contact);
                    told = true;
                } else {
                    digests.add(contact);
                }
            }
            if (told) {
                worst = Optional.of(worst.filter(w -> w.compareTo(severity) > 0).orElse(severity));
                rules.add(rule);
            }
        }
        int summed = digests.stream().mapToInt(contacts::get).sum();
        assertThat(count + summed).as(contacts + " " + severities).isLessThanOrEqualTo(20);
    }

    @Property(tries = 100)
    void aStormIsCountableAndItsFirstAndItsWorstDoNotWait(
            @ForAll @Size(min = 1, max = 300) List<Severity> severities,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll boolean known) {
        Storm storm = Storm.standard();
        List<Severity> told = new ArrayList<>();
        for (Severity severity : severities) {
            Optional<Hold> hold = StormGuard.decide(
                    storm, sent(told, channels, 0, known), new Cause.First(), false, over(channels), severity, NOW);
            if (told.isEmpty()) {
                assertThat(hold).as("the first never waits").isEmpty();
            }
            if (severity == Severity.CRITICAL && !told.contains(Severity.CRITICAL)) {
                assertThat(hold)
                        .as("nothing takes the place of what is critical")
                        .isEmpty();
            }
            if (hold.isEmpty()) {
                told.add(severity);
            } else {
                assertThat(hold.get().until()).isEqualTo(NOW.plus(storm.window()));
            }
        }
        // And one digest for each channel.
        assertThat(told.size() * channels + channels).isLessThanOrEqualTo(20);
    }

    /** Before this was mended: who was told next got as many again when the digest of those before had not been answered. */
    @Example
    void whatADigestToldAndNobodyAnsweredMakesNoSecondStorm() {
        Storm storm = Storm.standard();
        Cause escalated = new Cause.Escalated(1, 0, 1, jp.hinomi.alerting.escalation.Why.UNANSWERED);
        StormGuard.Sent two = sent(2, Optional.of(Severity.HIGH), true);
        assertThat(StormGuard.decide(storm, two, escalated, true, over(1), Severity.HIGH, NOW))
                .isPresent();
        // The first never waits, and what was told by itself is escalated by itself.
        StormGuard.Sent none = sent(0, Optional.empty(), false);
        assertThat(StormGuard.decide(storm, none, escalated, true, over(1), Severity.LOW, NOW))
                .isEmpty();
        assertThat(StormGuard.decide(storm, two, escalated, false, over(1), Severity.HIGH, NOW))
                .isEmpty();
    }

    /** Before places were kept, the fifteenth of fifteen of a kind kept the next critical one waiting for ten minutes. */
    @Example
    void placesAreKeptForWhatIsWorse() {
        Storm storm = Storm.standard();
        assertThat(full(storm, Severity.MEDIUM, new Cause.First(), true)).isEqualTo(9);
        assertThat(full(storm, Severity.MEDIUM, new Cause.Raised(Severity.LOW, Severity.MEDIUM), true))
                .isEqualTo(12);
        assertThat(full(storm, Severity.HIGH, new Cause.First(), true)).isEqualTo(12);
        assertThat(full(storm, Severity.CRITICAL, new Cause.First(), true)).isEqualTo(15);
        assertThat(full(storm, Severity.CRITICAL, new Cause.First(), false)).isEqualTo(17);
    }

    /** How many are sent, one message each, before the next waits; something critical was told before. */
    private static int full(Storm storm, Severity severity, Cause cause, boolean known) {
        int count = 1;
        while (StormGuard.decide(
                        storm, sent(count, Optional.of(Severity.CRITICAL), known), cause, false, over(1), severity, NOW)
                .isEmpty()) {
            count++;
        }
        return count;
    }

    /** What did not arrive takes no place; but where nothing arrives, a storm is not tried message by message. */
    @Example
    void whatDidNotArriveTakesNoPlace() {
        Storm storm = Storm.standard();
        List<Severity> told = List.of(Severity.LOW);
        assertThat(StormGuard.decide(
                        storm, sent(told, 1, 14, true), new Cause.First(), false, over(1), Severity.LOW, NOW))
                .isEmpty();
        assertThat(StormGuard.decide(
                        storm, sent(told, 1, 15, true), new Cause.First(), false, over(1), Severity.LOW, NOW))
                .isPresent();
    }

    /** A contact's messages of one group: the first at once, then one after the pause, then one per interval. */
    @Property(tries = 200)
    void aGroupSpeaksAtOnceAndThenInTurns(@ForAll @Size(min = 1, max = 80) List<@IntRange(max = 400) Integer> gaps) {
        Grouping grouping = new Grouping(List.of("rule"), Duration.ofSeconds(30), Duration.ofSeconds(300));
        Optional<GroupTimer.Last> last = Optional.empty();
        Optional<Instant> digest = Optional.empty();
        List<Instant> messages = new ArrayList<>();
        Instant now = NOW;
        for (int gap : gaps) {
            now = now.plusSeconds(gap);
            if (digest.isPresent() && !now.isBefore(digest.get())) {
                last = Optional.of(new GroupTimer.Last(digest.get(), true));
                messages.add(digest.get());
                digest = Optional.empty();
            }
            Optional<Hold> hold = GroupTimer.decide(grouping, "g", last, new Cause.First(), now);
            if (hold.isEmpty()) {
                assertThat(digest).as("nothing overtakes what waits").isEmpty();
                last = Optional.of(new GroupTimer.Last(now, false));
                messages.add(now);
            } else {
                assertThat(hold.get().until()).isAfterOrEqualTo(now).isBeforeOrEqualTo(now.plusSeconds(300));
                digest = Optional.of(digest.orElse(hold.get().until()));
            }
        }
        assertThat(messages.get(0)).as("the first never waits").isEqualTo(NOW.plusSeconds(gaps.get(0)));
        for (int i = 2; i < messages.size(); i++) {
            assertThat(Duration.between(messages.get(i - 2), messages.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(300));
        }
        assertThat(GroupTimer.decide(grouping, "g", last, new Cause.Raised(Severity.LOW, Severity.HIGH), now))
                .isEmpty();
    }
}
