package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Indicator;

/**
 * How sure MISP is of an attribute: the score of its decaying models, where the search asked for it
 * ({@code includeDecayScore}); else what the taxonomy {@code misp:confidence-level} says.
 *
 * @param value as in STIX, 0 to 100, or {@link Indicator#NO_CONFIDENCE}
 * @param isDecayed whether every model calls it expired
 */
record MispConfidence(int value, boolean isDecayed) {
    private static final String LEVEL = "misp:confidence-level=\"";

    /** The numerical values of the taxonomy. */
    private static final Map<String, Integer> LEVELS = Map.of(
            "completely-confident", 100,
            "usually-confident", 75,
            "fairly-confident", 50,
            "rarely-confident", 25,
            "unconfident", 0);

    /** A score sinks a little with every hour; not every import shall write every indicator anew. */
    private static final int STEP = 10;

    static MispConfidence of(JsonNode attribute, List<String> ownTags, List<String> eventTags) {
        JsonNode scores = attribute.path("decay_score");
        if (!scores.isArray() || scores.isEmpty()) {
            int own = level(ownTags);
            return new MispConfidence(own == Indicator.NO_CONFIDENCE ? level(eventTags) : own, false);
        }
        boolean decayed = true;
        double best = 0;
        for (JsonNode score : scores) {
            if (!score.path("decayed").asBoolean(false)) {
                decayed = false;
                best = Math.max(best, score.path("score").asDouble(0));
            }
        }
        return new MispConfidence((int) (Math.round(Math.min(100, best) / STEP) * STEP), decayed);
    }

    /** Of several the least. */
    private static int level(List<String> tags) {
        int least = Indicator.NO_CONFIDENCE;
        for (String tag : tags) {
            Integer level = tag.startsWith(LEVEL) && tag.endsWith("\"") && tag.length() > LEVEL.length()
                    ? LEVELS.get(tag.substring(LEVEL.length(), tag.length() - 1))
                    : null;
            if (level != null && (least == Indicator.NO_CONFIDENCE || level < least)) {
                least = level;
            }
        }
        return least;
    }
}
