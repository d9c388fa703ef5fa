package jp.hinomi.city;

import java.util.regex.Pattern;

/**
 * Where a key is found that the city's files name: {@code env:NAME} or {@code file:PATH}. What it leads to goes to the
 * receiver, so whoever writes the map must not be able to name what is Hinomi's own.
 */
public final class SecretReference {
    private static final Pattern WRITTEN = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*");

    /** Settings of Hinomi's parts, and what lies open in folders of the system: a process's variables among them. */
    private static final Pattern OURS = Pattern.compile(
            "env:HINOMI_(DATABASE|SMTP|OIDC|TLS|API|INGEST|KAFKA|AUDIT|HTTPS)(_.*)?|file:/+(\\.*/+)*(proc|sys|dev)(/.*)?");

    private SecretReference() {}

    static boolean isOne(String text) {
        return WRITTEN.matcher(text).matches();
    }

    /** Whether it names a secret of Hinomi's own. */
    public static boolean isOurs(String reference) {
        return OURS.matcher(reference).matches();
    }
}
