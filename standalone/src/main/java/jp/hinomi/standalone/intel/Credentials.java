package jp.hinomi.standalone.intel;

import java.util.Map;
import java.util.Optional;
import jp.hinomi.ingest.intel.feed.HttpSource;

/** Logins at feeds. {@code env:NAME} takes a secret from the environment, where no list of processes shows it. */
public final class Credentials {
    private static final String ENVIRONMENT = "env:";

    private Credentials() {}

    /**
     * The value of the header {@code Authorization}.
     *
     * @param user {@code USER:PASSWORD}, either of which may be {@code env:NAME}, or all of it; null for none
     * @param token of a bearer, or {@code env:NAME}; null for none
     * @throws IllegalArgumentException if a variable is not set, or the password is missing
     */
    public static Optional<String> header(String user, String token, Map<String, String> environment) {
        if (token != null) {
            return Optional.of(HttpSource.bearer(secret(token, environment)));
        }
        if (user == null) {
            return Optional.empty();
        }
        String login = user;
        int colon = user.indexOf(':');
        if (user.startsWith(ENVIRONMENT) && user.indexOf(':', ENVIRONMENT.length()) < 0) {
            login = secret(user, environment);
            colon = login.indexOf(':');
        }
        if (colon < 1) {
            throw new IllegalArgumentException("--user needs a password: write NAME:env:VARIABLE, or NAME:PASSWORD");
        }
        return Optional.of(
                HttpSource.basic(login.substring(0, colon), secret(login.substring(colon + 1), environment)));
    }

    private static String secret(String text, Map<String, String> environment) {
        if (!text.startsWith(ENVIRONMENT)) {
            return text;
        }
        String name = text.substring(ENVIRONMENT.length());
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "the environment variable " + name + " is not set: set it to the secret");
        }
        return value;
    }
}
