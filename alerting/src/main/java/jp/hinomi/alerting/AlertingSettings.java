package jp.hinomi.alerting;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.city.City;
import jp.hinomi.city.CityFiles;

/**
 * Everything that alerting needs from outside. Immutable; made with {@link #builder}.
 *
 * @param city the city's own files, already read
 * @param files the same as text, kept as a version of the responsibility map; absent = the city is no version
 * @param formats names of the log formats that sources of later versions may have; empty = any
 * @param kafka bootstrap servers of the broker that has the topic {@code alerts}
 * @param port of the console; 0 = any free one
 * @param bind address that the console listens on; absent = all
 * @param publicUrl under which people reach the console, for links in mails; absent = {@code http://localhost:PORT}
 * @param smtp where mail is handed over; absent = mail waits in the outbox and says so
 * @param mailFrom sender of every mail, {@code name <address>} or an address alone
 * @param apiToken bearer token that may use {@code /api/v1}; absent = only sessions may
 * @param oidc whose people may log in without a password here; absent = local accounts alone
 * @param rates how many requests are answered
 * @param delivery how patiently messages are delivered
 * @param proxy by which webhooks and chat messages leave; absent = straight
 * @param auditCheckpoints file to which checkpoints of the audit log are written as well
 * @param flink address of the REST API of the Flink that runs the job; absent = the console cannot tell how it fares
 * @param clock where the time comes from
 */
public record AlertingSettings(
        City city,
        Optional<CityFiles> files,
        Set<String> formats,
        String kafka,
        Database database,
        int port,
        Optional<String> bind,
        Optional<URI> publicUrl,
        Optional<SmtpSettings> smtp,
        String mailFrom,
        Optional<String> apiToken,
        Optional<OidcSettings> oidc,
        RateSettings rates,
        DeliverySettings delivery,
        Optional<ProxySettings> proxy,
        Optional<Path> auditCheckpoints,
        Optional<URI> flink,
        InstantSource clock) {

    /** Where Flyway finds the tables. */
    public static final String MIGRATIONS = "classpath:jp/hinomi/alerting/migration";

    public AlertingSettings {
        Objects.requireNonNull(city, "city");
        Objects.requireNonNull(files, "files");
        formats = Set.copyOf(formats);
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(oidc, "oidc");
        Objects.requireNonNull(rates, "rates");
        Objects.requireNonNull(delivery, "delivery");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(clock, "clock");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("console port " + port + " is not between 0 and 65535");
        }
        publicUrl.ifPresent(AlertingSettings::requireWeb);
        if (mailFrom.isBlank()) {
            throw new IllegalArgumentException("the sender of mails is empty: give an address");
        }
        apiToken.ifPresent(token -> {
            if (token.length() < 16) {
                throw new IllegalArgumentException("the API token is shorter than 16 characters: use a random one");
            }
        });
    }

    private static void requireWeb(URI url) {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("public URL " + url + " is not an http or https address");
        }
    }

    /** A PostgreSQL database that is ours alone; its tables are made and migrated at start. */
    public record Database(String jdbcUrl, String user, String password) {
        public Database {
            Objects.requireNonNull(jdbcUrl, "jdbcUrl");
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        /** Without the password: settings get logged. */
        @Override
        public String toString() {
            return jdbcUrl + " as " + user;
        }
    }

    public static Builder builder(City city, String kafka, Database database) {
        return new Builder(city, kafka, database);
    }

    /** Starts with the defaults of {@code hinomi up}. Not thread-safe. */
    public static final class Builder {
        private final City city;
        private CityFiles files;
        private Set<String> formats = Set.of();
        private final String kafka;
        private final Database database;
        private int port = 8080;
        private String bind;
        private URI publicUrl;
        private SmtpSettings smtp;
        private String mailFrom = "Hinomi <hinomi@localhost>";
        private String apiToken;
        private OidcSettings oidc;
        private RateSettings rates = RateSettings.STANDARD;
        private DeliverySettings delivery = DeliverySettings.standard();
        private ProxySettings proxy;
        private Path auditCheckpoints;
        private URI flink;
        private InstantSource clock = InstantSource.system();

        private Builder(City city, String kafka, Database database) {
            this.city = city;
            this.kafka = kafka;
            this.database = database;
        }

        /** The text of the city that was given, and which formats its sources may have. */
        public Builder files(CityFiles texts, Set<String> known) {
            files = texts;
            formats = known;
            return this;
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder bind(String address) {
            bind = address;
            return this;
        }

        public Builder publicUrl(URI url) {
            publicUrl = url;
            return this;
        }

        public Builder smtp(SmtpSettings settings) {
            smtp = settings;
            return this;
        }

        public Builder mailFrom(String sender) {
            mailFrom = sender;
            return this;
        }

        public Builder apiToken(String token) {
            apiToken = token;
            return this;
        }

        public Builder oidc(OidcSettings provider) {
            oidc = provider;
            return this;
        }

        public Builder rates(RateSettings settings) {
            rates = settings;
            return this;
        }

        public Builder delivery(DeliverySettings settings) {
            delivery = settings;
            return this;
        }

        public Builder proxy(ProxySettings settings) {
            proxy = settings;
            return this;
        }

        /** First and longest pause between attempts, the rest as it is by default. */
        public Builder retry(Duration first, Duration longest) {
            delivery = delivery.withRetry(first, longest);
            return this;
        }

        public Builder auditCheckpoints(Path file) {
            auditCheckpoints = file;
            return this;
        }

        public Builder flink(URI rest) {
            flink = rest;
            return this;
        }

        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        public AlertingSettings build() {
            return new AlertingSettings(
                    city,
                    Optional.ofNullable(files),
                    formats,
                    kafka,
                    database,
                    port,
                    Optional.ofNullable(bind),
                    Optional.ofNullable(publicUrl),
                    Optional.ofNullable(smtp),
                    mailFrom,
                    Optional.ofNullable(apiToken),
                    Optional.ofNullable(oidc),
                    rates,
                    delivery,
                    Optional.ofNullable(proxy),
                    Optional.ofNullable(auditCheckpoints),
                    Optional.ofNullable(flink),
                    clock);
        }
    }
}
