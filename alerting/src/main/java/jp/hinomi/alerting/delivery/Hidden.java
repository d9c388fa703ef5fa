package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of what the other side said: answers like to repeat what they were asked. Stateless. */
final class Hidden {
    private static final int SHORTEST = 4;

    private Hidden() {}

    static String in(String text, List<String> secrets) {
        String hidden = text;
        // The longest first: what a part of it would leave over is still part of a secret.
        for (String secret : secrets.stream()
                .filter(any -> any != null && any.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList()) {
            hidden = hidden.replace(secret, "•••");
        }
        return hidden;
    }

    /** What must not be repeated of an address that is a secret as a whole: itself, its path and its query. */
    static List<String> of(URI url) {
        List<String> secrets = new ArrayList<>(query(url));
        secrets.add(url.toString());
        secrets.add(url.getRawPath());
        secrets.add(url.getPath());
        return secrets;
    }

    /** The query of an address, where keys like to be: the whole and each value, as written and as meant. */
    static List<String> query(URI url) {
        List<String> secrets = new ArrayList<>();
        if (url.getRawQuery() == null) {
            return secrets;
        }
        secrets.add(url.getRawQuery());
        secrets.add(url.getQuery());
        for (String parameter : url.getRawQuery().split("&")) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            secrets.add(value);
            try {
                secrets.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // Not encoded: it is hidden as it stands.
            }
        }
        return secrets;
    }
}
