package jp.hinomi.alerting.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tokens with which programs use the API for an account: each with the scopes that it was given, never with more than its account
 * may at the moment, until it expires or is revoked. Only hashes are kept. Thread-safe.
 */
public final class ApiTokens {
    /** Scanners for leaked secrets find them by this. */
    static final String PREFIX = "hinomi_";

    private static final int LENGTH = 40;

    /** What no program may do for anybody: it could make tokens, or accounts, for itself. */
    private static final Set<Permission> FOR_PEOPLE =
            EnumSet.of(Permission.OWN_ACCOUNT, Permission.SECOND_STEP, Permission.MANAGE_ACCOUNTS);

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public ApiTokens(JdbcClient jdbc, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Everything but the token itself, which nobody knows but whoever made it. */
    public record Row(
            long id,
            String account,
            String name,
            Set<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> revokedAt) {
        public boolean isValid(Instant now) {
            return revokedAt.isEmpty() && now.isBefore(expiresAt);
        }
    }

    /** What a token of the account can be given at the most. */
    public static Set<Permission> grantable(Member member) {
        EnumSet<Permission> grantable = EnumSet.noneOf(Permission.class);
        grantable.addAll(member.role().permissions());
        grantable.removeAll(FOR_PEOPLE);
        return grantable;
    }

    /**
     * A new token, shown once.
     *
     * @throws Refused if there is no name, or a scope that the account does not have, or it would live too long
     */
    public String create(Member of, String name, Set<String> scopes, Duration life, String actor, Instant now) {
        if (name.isBlank() || name.length() > 100) {
            throw new Refused(AccountReason.TOKEN_NAME, 100);
        }
        if (life.compareTo(Duration.ZERO) <= 0 || life.compareTo(LONGEST) > 0) {
            throw new Refused(AccountReason.TOKEN_LIFE, LONGEST.toDays());
        }
        Set<String> possible = new TreeSet<>();
        grantable(of).forEach(permission -> possible.add(permission.word()));
        if (scopes.isEmpty()) {
            throw new Refused(AccountReason.TOKEN_SCOPES, String.join(", ", possible));
        }
        scopes.stream().filter(scope -> !possible.contains(scope)).findFirst().ifPresent(scope -> {
            throw new Refused(AccountReason.TOKEN_SCOPE, of.name(), scope, String.join(", ", possible));
        });
        String token = PREFIX + Secrets.random(LENGTH);
        transaction.executeWithoutResult(status -> {
            long id = jdbc.sql("""
                    insert into api_token (account, name, hash, scopes, created_at, created_by, expires_at)
                    values (:account, :name, :hash, string_to_array(:scopes, ','), :now, :actor, :expires)
                    returning id""")
                    .param("account", of.name())
                    .param("name", Columns.text(name.strip()))
                    .param("hash", Secrets.hash(token))
                    .param("scopes", String.join(",", new TreeSet<>(scopes)))
                    .param("now", Columns.time(now))
                    .param("actor", actor)
                    .param("expires", Columns.time(now.plus(life)))
                    .query(Long.class)
                    .single();
            audit.record(
                    now,
                    actor,
                    "token.created",
                    "account:" + of.name(),
                    Map.of(
                            "token",
                            id,
                            "name",
                            name.strip(),
                            "scopes",
                            new TreeSet<>(scopes),
                            "expires",
                            now.plus(life).toString()));
        });
        return token;
    }

    /** @param permissions that are left of the token's scopes */
    record Bearer(long token, Member member, Set<Permission> permissions) {}

    /** Whose token it is; absent if it is none, or expired, revoked, or of an account that is disabled. */
    Optional<Bearer> bearer(String token, Instant now) {
        if (!token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        record Found(Bearer bearer, Optional<Instant> lastUsed) {}
        Optional<Found> found = jdbc.sql("""
                select t.id, t.scopes, t.last_used_at, a.name, a.role, a.stakeholder
                from api_token t join account a on a.name = t.account
                where t.hash = :hash and t.revoked_at is null and t.expires_at > :now and not a.disabled and not a.withdrawn""")
                .param("hash", Secrets.hash(token))
                .param("now", Columns.time(now))
                .query((row, number) -> {
                    Member member = Accounts.member(row);
                    EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
                    for (String scope : strings(row, "scopes")) {
                        Permission.ofWord(scope).ifPresent(permissions::add);
                    }
                    permissions.retainAll(grantable(member));
                    return new Found(
                            new Bearer(row.getLong("id"), member, permissions),
                            Columns.optionalInstant(row, "last_used_at"));
                })
                .optional();
        found.filter(one -> one.lastUsed().isEmpty() || one.lastUsed().get().isBefore(now.minus(SEEN_EVERY)))
                .ifPresent(one -> jdbc.sql("update api_token set last_used_at = :now where id = :id")
                        .param("now", Columns.time(now))
                        .param("id", one.bearer().token())
                        .update());
        return found.map(Found::bearer);
    }

    /** The newest first. @param account absent = of all */
    public List<Row> of(Optional<String> account) {
        return jdbc.sql("""
                select * from api_token where :account::text is null or account = :account
                order by revoked_at is not null, id desc limit 500""")
                .param("account", account.orElse(null), java.sql.Types.VARCHAR)
                .query((row, number) -> new Row(
                        row.getLong("id"),
                        row.getString("account"),
                        row.getString("name"),
                        new TreeSet<>(strings(row, "scopes")),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "expires_at"),
                        Columns.optionalInstant(row, "last_used_at"),
                        Columns.optionalInstant(row, "revoked_at")))
                .list();
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    /** False if there is none of that number that is not revoked. @param account absent = of anybody */
    public boolean revoke(Optional<String> account, long id, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<String> revoked = jdbc.sql("""
                    update api_token set revoked_at = :now, revoked_by = :actor
                    where id = :id and revoked_at is null and (:account::text is null or account = :account)
                    returning account""")
                    .param("now", Columns.time(now))
                    .param("actor", actor)
                    .param("id", id)
                    .param("account", account.orElse(null), java.sql.Types.VARCHAR)
                    .query(String.class)
                    .optional();
            revoked.ifPresent(
                    owner -> audit.record(now, actor, "token.revoked", "account:" + owner, Map.of("token", id)));
            return revoked.isPresent();
        }));
    }
}
