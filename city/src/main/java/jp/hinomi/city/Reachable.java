package jp.hinomi.city;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** How addresses of channels are written: e-mail, webhook, and where a key is found. */
final class Reachable {
    /** Narrower than RFC 5321: what mail servers in use accept, and nothing that could end a header line. */
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,62}(\\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*)?");

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

    /** Where the URL of a chat program's webhook is found: whoever knows it can write there, so it is a secret as a whole. */
    static String secretUrl(String text) {
        if (text.startsWith("https:") || text.startsWith("http:")) {
            throw new Mistake(
                    "secret-in-file",
                    "whoever knows this URL can write there, so it does not belong into a file",
                    "keep the URL in an environment variable or a file of its own and write env:NAME or file:/path");
        }
        return secret(text);
    }

    /** The path of a file, written as keys are: {@code file:/path}. */
    static String file(String text) {
        if (!text.matches("file:\\S.*")) {
            throw new Mistake("bad-file", "'" + text + "' names no file", "write file:/path");
        }
        return text;
    }

    /** An id that another service gave: it becomes part of addresses and tokens. */
    static String token(String text) {
        if (!text.matches("[A-Za-z0-9._@-]{1,200}")) {
            throw new Mistake(
                    "bad-token",
                    "'" + text + "' cannot be such an id",
                    "copy it as the service shows it: letters, digits, '.', '_', '@' and '-'; quote numbers");
        }
        return text;
    }

    /** A host name or an address. */
    static String host(String text) {
        return Addresses.parse(text)
                .map(address -> text)
                .or(() -> Hosts.normal(text))
                .orElseThrow(() ->
                        new Mistake("bad-host", "'" + text + "' is no host", "write siem.example.jp, or one address"));
    }

    static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new Mistake("bad-port", "'" + text + "' is no port", "write a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    static boolean yesOrNo(String text) {
        return switch (text) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new Mistake("bad-choice", "'" + text + "' is neither yes nor no", "write yes or no");
        };
    }

    /** {@code host:port}, several with commas. */
    static String bootstrap(String text) {
        for (String part : text.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            if (colon < 1) {
                throw new Mistake(
                        "bad-bootstrap",
                        "'" + part.strip() + "' names no host and port",
                        "write kafka-1.example.jp:9093, several with commas");
            }
            String host = part.substring(0, colon).strip();
            host(host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
            port(part.substring(colon + 1).strip());
        }
        return text.replace(" ", "");
    }

    /** As Kafka takes it. */
    static String topic(String text) {
        if (!text.matches("[A-Za-z0-9._-]{1,249}") || text.equals(".") || text.equals("..")) {
            throw new Mistake(
                    "bad-topic",
                    "'" + text + "' cannot be the name of a topic",
                    "use letters, digits, '.', '_' and '-', at most 249");
        }
        return text;
    }

    /** E.164, as gateways everywhere take it. */
    static String phone(String text) {
        if (!text.matches("\\+[1-9][0-9]{6,14}")) {
            throw new Mistake(
                    "bad-number",
                    "'" + text + "' is not an international telephone number",
                    text.matches("0[0-9-]{8,12}")
                            ? "did you mean '+81" + text.substring(1).replace("-", "") + "'? Quote it"
                            : "write it as \"+819012345678\": a plus sign, the country, the number without its 0");
        }
        return text;
    }

    /** Where a key is found. The text is not repeated in the message: it may be the key itself. */
    static String secret(String text) {
        if (SecretReference.isOurs(text)) {
            throw ours(text);
        }
        if (!SecretReference.isOne(text)) {
            throw new Mistake(
                    "secret-in-file",
                    "this names neither an environment variable nor a file",
                    "keep the secret out of this file and write env:NAME or file:/path");
        }
        return text;
    }

    /** What it leads to would go to the receiver. */
    static Mistake ours(String reference) {
        return new Mistake(
                "own-secret",
                "'" + reference + "' is a secret of Hinomi's own, which no receiver gets",
                "give the receiver a key of its own, in another variable or file");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
