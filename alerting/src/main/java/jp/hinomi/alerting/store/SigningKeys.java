package jp.hinomi.alerting.store;

import java.security.SecureRandom;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys that this city signs with; made once and the same for every instance. Thread-safe. */
public final class SigningKeys {
    private static final int BYTES = 32;
    private final JdbcClient jdbc;

    public SigningKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key for that purpose, 256 random bits; made if there is none yet. */
    public byte[] keyFor(String purpose, Instant now) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        jdbc.sql("""
                insert into signing_key (purpose, secret, created_at) values (:purpose, :secret, :now)
                on conflict (purpose) do nothing""")
                .param("purpose", purpose)
                .param("secret", fresh)
                .param("now", Columns.time(now))
                .update();
        return jdbc.sql("select secret from signing_key where purpose = :purpose")
                .param("purpose", purpose)
                .query((row, number) -> row.getBytes("secret"))
                .single();
    }
}
