package jp.hinomi.alerting.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts of the console; passwords are stored as bcrypt hashes only. Thread-safe. */
public final class Accounts implements UserDetailsService {
    private static final int LENGTH = 20;

    /** Who changed an account whose provider says something else of it than before. */
    static final String PROVIDER = "openid-provider";

    private static final int MOST_NAMESAKES = 50;

    /** The account that is there from the beginning. */
    public static final String FIRST = "admin";

    /** Names of local accounts: they stand in addresses, in the audit log and in timelines. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,99}");

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final Sessions sessions;

    public Accounts(JdbcClient jdbc, PasswordEncoder encoder, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.audit = audit;
        this.transaction = transaction;
        this.sessions = new Sessions(jdbc, audit, transaction);
    }

    /**
     * An account for a list.
     *
     * @param local whether it has a password here; the others are known by an OpenID provider
     * @param withdrawn the provider says that it has no role any more
     */
    public record Row(
            Member member,
            boolean local,
            boolean disabled,
            boolean withdrawn,
            boolean secondFactor,
            boolean passwordGiven,
            Instant createdAt,
            Optional<Instant> seenAt,
            int sessions) {}

    /** Everybody, by name. */
    public List<Row> all(Instant now) {
        return jdbc.sql("""
                select a.*, s.seen_at, coalesce(s.open, 0) as open from account a left join (
                    select account, max(seen_at) as seen_at,
                        count(*) filter (where ended_at is null and seen_at > :idle) as open
                    from account_session group by account) s on s.account = a.name
                order by a.name limit 2000""")
                .param("idle", Columns.time(now.minus(Sessions.IDLE)))
                .query((row, number) -> new Row(
                        member(row),
                        "local".equals(row.getString("origin")),
                        row.getBoolean("disabled"),
                        row.getBoolean("withdrawn"),
                        row.getBytes("totp_secret") != null,
                        row.getBoolean("password_given"),
                        Columns.instant(row, "created_at"),
                        Columns.optionalInstant(row, "seen_at"),
                        row.getInt("open")))
                .list();
    }

    /** As whom the account acts; absent if there is none of that name. */
    public Optional<Member> find(String name) {
        return jdbc.sql(
                        "select name, role, stakeholder from account where name = :name and not disabled and not withdrawn")
                .param("name", Columns.text(name))
                .query((row, number) -> member(row))
                .optional();
    }

    /** Whether it has its password here. */
    public boolean isLocal(String name) {
        return has(name, "local");
    }

    private boolean has(String name, String origin) {
        return jdbc.sql("select 1 from account where name = :name and origin = :origin")
                .param("name", Columns.text(name))
                .param("origin", origin)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    static Member member(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return new Member(
                row.getString("name"),
                AccountRole.ofWord(role).orElseThrow(() -> new IllegalStateException("no role '" + role + "'")),
                Optional.ofNullable(row.getString("stakeholder")));
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
            return create(first(FIRST), false, "system", now);
        }
        return jdbc.sql(
                        "select name from account where name = :name and password_shown_at is null and origin = 'local'")
                .param("name", FIRST)
                .query(String.class)
                .optional()
                .map(name -> renew(name, false, "system", now));
    }

    private static Member first(String name) {
        return new Member(name, AccountRole.ADMIN, Optional.empty());
    }

    /** Somebody has seen the password of the first account. */
    public void shown(Instant now) {
        jdbc.sql("update account set password_shown_at = :now where name = :name and password_shown_at is null")
                .param("now", Columns.time(now))
                .param("name", FIRST)
                .update();
    }

    /**
     * A new random password, for who lost theirs; ends a lock, a second factor and all sessions as well, and enables the account.
     * Makes the account, as {@code admin}, if there is none.
     */
    public String reset(String name, String actor, Instant now) {
        String password = create(first(name), false, actor, now)
                .orElseGet(() -> transaction.execute(status -> {
                    jdbc.sql(
                                    "update account set disabled = false, withdrawn = false, origin = 'local', subject = null, password_hash = '' where name = :name")
                            .param("name", name)
                            .update();
                    return renew(name, false, actor, now);
                }));
        jdbc.sql("update account set password_shown_at = :now where name = :name")
                .param("now", Columns.time(now))
                .param("name", name)
                .update();
        return password;
    }

    /** A password to hand over, with which its owner can do nothing but choose another; absent if there is no such local account. */
    public Optional<String> hand(String name, String actor, Instant now) {
        return jdbc.sql("select name from account where name = :name and origin = 'local'")
                .param("name", Columns.text(name))
                .query(String.class)
                .optional()
                .map(there -> renew(there, true, actor, now));
    }

    private String renew(String name, boolean given, String actor, Instant now) {
        String password = Secrets.random(LENGTH);
        String hash = encoder.encode(password);
        transaction.executeWithoutResult(status -> {
            setPassword(name, hash, given, Optional.empty(), actor, "account.password-reset", now);
            // Who lost the telephone with the codes asks for this as well.
            SecondFactor.remove(jdbc, name);
        });
        return password;
    }

    /**
     * Sets the password that somebody chose; false if the present one is another than {@code present}.
     *
     * @param session that goes on; the sessions of all others end
     */
    public boolean change(String name, String present, String chosen, Optional<String> session, Instant now) {
        boolean right = jdbc.sql(
                        "select password_hash from account where name = :name and not disabled and origin = 'local'")
                .param("name", name)
                .query(String.class)
                .optional()
                .filter(hash -> encoder.matches(present, hash))
                .isPresent();
        if (right) {
            String hash = encoder.encode(chosen);
            transaction.executeWithoutResult(status ->
                    setPassword(name, hash, false, session, "account:" + name, "account.password-changed", now));
        }
        return right;
    }

    private void setPassword(
            String name,
            String hash,
            boolean given,
            Optional<String> session,
            String actor,
            String action,
            Instant now) {
        jdbc.sql("""
                update account set password_hash = :hash, password_given = :given, password_changed_at = :now,
                    failed_logins = 0, last_failed_at = null, locked_until = null
                where name = :name""")
                .param("hash", hash)
                .param("given", given)
                .param("now", Columns.time(now))
                .param("name", name)
                .update();
        sessions.endAll(name, session, actor, now);
        audit.record(now, actor, action, "account:" + name, Map.of());
    }

    /**
     * The random password, shown once; empty if there is such an account.
     *
     * @param given whether its owner must choose another one at the first login
     * @throws Refused if it cannot have that name
     */
    public Optional<String> create(Member member, boolean given, String actor, Instant now) {
        if (!NAME.matcher(member.name()).matches()) {
            throw new Refused(AccountReason.NAME, member.name());
        }
        String password = Secrets.random(LENGTH);
        String hash = encoder.encode(password);
        return Boolean.TRUE.equals(transaction.execute(status -> {
                    boolean created = jdbc.sql("""
                            insert into account (name, password_hash, role, stakeholder, password_given, created_at)
                            values (:name, :hash, :role, :stakeholder, :given, :now) on conflict do nothing""")
                                    .param("name", member.name())
                                    .param("hash", hash)
                                    .param("role", member.role().word())
                                    .param("stakeholder", member.stakeholder().orElse(null), java.sql.Types.VARCHAR)
                                    .param("given", given)
                                    .param("now", Columns.time(now))
                                    .update()
                            == 1;
                    if (created) {
                        audit.record(now, actor, "account.created", "account:" + member.name(), detail(member));
                    }
                    return created;
                }))
                ? Optional.of(password)
                : Optional.empty();
    }

    private static Map<String, String> detail(Member member) {
        return member.stakeholder().isPresent()
                ? Map.of(
                        "role",
                        member.role().word(),
                        "stakeholder",
                        member.stakeholder().get())
                : Map.of("role", member.role().word());
    }

    /** What became of a change of an account. */
    public enum Change {
        DONE,
        UNKNOWN,
        /** Nobody would be left who could manage accounts. */
        LAST_ADMIN,
        /** The OpenID provider says what it may, anew at each login. */
        OF_PROVIDER
    }

    /** Gives the account another role; its sessions end, so that what they may is asked anew. */
    public Change setRole(Member member, String actor, Instant now) {
        if (has(member.name(), "oidc")) {
            return Change.OF_PROVIDER;
        }
        return edit(member.name(), member.role() != AccountRole.ADMIN, actor, now, () -> {
            jdbc.sql("update account set role = :role, stakeholder = :stakeholder where name = :name")
                    .param("role", member.role().word())
                    .param("stakeholder", member.stakeholder().orElse(null), java.sql.Types.VARCHAR)
                    .param("name", member.name())
                    .update();
            audit.record(now, actor, "account.role-changed", "account:" + member.name(), detail(member));
        });
    }

    public Change setDisabled(String name, boolean disabled, String actor, Instant now) {
        return edit(name, disabled, actor, now, () -> {
            jdbc.sql("update account set disabled = :disabled where name = :name")
                    .param("disabled", disabled)
                    .param("name", name)
                    .update();
            audit.record(now, actor, disabled ? "account.disabled" : "account.enabled", "account:" + name, Map.of());
        });
    }

    /** @param takesAway whether the account may be no admin afterwards */
    private Change edit(String name, boolean takesAway, String actor, Instant now, Runnable change) {
        return transaction.execute(status -> {
            // In one order, so that two admins cannot take each other's role away at the same time.
            List<String> admins = jdbc.sql(
                            "select name from account where role = 'admin' and not disabled order by name for update")
                    .query(String.class)
                    .list();
            if (takesAway && admins.equals(List.of(name))) {
                return Change.LAST_ADMIN;
            }
            boolean there = jdbc.sql("select name from account where name = :name for update")
                    .param("name", Columns.text(name))
                    .query(String.class)
                    .optional()
                    .isPresent();
            if (!there) {
                return Change.UNKNOWN;
            }
            change.run();
            sessions.endAll(name, Optional.empty(), actor, now);
            return Change.DONE;
        });
    }

    /**
     * The account of somebody whom an OpenID provider has just vouched for, made at the first time; what it may follows what the
     * provider says, and when that changes its other sessions end. Empty if an administrator has disabled it.
     *
     * @param subject issuer and subject: what the provider knows them by, whatever name they have today
     * @param granted the name counts for a new account alone
     * @param provider added to a name that somebody else has
     */
    Optional<Member> ofProvider(String subject, OidcAdmission.Granted granted, String provider, Instant now) {
        return transaction.execute(status -> {
            Optional<Provided> known = provided(subject);
            for (int number = 0; known.isEmpty() && number < MOST_NAMESAKES; number++) {
                insert(subject, namesake(granted.name(), provider, number), granted, now);
                known = provided(subject);
            }
            Provided account = known.orElseThrow(
                    () -> new IllegalStateException("no name is left that is like '" + granted.name() + "'"));
            Member member = new Member(account.member().name(), granted.role(), granted.stakeholder());
            if (!account.disabled() && (account.withdrawn() || !account.member().equals(member))) {
                jdbc.sql(
                                "update account set role = :role, stakeholder = :stakeholder, withdrawn = false where name = :name")
                        .param("role", member.role().word())
                        .param("stakeholder", member.stakeholder().orElse(null), java.sql.Types.VARCHAR)
                        .param("name", member.name())
                        .update();
                sessions.endAll(member.name(), Optional.empty(), PROVIDER, now);
                audit.record(now, PROVIDER, "account.role-changed", member.actor(), detail(member));
            }
            return account.disabled() ? Optional.empty() : Optional.of(member);
        });
    }

    private record Provided(Member member, boolean disabled, boolean withdrawn) {}

    private Optional<Provided> provided(String subject) {
        return jdbc.sql("select * from account where subject = :subject and origin = 'oidc' for update")
                .param("subject", subject)
                .query((row, number) ->
                        new Provided(member(row), row.getBoolean("disabled"), row.getBoolean("withdrawn")))
                .optional();
    }

    /** Two people may be called alike, and an account's name is what the audit log knows it by. */
    private static String namesake(String name, String provider, int number) {
        return number == 0 ? name : name + "@" + provider + (number == 1 ? "" : "." + number);
    }

    private void insert(String subject, String name, OidcAdmission.Granted granted, Instant now) {
        Member member = new Member(name, granted.role(), granted.stakeholder());
        int created = jdbc.sql("""
                        insert into account (name, origin, subject, role, stakeholder, created_at)
                        values (:name, 'oidc', :subject, :role, :stakeholder, :now) on conflict do nothing""")
                .param("name", name)
                .param("subject", subject)
                .param("role", member.role().word())
                .param("stakeholder", member.stakeholder().orElse(null), java.sql.Types.VARCHAR)
                .param("now", Columns.time(now))
                .update();
        if (created == 1) {
            audit.record(now, PROVIDER, "account.created", member.actor(), detail(member));
        }
    }

    /** The provider says that this subject has no role any more: its sessions end and its tokens rest. */
    void withdraw(String subject, Instant now) {
        transaction.executeWithoutResult(status -> provided(subject)
                .filter(account -> !account.withdrawn())
                .ifPresent(account -> {
                    String name = account.member().name();
                    jdbc.sql("update account set withdrawn = true where name = :name")
                            .param("name", name)
                            .update();
                    sessions.endAll(name, Optional.empty(), PROVIDER, now);
                    audit.record(now, PROVIDER, "account.withdrawn", "account:" + name, Map.of());
                }));
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return jdbc.sql("select * from account where name = :name and origin = 'local'")
                .param("name", Columns.text(name))
                .query((row, number) -> new AccountDetails(
                        member(row), row.getString("password_hash"), row.getBoolean("disabled"), step(row)))
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("no account of that name"));
    }

    private static AccountDetails.Step step(ResultSet row) throws SQLException {
        if (row.getBytes("totp_secret") != null) {
            return AccountDetails.Step.CODE;
        }
        return row.getBoolean("password_given") ? AccountDetails.Step.OWN_PASSWORD : AccountDetails.Step.NOTHING;
    }
}
