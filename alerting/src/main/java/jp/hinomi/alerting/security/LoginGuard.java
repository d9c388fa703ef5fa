package jp.hinomi.alerting.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.security.LoginLimits.Failures;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps passwords from being guessed. Attempts are counted per account, in the database, where all instances and restarts
 * see them, and per client address, in memory, so that one client cannot try many accounts. Every attempt counts as failed
 * until it turns out to be right, so that many at a time gain nothing. Thread-safe.
 */
public final class LoginGuard {
    /** Addresses that are remembered; the one that tried longest ago is forgotten first. Some 2 MB. */
    private static final int MAX_ADDRESSES = 10_000;

    /** Object of audit entries about names that no account has: people type passwords into the wrong field. */
    private static final String UNKNOWN = "account:?";

    private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*|[0-9]+(\\.[0-9]+){3}");

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    private final Map<String, Failures> addresses = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    public LoginGuard(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Whether the password of an attempt may be looked at. */
    public sealed interface Admission {
        record Admitted() implements Admission {}

        /** Too many wrong ones; none is looked at before that moment. */
        record Locked(Instant until) implements Admission {}
    }

    /** To be asked before any password is compared. */
    public Admission admit(String account, String client) {
        Instant now = clock.instant();
        String address = network(client);
        Optional<Instant> locked;
        synchronized (addresses) {
            Failures known = addresses.getOrDefault(address, Failures.NONE);
            locked = known.lockedAt(now);
            if (locked.isEmpty()) {
                addresses.put(address, known.plus(now));
            }
        }
        if (locked.isEmpty()) {
            locked = Objects.requireNonNull(transaction.execute(status -> count(account, now)));
        }
        return locked.<Admission>map(Admission.Locked::new).orElseGet(Admission.Admitted::new);
    }

    /** Until when the account is locked; if it is not, the attempt is counted. An account that is not there has no lock. */
    private Optional<Instant> count(String account, Instant now) {
        Optional<Failures> known = jdbc.sql("""
                select failed_logins, last_failed_at, locked_until from account where name = :name for update""")
                .param("name", Columns.text(account))
                .query((row, number) -> new Failures(
                        row.getInt("failed_logins"),
                        row.getTimestamp("last_failed_at") == null
                                ? Instant.MIN
                                : Columns.instant(row, "last_failed_at"),
                        row.getTimestamp("locked_until") == null ? null : Columns.instant(row, "locked_until")))
                .optional();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> locked = known.get().lockedAt(now);
        if (locked.isEmpty()) {
            Failures next = known.get().plus(now);
            jdbc.sql("""
                    update account set failed_logins = :count, last_failed_at = :now, locked_until = :until
                    where name = :name""")
                    .param("count", next.count())
                    .param("now", Columns.time(now))
                    .param(
                            "until",
                            next.lockedUntil() == null ? null : Columns.time(next.lockedUntil()),
                            java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("name", Columns.text(account))
                    .update();
        }
        return locked;
    }

    /** The password was right: account and address start afresh. */
    public void succeeded(String account, String client) {
        synchronized (addresses) {
            addresses.remove(network(client));
        }
        transaction.executeWithoutResult(status -> {
            clear(account);
            audit.record(
                    clock.instant(),
                    "account:" + account,
                    "login.succeeded",
                    "account:" + account,
                    Map.of("from", client));
        });
    }

    /** The same for what is no login: the attempt was right, and there is nothing more to say. */
    public void admitted(String account, String client) {
        synchronized (addresses) {
            addresses.remove(network(client));
        }
        clear(account);
    }

    private void clear(String account) {
        jdbc.sql("update account set failed_logins = 0, last_failed_at = null, locked_until = null where name = :name")
                .param("name", Columns.text(account))
                .update();
    }

    /** The password was wrong; what that costs was counted by {@link #admit}. */
    public void failed(String account, String client) {
        transaction.executeWithoutResult(status -> {
            Optional<Optional<Instant>> known = jdbc.sql("select locked_until from account where name = :name")
                    .param("name", Columns.text(account))
                    .query((row, number) -> row.getTimestamp("locked_until") == null
                            ? Optional.<Instant>empty()
                            : Optional.of(Columns.instant(row, "locked_until")))
                    .optional();
            String object = known.isPresent() ? "account:" + account : UNKNOWN;
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("from", client);
            known.flatMap(until -> until).ifPresent(until -> detail.put("locked_until", until.toString()));
            audit.record(clock.instant(), "somebody", "login.failed", object, detail);
        });
    }

    /** An IPv4 address, or the network of an IPv6 one: whoever has one of those has 2^64 addresses. */
    static String network(String client) {
        if (!NUMERIC.matcher(client).matches()) {
            return client; // a proxy that says "unknown"; never a name to be looked up
        }
        try {
            byte[] bytes = InetAddress.getByName(client).getAddress();
            return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (UnknownHostException e) {
            return client;
        }
    }
}
