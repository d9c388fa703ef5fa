package jp.hinomi.events.signing;

import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The public half of an Ed25519 key (RFC 8032). Immutable and thread-safe.
 *
 * @param text base64 of its {@code SubjectPublicKeyInfo} (RFC 8410): one line of 60 characters, the body of the PEM file that
 *     {@code openssl pkey -pubout} writes
 */
public record VerifyingKey(String text) implements Serializable {
    static final String ALGORITHM = "Ed25519";

    private static final Pattern PEM_LINE = Pattern.compile("-----(BEGIN|END) PUBLIC KEY-----");
    private static final int ID_BYTES = 8;

    /** @throws IllegalArgumentException if it is no such key; the message says what was expected */
    public VerifyingKey {
        Objects.requireNonNull(text, "text");
        decoded(text);
    }

    /**
     * @param text the key, with or without the lines of PEM around it
     * @throws IllegalArgumentException if it is no such key
     */
    public static VerifyingKey of(String text) {
        return new VerifyingKey(PEM_LINE.matcher(text).replaceAll("").replaceAll("\\s", ""));
    }

    /** The first 16 hex digits of SHA-256 over the key: a name for people and logs; the key itself decides. */
    public String id() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(decoded(text).getEncoded());
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** True if whoever has the private half signed exactly this. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verification = Signature.getInstance(ALGORITHM);
            verification.initVerify(decoded(text));
            verification.update(message);
            return verification.verify(signature);
        } catch (SignatureException e) {
            return false; // no signature at all, such as one of another length
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    private static PublicKey decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
            if (key instanceof EdECPublicKey) {
                return key;
            }
        } catch (IllegalArgumentException | InvalidKeySpecException notAKey) {
            throw notAKey(notAKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
        throw notAKey(null);
    }

    private static IllegalArgumentException notAKey(Exception cause) {
        return new IllegalArgumentException(
                "not a public key of Ed25519: it is one line of base64 that begins with MCowBQYDK2VwAyEA", cause);
    }
}
