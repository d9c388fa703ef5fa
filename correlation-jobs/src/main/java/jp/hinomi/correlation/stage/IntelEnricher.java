package jp.hinomi.correlation.stage;

import java.util.List;
import java.util.function.UnaryOperator;
import jp.hinomi.events.MatchedIndicators;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.intel.IntelMatch;
import jp.hinomi.ingest.intel.IntelMatcher;
import jp.hinomi.ingest.intel.ThreatFields;

/** Adds to an event what threat intelligence knows of it, so that rules can ask for it. For one thread. */
public final class IntelEnricher implements UnaryOperator<SecurityEvent> {
    private final IntelMatcher matcher;
    private long matched;

    public IntelEnricher(IntelMatcher matcher) {
        this.matcher = matcher;
    }

    @Override
    public SecurityEvent apply(SecurityEvent event) {
        List<IntelMatch> matches = matcher.match(event, ThreatFields.MAX_INDICATORS);
        if (matches.isEmpty()) {
            return event;
        }
        matched++;
        SecurityEvent.Builder enriched = event.toBuilder();
        ThreatFields.add(enriched, matches);
        MatchedIndicators.put(
                enriched, matches.stream().map(ThreatFields::summary).toList());
        return enriched.build();
    }

    /** Events that matched so far. */
    public long matched() {
        return matched;
    }
}
