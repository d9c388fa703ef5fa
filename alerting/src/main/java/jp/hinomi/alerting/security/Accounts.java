package jp.hinomi.alerting.security;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** Local accounts of the console; passwords are stored as bcrypt hashes only. Thread-safe. */
public final class Accounts implements UserDetailsService {
    /** Without letters and digits that are read for one another: the password is typed from a screen once. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int LENGTH = 20;

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public Accounts(JdbcClient jdbc, PasswordEncoder encoder, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Makes the account {@code admin} if there is no account at all. Its password, present only then. */
    public Optional<String> createFirst(Instant now) {
        long accounts =
                jdbc.sql("select count(*) from account").query(Long.class).single();
        return accounts > 0 ? Optional.empty() : create("admin", "admin", "system", now);
    }

    /** The random password, shown once; empty if there is such an account. */
    public Optional<String> create(String name, String role, String actor, Instant now) {
        String password = randomPassword();
        String hash = encoder.encode(password);
        return Boolean.TRUE.equals(transaction.execute(status -> {
                    boolean created = jdbc.sql("""
                            insert into account (name, password_hash, role, created_at)
                            values (:name, :hash, :role, :now) on conflict do nothing""")
                                    .param("name", name)
                                    .param("hash", hash)
                                    .param("role", role)
                                    .param("now", Columns.time(now))
                                    .update()
                            == 1;
                    if (created) {
                        audit.record(now, actor, "account.created", "account:" + name, Map.of("role", role));
                    }
                    return created;
                }))
                ? Optional.of(password)
                : Optional.empty();
    }

    private static String randomPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return jdbc.sql("select name, password_hash, role, disabled from account where name = :name")
                .param("name", Columns.text(name))
                .query((row, number) -> User.withUsername(row.getString("name"))
                        .password(row.getString("password_hash"))
                        .roles(row.getString("role").toUpperCase(Locale.ROOT).replace('-', '_'))
                        .disabled(row.getBoolean("disabled"))
                        .build())
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("no account of that name"));
    }
}
