package jp.hinomi.ingest.intel;

import java.util.Collection;
import java.util.List;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.SecurityEvent;

/**
 * Looks for new indicators in events of the past: somebody may have been here before we knew his address. An indicator
 * speaks of events from its {@code valid_from} on. Not thread-safe.
 */
public final class RetroMatch {
    private final IntelMatcher matcher;
    private final int limit;
    private final long earliest;

    /**
     * @param indicators that are new; those that cannot be looked for were refused when they were imported, and are left out
     * @param limit most matches for one event
     */
    public RetroMatch(Collection<Indicator> indicators, int limit) {
        IntelIndex index = new IntelIndex();
        long first = Long.MAX_VALUE;
        for (Indicator indicator : indicators) {
            try {
                if (index.put(indicator)) {
                    first = Math.min(first, indicator.validFrom());
                }
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        this.matcher = index.matcher();
        this.limit = limit;
        this.earliest = first;
    }

    /** From when on events can match at all, in milliseconds since the epoch; {@code Long.MAX_VALUE} = never. */
    public long earliest() {
        return earliest;
    }

    /** The new indicators that were valid when the event happened and hold for it, the surest first. */
    public List<IntelMatch> match(SecurityEvent event) {
        return event.correlationMillis() < earliest ? List.of() : matcher.match(event, limit);
    }
}
