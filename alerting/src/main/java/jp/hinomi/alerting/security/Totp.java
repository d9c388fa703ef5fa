package jp.hinomi.alerting.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238 over RFC 4226): SHA-1, six digits, steps of 30 seconds, as authenticator apps take
 * for granted. Pure.
 */
public final class Totp {
    /** Seconds. */
    private static final long STEP = 30;

    private static final int DIGITS = 6;

    /** Steps before and after now that are taken too, for clocks that are off and people who type slowly. */
    private static final int TOLERANCE = 1;

    /** RFC 4648, which key URIs use. */
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /** The code of that moment. */
    static String code(byte[] secret, Instant at) {
        return code(secret, step(at), DIGITS);
    }

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP);
    }

    /** RFC 4226, section 5.3. */
    static String code(byte[] secret, long counter, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "RAW"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
            int offset = hash[hash.length - 1] & 0xf;
            int binary = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
            int modulus = 1;
            for (int i = 0; i < digits; i++) {
                modulus *= 10;
            }
            return String.format(Locale.ROOT, "%0" + digits + "d", binary % modulus);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /**
     * The step that the code belongs to.
     *
     * @param after steps up to this one are used up: a code that somebody looked over a shoulder for is worth nothing
     */
    static OptionalLong matching(byte[] secret, String code, Instant now, long after) {
        String digits = code.replaceAll("[\\s\\u3000-]", "");
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - TOLERANCE; step <= step(now) + TOLERANCE; step++) {
            // All are compared, so that the time taken says nothing.
            if (Secrets.same(code(secret, step, DIGITS), digits) && step > after) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** As people type it into an app that cannot read the picture. */
    public static String base32(byte[] secret) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int have = 0;
        for (byte each : secret) {
            bits = bits << 8 | each & 0xff;
            for (have += 8; have >= 5; have -= 5) {
                text.append(BASE32.charAt(bits >> have - 5 & 31));
            }
        }
        if (have > 0) {
            text.append(BASE32.charAt(bits << 5 - have & 31));
        }
        return text.toString();
    }
}
