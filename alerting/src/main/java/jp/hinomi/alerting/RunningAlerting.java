package jp.hinomi.alerting;

import java.net.URI;
import java.util.Optional;

/** Alerting that runs in this process. Thread-safe; {@link #close} ends it and may be called again. */
public interface RunningAlerting extends AutoCloseable {
    /** The port the console really listens on. */
    int port();

    /** Under which people reach the console. */
    URI publicUrl();

    /**
     * The password of the account {@code admin}, present only if this start created it. It is stored nowhere but as a
     * hash: print it once.
     */
    Optional<String> initialAdminPassword();

    /** Takes no more alerts, lets a delivery that is under way finish, closes the console. */
    @Override
    void close();
}
