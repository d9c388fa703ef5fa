package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Compares tokens in a time that tells nothing about them: over their digests, which also hide the length. */
final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private final byte[] digest;

    BearerToken(String token) {
        this.digest = digest(token);
    }

    /** @param authorization the header's value, or null */
    boolean permits(String authorization) {
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return bearer
                && MessageDigest.isEqual(
                        digest, digest(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
