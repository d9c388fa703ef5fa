package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.ingest.geo.GeoDatabases;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.up.UpPorts;
import jp.hinomi.standalone.up.UpSettings;
import picocli.CommandLine.Option;

/** Options that {@code up} and {@code demo} share. */
final class UpOptions {
    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Option(names = "--rules", paramLabel = "DIR")
    private List<Path> rules = List.of(Installation.shippedRules());

    @Option(names = "--console-port", defaultValue = "8080", paramLabel = "PORT")
    private int console;

    @Option(names = "--kafka-port", defaultValue = "9092", paramLabel = "PORT")
    private int kafka;

    @Option(names = "--syslog-port", defaultValue = "5514", paramLabel = "PORT")
    private int syslog;

    @Option(names = "--http-port", defaultValue = "8088", paramLabel = "PORT")
    private int http;

    @Option(names = "--flink-port", defaultValue = "8081", paramLabel = "PORT")
    private int flink;

    @Option(names = "--geoip", paramLabel = "FILE")
    private List<Path> geoip = List.of();

    @Option(names = "--out-of-order", paramLabel = "TIME")
    private Duration outOfOrder;

    /** @param usualOutOfOrder where the user names none */
    UpSettings settings(Path data, String listen, Duration usualOutOfOrder, Map<String, String> environment) {
        GeoDatabases.check(geoip);
        return new UpSettings(
                        data,
                        city,
                        rules,
                        new UpPorts(console, kafka, syslog, http, flink),
                        listen,
                        outOfOrder == null ? usualOutOfOrder : outOfOrder,
                        environment,
                        Optional.empty())
                .withGeoip(geoip);
    }
}
