package jp.hinomi.ingest.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import jp.hinomi.city.Source;
import jp.hinomi.events.SourceHealth.State;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random logs with bad clocks, outages and silence. */
class SourceWatchProperties {
    private static final Map<String, Source> SOURCES = Log.sources(Duration.ofSeconds(35), "p", "q", "r");
    private static final long END = 900_000;

    private static Log random(Random random) {
        Log log = new Log();
        long time = 0;
        while (time < END) {
            long to = time + 20_000 + random.nextInt(200_000);
            log.ticks(time, Math.min(to, END));
            time = to + (random.nextBoolean() ? 0 : random.nextInt(120_000));
        }
        for (String source : SOURCES.keySet()) {
            long offset = List.of(0L, 30_000L, 32_400_000L, 400_000_000_000L, -7_000_000L)
                    .get(random.nextInt(5));
            for (long at = random.nextInt(60_000);
                    at < END;
                    at += 1 + random.nextInt(random.nextInt(8) == 0 ? 120_000 : 9_000)) {
                boolean odd = random.nextInt(10) == 0;
                long jitter = random.nextInt(2_000) - 1_000;
                log.record(
                        at,
                        source,
                        random.nextInt(20) == 0
                                ? null
                                : odd ? Long.valueOf(random.nextLong() >> 20) : Long.valueOf(offset + jitter));
                offset = random.nextInt(60) == 0 ? 0 : offset;
            }
        }
        log.entries.sort(Comparator.comparingLong(Log.Entry::append));
        return log;
    }

    /** Partitions are read at different speeds, tallies come in parts, and the process is killed again and again. */
    @Property(tries = 60)
    void findingsDependOnTheLogAlone(@ForAll long seed) {
        Random random = new Random(seed);
        Log log = random(random);
        List<Finding> expected = log.findings(SOURCES);
        List<Finding> found = new ArrayList<>();
        SourceWatch watch = new SourceWatch(Log.LIMITS);
        watch.sources(SOURCES);
        List<Log.Entry> a = log.entries.stream()
                .filter(each -> each.partition().equals("a"))
                .toList();
        List<Log.Entry> b = log.entries.stream()
                .filter(each -> each.partition().equals("b"))
                .toList();
        int readA = 0;
        int readB = 0;
        while (readA < a.size() || readB < b.size()) {
            Tallies tallies = new Tallies();
            for (int i = random.nextInt(200); i > 0 && readA < a.size(); i--) {
                Log.read(a.get(readA++), tallies);
            }
            for (int i = random.nextInt(200); i > 0 && readB < b.size(); i--) {
                Log.read(b.get(readB++), tallies);
            }
            List<Tally> parts = tallies.take();
            Collections.shuffle(parts, random);
            parts.forEach(watch::take);
            if (readA > 0 && readB > 0) {
                long bound = random.nextInt(15_000) + 1;
                long time = Math.min(a.get(readA - 1).append(), b.get(readB - 1).append()) - bound;
                found.addAll(watch.advance(time).findings());
            }
            if (random.nextInt(4) == 0) {
                SourceWatch next = new SourceWatch(Log.LIMITS);
                next.restore(watch.memory(), SOURCES);
                watch = next;
            }
        }
        found.addAll(watch.advance(Long.MAX_VALUE).findings());
        Comparator<Finding> order = Comparator.comparing(Finding::source);
        assertThat(found.stream().sorted(order).toList())
                .isEqualTo(expected.stream().sorted(order).toList());
    }

    /** Silence by its definition, millisecond by millisecond: time that is not covered does not count. */
    @Property(tries = 20)
    void silenceIsWhatTheDefinitionSays(@ForAll long seed) {
        Log log = random(new Random(seed));
        List<Finding> findings = log.findings(SOURCES);
        long first = log.entries.get(0).append() / Tally.SPAN * Tally.SPAN;
        long last = log.entries.get(log.entries.size() - 1).append() / Tally.SPAN * Tally.SPAN + Tally.SPAN;
        TreeSet<Long> a = new TreeSet<>();
        TreeSet<Long> b = new TreeSet<>();
        log.entries.forEach(each -> (each.partition().equals("a") ? a : b).add(each.append() / Tally.SPAN));
        for (String source : SOURCES.keySet()) {
            TreeSet<Long> seen = new TreeSet<>();
            log.entries.stream().filter(each -> source.equals(each.source())).forEach(each -> seen.add(each.append()));
            List<Long> begins = new ArrayList<>();
            long heardFor = 0;
            long unheard = 0;
            boolean silent = false;
            for (long time = first; time < last; time++) {
                boolean covered = a.contains(time / Tally.SPAN) && b.contains(time / Tally.SPAN);
                boolean wroteInSpan = seen.ceiling(time / Tally.SPAN * Tally.SPAN) != null
                        && seen.ceiling(time / Tally.SPAN * Tally.SPAN) < time / Tally.SPAN * Tally.SPAN + Tally.SPAN;
                if (seen.contains(time)) {
                    heardFor = 0;
                    silent = false;
                } else if (covered && !silent && heardFor >= 35_000) {
                    silent = true;
                    begins.add(heardFor == 35_000 ? time : -1);
                }
                if (covered || wroteInSpan) {
                    heardFor++;
                }
                unheard = covered ? 0 : unheard + 1;
                if (unheard >= SourceWatch.LONG_UNCOVERED && unheard % Tally.SPAN == 0 && !wroteInSpan) {
                    heardFor = 0;
                }
            }
            assertThat(findings.stream()
                            .filter(each -> each.source().equals(source) && !each.isOver())
                            .map(Finding::episode)
                            .filter(each -> each.state() == State.SILENT)
                            .map(Episode::begin)
                            .distinct()
                            .toList())
                    .as(source)
                    .isEqualTo(begins);
        }
    }

    /** One stamp in ten may be anything: a clock that is right stays right. */
    @Property(tries = 50)
    void oddStampsNeverMakeAGoodClockBad(@ForAll long seed) {
        Random random = new Random(seed);
        Log log = new Log();
        for (long time = 0; time < 600_000; time += 100 + random.nextInt(500)) {
            boolean odd = random.nextInt(10) == 0;
            log.record(
                    time,
                    "p",
                    odd
                            ? Long.valueOf(random.nextLong() >> random.nextInt(60))
                            : Long.valueOf(random.nextInt(4_000) - 3_000));
        }
        assertThat(log.findings(Log.sources(null, "p"))).isEmpty();
    }
}
