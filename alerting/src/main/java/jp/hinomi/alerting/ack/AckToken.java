package jp.hinomi.alerting.ack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.hinomi.events.Tlp;

/**
 * Lets one contact answer for one alert without a login, until it expires. Signed, so that nobody can make one: HMAC-SHA256
 * (RFC 2104) over the payload.
 *
 * @param expires in whole seconds
 * @param way the most restricted information that could be sent the way on which the link goes, which is what its page may show;
 *     absent = whatever the least of the contact's ways may carry, as of links that were sent before there was such a mark
 */
public record AckToken(String alertId, String contactId, Instant expires, Optional<Tlp> way) {
    /** Signed into every payload, so that a key is never valid for another kind of token. */
    private static final String KIND = "ack1";

    /** The same with the {@link #way}. */
    private static final String KIND_WITH_WAY = "ack2";

    /** Of links for text messages, whose signature stands alone. */
    private static final String KIND_SHORT = "ack3";

    /** Characters of a short link: 128 bits of its signature, which nobody guesses. */
    public static final int SHORT = 22;

    private static final int SHORT_BYTES = 16;

    public AckToken {
        Objects.requireNonNull(alertId, "alertId");
        Objects.requireNonNull(contactId, "contactId");
        Objects.requireNonNull(way, "way");
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
        String payload =
                Base64.getUrlEncoder().withoutPadding().encodeToString(text().getBytes(StandardCharsets.UTF_8));
        return payload + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(payload, key));
    }

    /**
     * The signature alone, safe in a URL path: for text messages, which have no room for more. Whoever reads it needs to know what it
     * signs. {@value #SHORT} characters.
     */
    public String writeShort(byte[] key) {
        String signed = KIND_SHORT + "\n" + text();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sign(signed, key), SHORT_BYTES));
    }

    /** Whether the text has the form of {@link #writeShort}. */
    public static boolean isShort(String text) {
        return text.length() == SHORT && text.indexOf('.') < 0;
    }

    /** Whether a short text is the signature of this. Takes the same time whatever is wrong. */
    public boolean isSignedBy(String text, byte[] key) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.UTF_8), writeShort(key).getBytes(StandardCharsets.UTF_8));
    }

    /** What it is at that time. */
    Reading standing(Instant now) {
        return now.isBefore(expires) ? new Reading.Valid(this) : new Reading.Expired(this);
    }

    private String text() {
        String end = Long.toString(expires.getEpochSecond());
        return way.map(tlp -> String.join("\n", KIND_WITH_WAY, alertId, contactId, end, tlp.word()))
                .orElseGet(() -> String.join("\n", KIND, alertId, contactId, end));
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
        boolean withWay = parts.length == 5 && KIND_WITH_WAY.equals(parts[0]);
        if (!withWay && !(parts.length == 4 && KIND.equals(parts[0]))) {
            return new Reading.Forged();
        }
        AckToken token = new AckToken(
                parts[1],
                parts[2],
                Instant.ofEpochSecond(Long.parseLong(parts[3])),
                withWay ? Optional.of(Tlp.ofWord(parts[4])) : Optional.empty());
        return token.standing(now);
    }

    private static byte[] sign(String payload, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
