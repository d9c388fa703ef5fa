package jp.hinomi.alerting.health;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.hinomi.city.City;

/**
 * Sends rejected records again. It needs to know where records belong before they are decoded, which is the business of another
 * module: whoever has both puts an implementation on the class path ({@link java.util.ServiceLoader}).
 */
public interface RejectSender {
    /**
     * Which.
     *
     * @param source id, {@code unknown} of records that nobody knows the source of; empty = all
     * @param kind as of {@link Reject#kind}; empty = all
     * @param sinceMillis rejected then or later
     * @param untilMillis rejected then or before: what came after a preview is not sent unseen
     */
    record Choice(String source, String kind, long sinceMillis, long untilMillis) {
        public Choice {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(kind, "kind");
        }

        /** Whether that record is meant. */
        public boolean accepts(Reject reject) {
            long at = reject.at().toEpochMilli();
            return at >= sinceMillis
                    && at <= untilMillis
                    && (source.isEmpty() || source.equals(reject.source()))
                    && (kind.isEmpty() || kind.equals(reject.kind()));
        }
    }

    /** Place of a record in the topic {@code rejects}. */
    record Place(int partition, long offset) {}

    /**
     * What would be sent.
     *
     * @param places in the order in which they are sent
     * @param topics how many go to each
     * @param replayed how many were sent before
     * @param cut how many of which only the beginning is there
     * @param homeless how many whose source nobody knows still
     */
    record Plan(List<Place> places, Map<String, Integer> topics, int replayed, int cut, int homeless) {
        public Plan {
            places = List.copyOf(places);
        }
    }

    /** Hears of what is stored. */
    interface Progress {
        /** @param done so many of the places, from the first */
        void at(int done);
    }

    /** @throws RuntimeException if Kafka cannot be asked, or somebody else sends at this moment: the message says what to do */
    Plan plan(String kafka, City city, Choice choice, int limit);

    /**
     * Sends exactly those, each once.
     *
     * @return false, and nothing is sent, if they are not what would be sent any more
     * @throws RuntimeException if Kafka does not take a record; what was sent by then is noted
     */
    boolean send(String kafka, City city, Choice choice, List<Place> places, Progress progress);
}
