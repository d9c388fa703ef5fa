package jp.hinomi.correlation.retro;

import java.time.Duration;
import java.util.Objects;
import jp.hinomi.city.City;

/**
 * How new indicators are looked up in the past.
 *
 * @param city says which resources events are about
 * @param groupId under which Kafka keeps how far indicators have been looked up
 * @param settle indicators are looked up together once no more have come for so long; after six times that no more are taken. Also
 *     the time in which the job takes up an indicator and the events that it read before reach their topic
 * @param mostIndicators that are looked up in one pass; more take several
 */
public record RetroSettings(String bootstrapServers, City city, String groupId, Duration settle, int mostIndicators) {
    public RetroSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrap servers");
        Objects.requireNonNull(city, "city");
        Objects.requireNonNull(groupId, "group id");
        if (settle.isNegative() || settle.isZero()) {
            throw new IllegalArgumentException("indicators settle in more than " + settle);
        }
        if (mostIndicators < 1) {
            throw new IllegalArgumentException("a pass looks up at least one indicator, not " + mostIndicators);
        }
    }

    /** Ten seconds to settle; 200,000 indicators at a time, which take about 100 MiB. */
    public static RetroSettings of(String bootstrapServers, City city) {
        return new RetroSettings(bootstrapServers, city, "hinomi-intel-retro", Duration.ofSeconds(10), 200_000);
    }
}
