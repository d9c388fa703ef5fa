package jp.hinomi.ingest.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import jp.hinomi.events.Topics;

/** Reads the topic {@code rejects}. Stateless. */
public final class Rejects {
    /** Kinds beyond so many are counted together. */
    private static final int MOST_KINDS = 1_000;

    private static final Kind OTHER = new Kind("…", "…");

    /** What differs from record to record: quoted text, numbers, addresses. */
    private static final Pattern PARTICULAR =
            Pattern.compile("'[^']*'|\"[^\"]*\"|\\b[0-9a-fA-F:.]*[0-9][0-9a-fA-F:.]*\\b");

    private Rejects() {}

    /** What rejected records have in common. */
    public record Kind(String source, String reason) {
        public Kind {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(reason, "reason");
        }

        static Kind of(Reject reject) {
            String reason = PARTICULAR.matcher(reject.reason()).replaceAll("…");
            return new Kind(
                    reject.source().orElse(RejectFilter.UNKNOWN),
                    reason.length() > 200 ? reason.substring(0, 200) : reason);
        }
    }

    /** @param kinds how often each occurs, the most frequent first */
    public record Report(long total, List<Map.Entry<Kind, Long>> kinds, List<Reject> newest, Set<String> replayed) {}

    /**
     * @param limit how many records to keep, the newest
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public static Report read(String bootstrapServers, RejectFilter filter, int limit) {
        Map<Kind, Long> kinds = new HashMap<>();
        Deque<Reject> newest = new ArrayDeque<>();
        long[] total = new long[1];
        try (TopicScan scan = new TopicScan(bootstrapServers)) {
            Set<String> replayed = replayed(scan);
            scan.read(Topics.REJECTS, filter.sinceMillis(), record -> {
                Reject reject = new Reject(record);
                if (record.value() == null || !filter.accepts(reject)) {
                    return;
                }
                total[0]++;
                Kind kind = Kind.of(reject);
                kinds.merge(kinds.containsKey(kind) || kinds.size() < MOST_KINDS ? kind : OTHER, 1L, Long::sum);
                newest.addFirst(reject);
                if (newest.size() > limit) {
                    newest.removeLast();
                }
            });
            List<Map.Entry<Kind, Long>> byCount = new ArrayList<>(kinds.entrySet());
            byCount.sort(Map.Entry.<Kind, Long>comparingByValue()
                    .reversed()
                    .thenComparing(entry -> entry.getKey().source(), Comparator.naturalOrder()));
            List<Reject> sorted = new ArrayList<>(newest);
            sorted.sort(Comparator.comparingLong(Reject::millis).reversed());
            return new Report(total[0], byCount, sorted, replayed);
        }
    }

    /** Ids of the rejected records that have been sent again. */
    static Set<String> replayed(TopicScan scan) {
        Set<String> ids = new HashSet<>();
        scan.read(Topics.REJECTS_REPLAYED, 0, record -> {
            if (record.key() != null && record.value() != null) {
                ids.add(new String(record.key(), UTF_8));
            }
        });
        ids.remove(Intent.KEY);
        return ids;
    }
}
