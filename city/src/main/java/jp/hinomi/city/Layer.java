package jp.hinomi.city;

import java.util.Optional;
import jp.hinomi.events.Topics;

/** The guideline's four categories of a smart city's parts. */
public enum Layer {
    GOVERNANCE,
    SERVICE,
    CITY_OS,
    ASSET;

    private final String word = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');

    /** The layer whose things write their logs to the topic; empty for topics of what watches all layers. */
    public static Optional<Layer> ofTopic(String topic) {
        return switch (topic) {
            case Topics.LOGS_SERVICE, Topics.LOGS_WAF -> Optional.of(SERVICE);
            case Topics.LOGS_CITY_OS, Topics.LOGS_GATEWAY -> Optional.of(CITY_OS);
            case Topics.LOGS_ASSET -> Optional.of(ASSET);
            default -> Optional.empty();
        };
    }

    /** The word in files: {@code city-os}. */
    public String word() {
        return word;
    }
}
