package jp.hinomi.alerting.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;

/**
 * How far the audit log had come at a time, signed with Ed25519 (RFC 8032).
 *
 * @param seq number of the last row
 * @param hash of that row, in hex: it covers every row before
 * @param key the public key, X.509, base64
 * @param signature base64
 */
public record Checkpoint(long seq, String hash, Instant at, String key, String signature) {
    private static final String ALGORITHM = "Ed25519";

    public Checkpoint {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(signature, "signature");
    }

    static Checkpoint sign(long seq, byte[] hash, Instant at, PrivateKey key, byte[] publicKey) {
        String hex = HexFormat.of().formatHex(hash);
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(signed(seq, hex, at));
            return new Checkpoint(
                    seq,
                    hex,
                    at,
                    Base64.getEncoder().encodeToString(publicKey),
                    Base64.getEncoder().encodeToString(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with " + ALGORITHM, e);
        }
    }

    /** Whether the signature is one of the key over what it says. */
    public boolean isGenuine() {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
            verifier.update(signed(seq, hash, at));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] signed(long seq, String hash, Instant at) {
        return String.join("\n", "hinomi-audit-1", Long.toString(seq), hash, at.toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** One line of the file of checkpoints. */
    public String line() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seq", seq);
        json.put("hash", hash);
        json.put("at", at.toString());
        json.put("key", key);
        json.put("signature", signature);
        return Columns.json(json);
    }

    /** Empty if the line is none of ours. */
    public static Optional<Checkpoint> ofLine(String line) {
        try {
            JsonNode json = Columns.tree(line);
            return Optional.of(new Checkpoint(
                    json.path("seq").asLong(),
                    json.path("hash").asText(),
                    Instant.parse(json.path("at").asText()),
                    json.path("key").asText(),
                    json.path("signature").asText()));
        } catch (IllegalStateException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
