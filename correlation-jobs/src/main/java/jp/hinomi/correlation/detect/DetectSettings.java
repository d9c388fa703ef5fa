package jp.hinomi.correlation.detect;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.intel.IntelIndex;
import jp.hinomi.rules.Dialect;

/**
 * What {@code hinomi detect} is asked to do.
 *
 * @param city folder of the city's files, for resources and severities; without one alerts name no resources
 * @param rules files and folders of Sigma rules
 * @param dialect what the rules may use
 * @param format of all files
 * @param zone for time stamps that name none
 * @param charset of the text
 * @param files log files, one record per line; {@code -} is standard input
 * @param outOfOrder how far a line may lie behind the newest one before it in its file and still be correlated in order
 * @param parallelism at least 1; the result does not depend on it
 * @param geoip databases of addresses; may be none
 * @param indicators threat intelligence that events are compared with; may be empty
 * @param rejects receives what could not be decoded, with {@code file:line}; called from one thread
 */
public record DetectSettings(
        Optional<Path> city,
        List<Path> rules,
        Dialect dialect,
        String format,
        ZoneId zone,
        Charset charset,
        List<Path> files,
        Duration outOfOrder,
        int parallelism,
        List<Path> geoip,
        IntelIndex indicators,
        Consumer<RejectedLine> rejects) {
    public DetectSettings {
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(indicators, "indicators");
        Objects.requireNonNull(rejects, "rejects");
        rules = List.copyOf(rules);
        files = List.copyOf(files);
        geoip = List.copyOf(geoip);
        if (outOfOrder.isNegative()) {
            throw new IllegalArgumentException("the out-of-order bound is negative: " + outOfOrder);
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism " + parallelism + " is below 1");
        }
    }

    /** Without databases of addresses and threat intelligence. */
    public DetectSettings(
            Optional<Path> city,
            List<Path> rules,
            Dialect dialect,
            String format,
            ZoneId zone,
            Charset charset,
            List<Path> files,
            Duration outOfOrder,
            int parallelism,
            Consumer<RejectedLine> rejects) {
        this(
                city,
                rules,
                dialect,
                format,
                zone,
                charset,
                files,
                outOfOrder,
                parallelism,
                List.of(),
                new IntelIndex(),
                rejects);
    }

    /** Defaults: no threat intelligence, UTC, UTF-8, bound 10 s, parallelism 1, rejects ignored. */
    public static DetectSettings of(List<Path> rules, String format, List<Path> files) {
        return new DetectSettings(
                Optional.empty(),
                rules,
                Dialect.HINOMI,
                format,
                ZoneOffset.UTC,
                StandardCharsets.UTF_8,
                files,
                Duration.ofSeconds(10),
                1,
                List.of(),
                new IntelIndex(),
                rejected -> {});
    }

    /** @param origin {@code file:line} */
    public record RejectedLine(String origin, Decoding.Rejected reason) {}
}
