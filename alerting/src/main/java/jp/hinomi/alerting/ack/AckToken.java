package jp.hinomi.alerting.ack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets one contact answer for one alert without a login, until it expires. Signed, so that nobody can make one: HMAC-SHA256
 * (RFC 2104) over the payload.
 *
 * @param expires in whole seconds
 */
public record AckToken(String alertId, String contactId, Instant expires) {
    /** Signed into every payload, so that a key is never valid for another kind of token. */
    private static final String KIND = "ack1";

    public AckToken {
        Objects.requireNonNull(alertId, "alertId");
        Objects.requireNonNull(contactId, "contactId");
        expires = Instant.ofEpochSecond(expires.getEpochSecond());
    }

    /** What a presented text turns out to be. */
    public sealed interface Reading {
        record Valid(AckToken token) implements Reading {}

        /** Ours, but its time is over. */
        record Expired(AckToken token) implements Reading {}

        /** Not ours, or cut off by a mail program. */
        record Forged() implements Reading {}
    }

    /** Safe in a URL path: {@code PAYLOAD.SIGNATURE}, both base64url without padding. */
    public String write(byte[] key) {
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\n", KIND, alertId, contactId, Long.toString(expires.getEpochSecond()))
                        .getBytes(StandardCharsets.UTF_8));
        return payload + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(payload, key));
    }

    public static Reading read(String text, byte[] key, Instant now) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return new Reading.Forged();
        }
        String payload = text.substring(0, dot);
        byte[] signature;
        try {
            signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
        } catch (IllegalArgumentException e) {
            return new Reading.Forged();
        }
        // The signature comes first and takes the same time whatever is wrong: nothing of a forged payload is looked
        // at.
        if (!MessageDigest.isEqual(signature, sign(payload, key))) {
            return new Reading.Forged();
        }
        String[] parts = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != 4 || !KIND.equals(parts[0])) {
            return new Reading.Forged();
        }
        AckToken token = new AckToken(parts[1], parts[2], Instant.ofEpochSecond(Long.parseLong(parts[3])));
        return now.isBefore(token.expires()) ? new Reading.Valid(token) : new Reading.Expired(token);
    }

    private static byte[] sign(String payload, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
