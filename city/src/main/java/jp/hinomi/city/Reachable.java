package jp.hinomi.city;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** How addresses of channels are written: e-mail, webhook, and where a key is found. */
final class Reachable {
    /** Narrower than RFC 5321: what mail servers in use accept, and nothing that could end a header line. */
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,62}(\\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*)?");

    private static final Pattern SECRET = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*");

    private Reachable() {}

    static String email(String text) {
        if (!EMAIL.matcher(text).matches() || text.length() > 254 || text.contains("..")) {
            throw new Mistake(
                    "bad-email", "'" + text + "' is not an e-mail address", "write it as name@domain, without a name");
        }
        return text;
    }

    /** An https URL; http only to this machine, where nobody is in between. */
    static URI url(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new Mistake("bad-url", "'" + text + "' is not a URL: " + e.getReason(), "write https://host/path");
        }
        if (url.getHost() == null || url.getScheme() == null) {
            throw new Mistake("bad-url", "'" + text + "' names no host", "write https://host/path");
        }
        if (url.getRawUserInfo() != null) {
            throw new Mistake(
                    "bad-url", "the URL carries a user name or password", "remove it and sign with 'secret: env:NAME'");
        }
        if (url.getScheme().equals("https") || (url.getScheme().equals("http") && isLoopback(url.getHost()))) {
            return url;
        }
        throw new Mistake(
                "insecure-url",
                "'" + text + "' does not use https",
                "use https; http is only accepted to localhost, 127.0.0.0/8 and [::1]");
    }

    /** Where a key is found. The text is not repeated in the message: it may be the key itself. */
    static String secret(String text) {
        if (!SECRET.matcher(text).matches()) {
            throw new Mistake(
                    "secret-in-file",
                    "this names neither an environment variable nor a file",
                    "keep the secret out of this file and write env:NAME or file:/path");
        }
        return text;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
