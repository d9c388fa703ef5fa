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

    /** The account that is there from the beginning. */
    public static final String FIRST = "admin";

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

    /**
     * Makes the account {@code admin} if there is no account at all. A password that was made but never shown, because the
     * process ended before, is of no use to anybody and is made anew. Present only if there is one to show: then call
     * {@link #shown} once that is done.
     */
    public Optional<String> createFirst(Instant now) {
        long accounts =
                jdbc.sql("select count(*) from account").query(Long.class).single();
        if (accounts == 0) {
            return create(FIRST, "admin", "system", now);
        }
        return jdbc.sql("select name from account where name = :name and password_shown_at is null")
                .param("name", FIRST)
                .query(String.class)
                .optional()
                .map(name -> renew(name, "system", now));
    }

    /** Somebody has seen the password of the first account. */
    public void shown(Instant now) {
        jdbc.sql("update account set password_shown_at = :now where name = :name and password_shown_at is null")
                .param("now", Columns.time(now))
                .param("name", FIRST)
                .update();
    }

    /** A new random password, for who lost theirs; ends a lock as well. Makes the account, as {@code admin}, if there is none. */
    public String reset(String name, String actor, Instant now) {
        String password = create(name, "admin", actor, now).orElseGet(() -> renew(name, actor, now));
        jdbc.sql("update account set password_shown_at = :now where name = :name")
                .param("now", Columns.time(now))
                .param("name", name)
                .update();
        return password;
    }

    private String renew(String name, String actor, Instant now) {
        String password = randomPassword();
        setPassword(name, password, actor, "account.password-reset", now);
        return password;
    }

    /** Sets the password that somebody chose; false if the present one is another than {@code present}. */
    public boolean change(String name, String present, String chosen, Instant now) {
        boolean right = jdbc.sql("select password_hash from account where name = :name and not disabled")
                .param("name", name)
                .query(String.class)
                .optional()
                .filter(hash -> encoder.matches(present, hash))
                .isPresent();
        if (right) {
            setPassword(name, chosen, "account:" + name, "account.password-changed", now);
        }
        return right;
    }

    /** Whether a session that began then may go on: the account is there, not disabled, and has the password it had. */
    public boolean allows(String name, Instant loggedIn) {
        return jdbc.sql("""
                select 1 from account
                where name = :name and not disabled
                  and (password_changed_at is null or password_changed_at <= :since)""")
                .param("name", Columns.text(name))
                .param("since", Columns.time(loggedIn))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void setPassword(String name, String password, String actor, String action, Instant now) {
        String hash = encoder.encode(password);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update account set password_hash = :hash, password_changed_at = :now, failed_logins = 0,
                        last_failed_at = null, locked_until = null
                    where name = :name""")
                    .param("hash", hash)
                    .param("now", Columns.time(now))
                    .param("name", name)
                    .update();
            audit.record(now, actor, action, "account:" + name, Map.of());
        });
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
