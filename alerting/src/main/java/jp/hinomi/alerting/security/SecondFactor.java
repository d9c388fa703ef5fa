package jp.hinomi.alerting.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The second factor of local accounts: codes of an authenticator app ({@link Totp}), and recovery codes on paper for the day on
 * which the telephone is gone. Thread-safe.
 */
public final class SecondFactor {
    /** RFC 4226, section 4, R6: 160 bits are recommended. */
    private static final int SECRET_BYTES = 20;

    private static final int RECOVERY_CODES = 10;

    /** 60 bits: beyond guessing, so that a fast hash does. */
    private static final int RECOVERY_LENGTH = 12;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public SecondFactor(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** @param uri for the picture that apps read (key URI format) */
    public record Offer(String secret, String uri) {}

    /** Begins an enrolment; the factor counts from the first code that is shown of it. */
    public Offer offer(String account, String issuer) {
        byte[] secret = Secrets.bytes(SECRET_BYTES);
        jdbc.sql("update account set totp_offered = :secret where name = :name and origin = 'local'")
                .param("secret", secret)
                .param("name", account)
                .update();
        String text = Totp.base32(secret);
        return new Offer(
                text,
                "otpauth://totp/" + encode(issuer) + ":" + encode(account) + "?secret=" + text + "&issuer="
                        + encode(issuer));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether the account has one. */
    public boolean has(String account) {
        return jdbc.sql("select 1 from account where name = :name and totp_secret is not null")
                .param("name", account)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    public int recoveryCodesLeft(String account) {
        return jdbc.sql("select count(*) from account_recovery_code where account = :name and used_at is null")
                .param("name", account)
                .query(Integer.class)
                .single();
    }

    /** The recovery codes, shown once; empty if the code is not one of what was offered. */
    public Optional<List<String>> enrol(String account, String code, Instant now) {
        return transaction.execute(status -> {
            Optional<byte[]> offered = jdbc.sql(
                            "select totp_offered from account where name = :name and totp_offered is not null for update")
                    .param("name", account)
                    .query(byte[].class)
                    .optional();
            OptionalLong step =
                    offered.map(secret -> Totp.matching(secret, code, now, 0)).orElse(OptionalLong.empty());
            if (step.isEmpty()) {
                return Optional.empty();
            }
            jdbc.sql("""
                    update account set totp_secret = totp_offered, totp_offered = null, totp_last_step = :step
                    where name = :name""").param("step", step.getAsLong()).param("name", account).update();
            audit.record(now, "account:" + account, "account.second-factor-set", "account:" + account, Map.of());
            return Optional.of(recoveryCodes(account));
        });
    }

    private List<String> recoveryCodes(String account) {
        jdbc.sql("delete from account_recovery_code where account = :name")
                .param("name", account)
                .update();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String code = Secrets.randomLower(RECOVERY_LENGTH);
            jdbc.sql("insert into account_recovery_code (account, hash) values (:name, :hash)")
                    .param("name", account)
                    .param("hash", Secrets.hash(code))
                    .update();
            codes.add(code.replaceAll("(.{4})(?!$)", "$1-"));
        }
        return codes;
    }

    /** Whether the code is a right one now; it is used up with that, whether of the app or of the paper. */
    public boolean accept(String account, String code, Instant now) {
        return Boolean.TRUE.equals(
                transaction.execute(status -> ofApp(account, code, now) || ofPaper(account, code, now)));
    }

    private record Factor(byte[] secret, long lastStep) {}

    private boolean ofApp(String account, String code, Instant now) {
        OptionalLong step = jdbc.sql("""
                select totp_secret, totp_last_step from account
                where name = :name and totp_secret is not null and not disabled for update""")
                .param("name", account)
                .query((row, number) -> new Factor(row.getBytes("totp_secret"), row.getLong("totp_last_step")))
                .optional()
                .map(factor -> Totp.matching(factor.secret(), code, now, factor.lastStep()))
                .orElse(OptionalLong.empty());
        step.ifPresent(used -> jdbc.sql("update account set totp_last_step = :step where name = :name")
                .param("step", used)
                .param("name", account)
                .update());
        return step.isPresent();
    }

    private boolean ofPaper(String account, String code, Instant now) {
        String plain = code.toLowerCase(Locale.ROOT).replaceAll("[\\s\\u3000-]", "");
        boolean right = plain.length() == RECOVERY_LENGTH
                && jdbc.sql("""
                        update account_recovery_code set used_at = :now
                        where account = :name and hash = :hash and used_at is null""")
                                .param("now", Columns.time(now))
                                .param("name", account)
                                .param("hash", Secrets.hash(plain))
                                .update()
                        == 1;
        if (right) {
            audit.record(
                    now,
                    "account:" + account,
                    "account.recovery-code-used",
                    "account:" + account,
                    Map.of("left", recoveryCodesLeft(account)));
        }
        return right;
    }

    /** Takes it away, after a code of it was shown. */
    public boolean remove(String account, String code, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!accept(account, code, now)) {
                return false;
            }
            remove(jdbc, account);
            audit.record(now, actor, "account.second-factor-removed", "account:" + account, Map.of());
            return true;
        }));
    }

    static void remove(JdbcClient jdbc, String account) {
        jdbc.sql("""
                update account set totp_secret = null, totp_offered = null, totp_last_step = 0
                where name = :name""").param("name", account).update();
        jdbc.sql("delete from account_recovery_code where account = :name")
                .param("name", account)
                .update();
    }
}
