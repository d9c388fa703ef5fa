package jp.hinomi.alerting.security;

import java.time.Instant;
import java.util.Locale;

/** An authenticator app: reads the secret as it is shown, and says the code. */
public final class TotpCodes {
    private TotpCodes() {}

    public static String now(String base32, Instant at) {
        int bytes = base32.length() * 5 / 8;
        java.math.BigInteger value = java.math.BigInteger.ZERO;
        for (char letter : base32.toUpperCase(Locale.ROOT).toCharArray()) {
            value = value.shiftLeft(5)
                    .add(java.math.BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
        }
        value = value.shiftRight(base32.length() * 5 - bytes * 8);
        byte[] secret = new byte[bytes];
        byte[] raw = value.toByteArray();
        for (int i = 1; i <= Math.min(bytes, raw.length); i++) {
            secret[bytes - i] = raw[raw.length - i];
        }
        return Totp.code(secret, at);
    }
}
