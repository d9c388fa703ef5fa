package jp.hinomi.alerting.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;

/**
 * Tokens of LINE WORKS service accounts: a statement of ours, signed with the account's key (JWT, RS256: RFC 7519, 7518), is
 * given for a token (RFC 7523), which is kept until shortly before its end. Thread-safe.
 */
final class LineWorksToken {
    private static final Duration STATEMENT = Duration.ofMinutes(30);

    /** A token is not used in the last moments of its life: the call would arrive after it. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final HttpSender http;
    private final Secrets secrets;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    LineWorksToken(HttpSender http, Secrets secrets) {
        this.http = http;
        this.secrets = secrets;
    }

    private record Token(String value, Instant until) {
        /** Without the token: objects get logged. */
        @Override
        public String toString() {
            return "token until " + until;
        }
    }

    /** A token, or why there is none. */
    sealed interface Got {
        record Token(String value) implements Got {
            @Override
            public String toString() {
                return "a token";
            }
        }

        record None(SendResult why) implements Got {}
    }

    Got get(Channel.LineWorks channel, Instant now) {
        Token known = tokens.get(name(channel));
        if (known != null && now.isBefore(known.until())) {
            return new Got.Token(known.value());
        }
        return fetch(channel, now);
    }

    /** The token was refused: the next call asks for another. */
    void forget(Channel.LineWorks channel) {
        tokens.remove(name(channel));
    }

    private static String name(Channel.LineWorks channel) {
        return channel.auth() + " " + channel.clientId() + " " + channel.serviceAccount();
    }

    private Got fetch(Channel.LineWorks channel, Instant now) {
        Secrets.Lookup secret = secrets.find(channel.clientSecret());
        Secrets.Lookup key = secrets.find(channel.privateKey());
        if (secret instanceof Secrets.Lookup.Missing missing) {
            return new Got.None(new SendResult.Refused(missing.reason()));
        }
        if (key instanceof Secrets.Lookup.Missing missing) {
            return new Got.None(new SendResult.Refused(missing.reason()));
        }
        String clientSecret = text((Secrets.Lookup.Found) secret);
        String assertion;
        try {
            assertion = statement(channel, PemKeys.privateKey(text((Secrets.Lookup.Found) key)), now);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Not the exception's words: they may repeat the key.
            return new Got.None(
                    new SendResult.Refused(
                            "what " + channel.privateKey()
                                    + " holds is no RSA key in PKCS #8 (BEGIN PRIVATE KEY): download it anew from the developer console"));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("assertion", assertion);
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("client_id", channel.clientId());
        form.put("client_secret", clientSecret);
        form.put("scope", "bot");
        HttpAnswer answer = http.send(HttpCall.post(
                channel.auth(),
                "application/x-www-form-urlencoded",
                encoded(form).getBytes(StandardCharsets.US_ASCII)));
        if (!(answer instanceof HttpAnswer.Answered answered) || !answered.isFine()) {
            return new Got.None(
                    prefixed(answer.hiding(List.of(clientSecret, assertion)).result()));
        }
        return read(channel, answered.words(), now);
    }

    private Got read(Channel.LineWorks channel, String words, Instant now) {
        JsonNode json;
        try {
            json = Columns.tree(words);
        } catch (RuntimeException e) {
            return new Got.None(new SendResult.Failed("the token service of LINE WORKS did not answer with JSON"));
        }
        String token = json.path("access_token").asText("");
        if (token.isEmpty()) {
            return new Got.None(new SendResult.Failed("the token service of LINE WORKS gave no token"));
        }
        // A number, or a number in quotes.
        long seconds = json.path("expires_in").asLong(3600);
        Instant until = now.plusSeconds(Math.max(60, seconds)).minus(MARGIN);
        tokens.put(name(channel), new Token(token, until));
        return new Got.Token(token);
    }

    private static SendResult prefixed(SendResult result) {
        String words = "no token from LINE WORKS: " + result.detail();
        if (result instanceof SendResult.Failed failed) {
            return new SendResult.Failed(words, failed.retryAfter());
        }
        return new SendResult.Refused(words + ". Check client-id, client-secret, service-account and private-key");
    }

    static String statement(Channel.LineWorks channel, PrivateKey key, Instant now) throws GeneralSecurityException {
        String header = Columns.json(Map.of("alg", "RS256", "typ", "JWT"));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", channel.clientId());
        claims.put("sub", channel.serviceAccount());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(STATEMENT).getEpochSecond());
        String signed = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(Columns.json(claims).getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String text(Secrets.Lookup.Found found) {
        return new String(found.key(), StandardCharsets.UTF_8);
    }
}
