package jp.hinomi.alerting.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down from time to time how far the audit log has come: in the database, in the log of this process, and in a file
 * if one is named. Whoever can change the whole database could also change the first; a file on other storage, or the
 * collected logs, they cannot. Thread-safe; several instances may run.
 */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String PRIVATE = "audit-checkpoint";
    private static final String PUBLIC = "audit-checkpoint-public";

    private final JdbcClient jdbc;
    private final Optional<Path> file;

    public Checkpoints(JdbcClient jdbc, Optional<Path> file) {
        this.jdbc = jdbc;
        this.file = file;
    }

    private record Head(long seq, byte[] hash) {}

    /** One more if the log has grown. */
    public Optional<Checkpoint> write(Instant now) {
        Head head = jdbc.sql("select seq, hash from audit_head")
                .query((row, number) -> new Head(row.getLong("seq"), row.getBytes("hash")))
                .single();
        long last = jdbc.sql("select coalesce(max(seq), 0) from audit_checkpoint")
                .query(Long.class)
                .single();
        if (head.seq() <= last) {
            return Optional.empty();
        }
        keys(now);
        Checkpoint checkpoint = Checkpoint.sign(
                head.seq(), head.hash(), now.truncatedTo(ChronoUnit.MICROS), privateKey(), secret(PUBLIC));
        int added = jdbc.sql("""
                insert into audit_checkpoint (seq, hash, at, public_key, signature)
                values (:seq, :hash, :at, :key, :signature) on conflict do nothing""")
                .param("seq", checkpoint.seq())
                .param("hash", head.hash())
                .param("at", Columns.time(checkpoint.at()))
                .param("key", Base64.getDecoder().decode(checkpoint.key()))
                .param("signature", Base64.getDecoder().decode(checkpoint.signature()))
                .update();
        if (added == 0) {
            return Optional.empty(); // another instance was first
        }
        LOG.info("audit checkpoint {}", checkpoint.line());
        file.ifPresent(path -> append(path, checkpoint));
        return Optional.of(checkpoint);
    }

    private static void append(Path path, Checkpoint checkpoint) {
        try {
            Files.write(
                    path,
                    (checkpoint.line() + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            LOG.error("The audit checkpoint could not be written to {}: {}", path, e.toString());
        }
    }

    /** Those in the database, oldest first. */
    public List<Checkpoint> all() {
        return jdbc.sql("select seq, hash, at, public_key, signature from audit_checkpoint order by seq")
                .query((row, number) -> checkpoint(row))
                .list();
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getLong("seq"),
                HexFormat.of().formatHex(row.getBytes("hash")),
                Columns.instant(row, "at"),
                Base64.getEncoder().encodeToString(row.getBytes("public_key")),
                Base64.getEncoder().encodeToString(row.getBytes("signature")));
    }

    /** Both halves of the key in one statement, so that two instances cannot make halves of different ones. */
    private void keys(Instant now) {
        if (isThere()) {
            return;
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            jdbc.sql("""
                    insert into signing_key (purpose, secret, created_at)
                    values (:private, :secret, :now), (:public, :open, :now) on conflict do nothing""")
                    .param("private", PRIVATE)
                    .param("secret", pair.getPrivate().getEncoded())
                    .param("public", PUBLIC)
                    .param("open", pair.getPublic().getEncoded())
                    .param("now", Columns.time(now))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    private boolean isThere() {
        return jdbc.sql("select count(*) from signing_key where purpose in (:both)")
                        .param("both", Arrays.asList(PRIVATE, PUBLIC))
                        .query(Integer.class)
                        .single()
                == 2;
    }

    private byte[] secret(String purpose) {
        return jdbc.sql("select secret from signing_key where purpose = :purpose")
                .param("purpose", purpose)
                .query((row, number) -> row.getBytes("secret"))
                .single();
    }

    private PrivateKey privateKey() {
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(secret(PRIVATE)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of audit checkpoints is broken: " + e.getMessage(), e);
        }
    }
}
