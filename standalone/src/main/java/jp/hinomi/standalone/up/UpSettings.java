package jp.hinomi.standalone.up;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.SmtpSettings;

/**
 * What {@code hinomi up} was asked to run.
 *
 * @param data folder of everything that must survive a restart
 * @param city folder of the city's files
 * @param rules files and folders of Sigma rules
 * @param listen address of the receivers and of the console; Kafka, PostgreSQL and Flink are on loopback only
 * @param outOfOrder how late a log line may be and still be correlated in order
 * @param environment variables, for mail, tokens and the public address
 * @param smtp takes the place of what the environment says about mail
 * @param geoip databases of addresses; may be none
 * @param receivers ways in beside syslog over UDP and TCP and HTTP
 */
public record UpSettings(
        Path data,
        Path city,
        List<Path> rules,
        UpPorts ports,
        String listen,
        Duration outOfOrder,
        Map<String, String> environment,
        Optional<SmtpSettings> smtp,
        ReceiverChoice receivers,
        List<Path> geoip) {
    static final String INGEST_TOKEN = "HINOMI_INGEST_TOKEN";

    /** Name of the database of alerting. */
    public static final String DATABASE = "hinomi";

    public UpSettings {
        data = data.toAbsolutePath().normalize();
        city = city.toAbsolutePath().normalize();
        rules = List.copyOf(rules);
        geoip = geoip.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(outOfOrder, "outOfOrder");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(smtp, "smtp");
        Objects.requireNonNull(receivers, "receivers");
    }

    /** With only the ways in that are always open. */
    public UpSettings(
            Path data,
            Path city,
            List<Path> rules,
            UpPorts ports,
            String listen,
            Duration outOfOrder,
            Map<String, String> environment,
            Optional<SmtpSettings> smtp) {
        this(data, city, rules, ports, listen, outOfOrder, environment, smtp, ReceiverChoice.NONE, List.of());
    }

    /** The same with these databases of addresses. */
    public UpSettings withGeoip(List<Path> databases) {
        return new UpSettings(data, city, rules, ports, listen, outOfOrder, environment, smtp, receivers, databases);
    }

    /** The same with all mail going to another server. */
    public UpSettings withSmtp(SmtpSettings server) {
        return new UpSettings(
                data, city, rules, ports, listen, outOfOrder, environment, Optional.of(server), receivers, geoip);
    }

    /** The same with other ways in. */
    public UpSettings withReceivers(ReceiverChoice choice) {
        return new UpSettings(data, city, rules, ports, listen, outOfOrder, environment, smtp, choice, geoip);
    }

    /** The ingest token that the environment sets; without one a file keeps it. */
    Optional<String> ingestToken() {
        return Optional.ofNullable(environment.get(INGEST_TOKEN)).filter(token -> !token.isBlank());
    }

    /**
     * True if mail goes out to people, but the links in it lead to {@code localhost}: nobody elsewhere could open them. A
     * mail server given in the program, as for a demonstration, is on this machine.
     */
    boolean lacksPublicUrl() {
        return smtp.isEmpty() && isSet("HINOMI_SMTP_HOST") && !isSet("HINOMI_PUBLIC_URL");
    }

    private boolean isSet(String variable) {
        String value = environment.get(variable);
        return value != null && !value.isBlank();
    }

    /** Where PostgreSQL keeps its cluster below a data folder. */
    public static Path postgresFolder(Path data) {
        return data.resolve("postgresql");
    }

    /** Where checkpoints of the audit log are kept besides the database. */
    public static Path auditCheckpoints(Path data) {
        return data.resolve("audit-checkpoints.log");
    }

    public Path logFolder() {
        return data.resolve("log");
    }

    public Path secret(String name) {
        return data.resolve("secrets").resolve(name);
    }
}
