package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Alert.Evidence;
import jp.hinomi.events.AlertIds;

/**
 * An alert that more of the same extends. Its revision counts firings (and late additions), so it depends on what
 * happened and not on how often it was sent. Bounded: newest evidence and counters. Not thread-safe.
 */
public final class OpenAlert {
    /** How many inner alerts are remembered with what they have contributed. */
    private static final int MOST_INNER = Alert.MAX_EVIDENCE;

    /** How many resources are remembered: more are not one alert any more. */
    private static final int MOST_TOUCHED = 1_000;

    private final String id;
    private final long time;
    private int revision;
    private long lastFiring;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long count;
    private final EvidenceList evidence;
    /** What it has touched since it opened, also when the evidence for it has made room for newer. */
    private final SortedSet<AffectedResource> touched;

    /** Inner alert → how many log events it had when it was counted last. */
    private final Map<String, Long> inner;
    /** Ids of the matches of the last firing of a sequence, whose parts may be older than what was counted last. */
    private List<String> lastMatches;
    /** The newest match that was counted. */
    private Match counted;

    private OpenAlert(
            String id, long time, List<Sighting> kept, Map<String, Long> inner, Collection<AffectedResource> touched) {
        this.id = id;
        this.time = time;
        this.evidence = new EvidenceList(kept);
        this.inner = new LinkedHashMap<>(inner);
        this.touched =
                new TreeSet<>(Comparator.comparing(AffectedResource::part).thenComparing(AffectedResource::id));
        this.touched.addAll(touched);
        this.lastMatches = List.of();
    }

    static OpenAlert open(Correlation correlation, GroupKey group, Hit hit, Touching touching) {
        String id = AlertIds.of(correlation.info().id(), group.values(), hit.completingId());
        OpenAlert alert = new OpenAlert(id, hit.time(), List.of(), Map.of(), List.of());
        alert.extend(correlation, hit, touching);
        return alert;
    }

    static OpenAlert restore(State state) {
        OpenAlert alert = new OpenAlert(state.id, state.time, state.evidence, state.inner, state.touched);
        alert.revision = state.revision;
        alert.lastFiring = state.lastFiring;
        alert.first = state.first;
        alert.last = state.last;
        alert.count = state.count;
        alert.lastMatches = state.lastMatches;
        alert.counted = state.counted;
        return alert;
    }

    /** True if a firing at {@code now} opens a new alert. */
    boolean isOver(long now, long suppress) {
        return now - lastFiring >= suppress;
    }

    void extend(Correlation correlation, Hit hit, Touching touching) {
        revision++;
        lastFiring = hit.time();
        boolean opening = counted == null;
        boolean sequence = correlation.form().reachesBack();
        Collection<String> earlier = lastMatches.size() < 10 ? lastMatches : new HashSet<>(lastMatches);
        List<String> ids = new ArrayList<>();
        Match newest = null;
        long seen = 0;
        for (Match match : hit.matches()) {
            newest = newest == null ? match : newest;
            boolean before = sequence ? earlier.contains(match.id()) : !opening && isCounted(match);
            if (before && !sequence) {
                break; // and so are all that are older
            }
            if (!before || match.depth() > 0) {
                count(match, before, touching);
            }
            if (sequence) {
                ids.add(match.id());
            }
            seen++;
        }
        count += Math.max(0, (opening ? hit.held() : hit.fresh()) - seen);
        counted = newest.stripped();
        lastMatches = ids;
    }

    private boolean isCounted(Match match) {
        return Match.ORDER.compare(match, counted) <= 0;
    }

    /** Adds a match that came after its time had passed, if the alert covers its time and is not over when it comes. */
    boolean amend(Correlation correlation, Match match, long due, Touching touching) {
        boolean covered = correlation.form().countsAll()
                && !isOver(due, correlation.suppress())
                && match.time() > time - correlation.timespan()
                && match.time() <= lastFiring;
        long before = count;
        if (covered) {
            count(match, false, touching);
            if (count != before) {
                revision++;
            }
        }
        return count != before;
    }

    private void count(Match match, boolean before, Touching touching) {
        if (match.evidence().isEmpty()) {
            count += match.weight();
            first = Math.min(first, match.time());
            last = Math.max(last, match.time());
            return;
        }
        long fresh = 0;
        long tooOld = 0;
        for (Sighting item : match.evidence()) {
            EvidenceList.Added added = evidence.add(item);
            if (added == EvidenceList.Added.KNOWN) {
                continue;
            }
            if (touched.size() < MOST_TOUCHED) {
                touched.addAll(touching.of(item.event().event()));
            }
            fresh += added == EvidenceList.Added.NEW ? 1 : 0;
            tooOld += added == EvidenceList.Added.TOO_OLD ? 1 : 0;
            first = Math.min(first, item.event().time());
            last = Math.max(last, item.event().time());
        }
        if (match.depth() == 0) {
            count += fresh + tooOld;
        } else {
            countInner(match, before, fresh, tooOld);
        }
    }

    /**
     * What an inner alert does not show, or what is older than all that is kept, is only a number: taken as distinct when
     * the inner alert is new, and counted as it grows afterwards. Exact while all of it is kept.
     */
    private void countInner(Match match, boolean before, long fresh, long tooOld) {
        long hidden = match.weight() - match.evidence().size();
        Long weighed = inner.remove(match.id());
        if (weighed == null) {
            count += fresh + (before ? 0 : tooOld + hidden);
        } else {
            count += fresh
                    + Math.max(0, match.weight() - weighed - match.evidence().size());
        }
        inner.put(match.id(), Math.max(match.weight(), weighed == null ? 0 : weighed));
        if (inner.size() > MOST_INNER) {
            inner.remove(inner.keySet().iterator().next());
        }
    }

    public String id() {
        return id;
    }

    /** The first firing. */
    public long time() {
        return time;
    }

    long lastFiring() {
        return lastFiring;
    }

    public int revision() {
        return revision;
    }

    public long first() {
        return first;
    }

    public long last() {
        return last;
    }

    public long count() {
        return count;
    }

    /** What it has touched, in order of part and id. */
    public Collection<AffectedResource> touched() {
        return Collections.unmodifiableCollection(touched);
    }

    public List<Evidence> evidence() {
        return evidence.list().stream().map(Sighting::asEvidence).toList();
    }

    /** The firing as a match of an outer correlation. */
    Match asMatch(Correlation correlation, long at, long steps, String value) {
        return new Match(
                at, correlation.level() + 1, correlation.info().name(), id, steps, value, evidence.list(), count);
    }

    State state() {
        return new State(
                id,
                time,
                revision,
                lastFiring,
                first,
                last,
                count,
                evidence.list(),
                List.copyOf(touched),
                new LinkedHashMap<>(inner),
                new ArrayList<>(lastMatches),
                counted);
    }

    /** All of it, to be saved. */
    public record State(
            String id,
            long time,
            int revision,
            long lastFiring,
            long first,
            long last,
            long count,
            List<Sighting> evidence,
            List<AffectedResource> touched,
            Map<String, Long> inner,
            List<String> lastMatches,
            Match counted) {}
}
