package jp.hinomi.alerting.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.OidcSettings;
import jp.hinomi.alerting.ProxySettings;
import jp.hinomi.alerting.RateSettings;
import jp.hinomi.alerting.SmtpSettings;
import jp.hinomi.city.City;
import jp.hinomi.city.CityFiles;
import jp.hinomi.city.CityReader;

/**
 * Settings from environment variables, as containers get them: {@code HINOMI_KAFKA}, {@code HINOMI_CITY} (the folder),
 * {@code HINOMI_DATABASE_URL}, {@code _USER}, {@code _PASSWORD}, {@code HINOMI_PUBLIC_URL}, {@code HINOMI_SMTP_HOST},
 * {@code _PORT}, {@code _USER}, {@code _PASSWORD}, {@code _STARTTLS} ({@code required}, {@code offered}, {@code off}, {@code tls}),
 * {@code HINOMI_MAIL_FROM}, {@code HINOMI_CONSOLE_PORT}, {@code HINOMI_CONSOLE_BIND}, {@code HINOMI_API_TOKEN},
 * {@code HINOMI_FLINK_REST} (where Flink says how the job fares), and of an OpenID provider {@code HINOMI_OIDC_ISSUER},
 * {@code _CLIENT_ID}, {@code _CLIENT_SECRET}, {@code _ROLES}, {@code _ROLES_CLAIM}, {@code _NAME_CLAIM}, {@code _SCOPES},
 * {@code _LABEL}, {@code _ACR}, {@code _AMR}; {@code HINOMI_HTTPS_PROXY},
 * {@code _USER}, {@code _PASSWORD} and {@code HINOMI_NO_PROXY}; {@code HINOMI_API_REQUESTS_PER_MINUTE} and
 * {@code HINOMI_UNKNOWN_REQUESTS_PER_MINUTE}.
 */
public final class Environment {
    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    public static Environment of(Map<String, String> variables) {
        return new Environment(variables);
    }

    /**
     * All settings of a process of its own.
     *
     * @param warnings receives what is odd but usable in the city's files
     * @throws IllegalArgumentException naming the variable that is missing or wrong
     * @throws jp.hinomi.events.document.ProblemsException if the city's files have errors
     */
    public AlertingSettings settings(Consumer<String> warnings) {
        Path folder = Path.of(need("HINOMI_CITY", "the folder with the city's files"));
        CityFiles files = files(folder);
        City city = CityReader.read(folder, problem -> warnings.accept(problem.toString()));
        AlertingSettings.Builder builder = AlertingSettings.builder(
                        city,
                        need("HINOMI_KAFKA", "the broker, such as kafka:9092"),
                        new AlertingSettings.Database(
                                need("HINOMI_DATABASE_URL", "jdbc:postgresql://host:5432/hinomi"),
                                need("HINOMI_DATABASE_USER", "the database user"),
                                get("HINOMI_DATABASE_PASSWORD").orElse("")))
                .files(files, Set.of())
                .port(number("HINOMI_CONSOLE_PORT").orElse(8080));
        get("HINOMI_CONSOLE_BIND").ifPresent(builder::bind);
        applyTo(builder);
        return builder.build();
    }

    /** What {@code hinomi up} honours too: public address, mail, API token, OpenID provider and rates. Other settings are left as they are. */
    public void applyTo(AlertingSettings.Builder builder) {
        get("HINOMI_PUBLIC_URL").map(text -> url("HINOMI_PUBLIC_URL", text)).ifPresent(builder::publicUrl);
        get("HINOMI_MAIL_FROM").ifPresent(builder::mailFrom);
        get("HINOMI_API_TOKEN").ifPresent(builder::apiToken);
        get("HINOMI_AUDIT_CHECKPOINTS").map(Path::of).ifPresent(builder::auditCheckpoints);
        get("HINOMI_FLINK_REST").map(text -> url("HINOMI_FLINK_REST", text)).ifPresent(builder::flink);
        smtp().ifPresent(builder::smtp);
        oidc().ifPresent(builder::oidc);
        proxy().ifPresent(builder::proxy);
        builder.rates(new RateSettings(
                number("HINOMI_API_REQUESTS_PER_MINUTE").orElse(RateSettings.STANDARD.apiPerMinute()),
                number("HINOMI_UNKNOWN_REQUESTS_PER_MINUTE").orElse(RateSettings.STANDARD.unknownPerMinute())));
    }

    /**
     * Absent without {@code HINOMI_OIDC_ISSUER}.
     *
     * @throws IllegalArgumentException naming the variable that is missing or wrong
     */
    public Optional<OidcSettings> oidc() {
        return get("HINOMI_OIDC_ISSUER").map(issuer -> {
            String roles = need("HINOMI_OIDC_ROLES", "who may do what, such as soc=analyst; heads=csirt-lead");
            try {
                return new OidcSettings(
                        url("HINOMI_OIDC_ISSUER", issuer),
                        need("HINOMI_OIDC_CLIENT_ID", "the id that the OpenID provider knows Hinomi by"),
                        get("HINOMI_OIDC_CLIENT_SECRET"),
                        get("HINOMI_OIDC_LABEL"),
                        words("HINOMI_OIDC_SCOPES").map(Set::copyOf).orElse(OidcSettings.SCOPES),
                        get("HINOMI_OIDC_NAME_CLAIM").orElse(OidcSettings.NAME_CLAIM),
                        get("HINOMI_OIDC_ROLES_CLAIM").orElse(OidcSettings.ROLES_CLAIM),
                        grants(roles),
                        words("HINOMI_OIDC_ACR").orElse(List.of()),
                        Set.copyOf(words("HINOMI_OIDC_AMR").orElse(List.of())));
            } catch (IllegalArgumentException e) {
                throw e.getMessage().startsWith("HINOMI_")
                        ? e
                        : new IllegalArgumentException("HINOMI_OIDC_…: " + e.getMessage(), e);
            }
        });
    }

    /**
     * Absent without {@code HINOMI_HTTPS_PROXY}.
     *
     * @throws IllegalArgumentException naming the variable that is wrong
     */
    public Optional<ProxySettings> proxy() {
        return get("HINOMI_HTTPS_PROXY").map(address -> {
            try {
                Optional<ProxySettings.Login> login = get("HINOMI_HTTPS_PROXY_USER")
                        .map(user -> new ProxySettings.Login(
                                user,
                                need("HINOMI_HTTPS_PROXY_PASSWORD", "a reference, such as file:/run/secrets/proxy")));
                return ProxySettings.of(address, login, words("HINOMI_NO_PROXY").orElse(List.of()));
            } catch (IllegalArgumentException e) {
                throw e.getMessage().startsWith("HINOMI_")
                        ? e
                        : new IllegalArgumentException("HINOMI_HTTPS_PROXY: " + e.getMessage(), e);
            }
        });
    }

    private static List<OidcSettings.Grant> grants(String roles) {
        try {
            return OidcSettings.grants(roles);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("HINOMI_OIDC_ROLES: " + e.getMessage(), e);
        }
    }

    /** Between blanks or commas. */
    private Optional<List<String>> words(String name) {
        return get(name).map(text -> List.of(text.strip().split("[\\s,]+")));
    }

    /** Absent without {@code HINOMI_SMTP_HOST}. */
    public Optional<SmtpSettings> smtp() {
        return get("HINOMI_SMTP_HOST").map(host -> {
            SmtpSettings.Security security = security();
            int usual = security == SmtpSettings.Security.TLS ? 465 : 587;
            return new SmtpSettings(
                    host,
                    number("HINOMI_SMTP_PORT").orElse(usual),
                    get("HINOMI_SMTP_USER")
                            .map(user -> new SmtpSettings.Login(
                                    user, get("HINOMI_SMTP_PASSWORD").orElse(""))),
                    security);
        });
    }

    private SmtpSettings.Security security() {
        String word = get("HINOMI_SMTP_STARTTLS").orElse("offered").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "required", "true", "yes" -> SmtpSettings.Security.STARTTLS_REQUIRED;
            case "offered" -> SmtpSettings.Security.STARTTLS_IF_OFFERED;
            case "off", "false", "no" -> SmtpSettings.Security.NONE;
            case "tls" -> SmtpSettings.Security.TLS;
            default ->
                throw new IllegalArgumentException(
                        "HINOMI_SMTP_STARTTLS is '" + word + "': use required, offered, off or tls");
        };
    }

    private static CityFiles files(Path folder) {
        try {
            return CityFiles.of(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("HINOMI_CITY is '" + folder + "': cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    private String need(String name, String what) {
        return get(name).orElseThrow(() -> new IllegalArgumentException(name + " is not set: " + what));
    }

    private Optional<Integer> number(String name) {
        return get(name).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " is '" + text + "': not a number", e);
            }
        });
    }

    private static URI url(String name, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is '" + text + "': not a URL", e);
        }
    }
}
