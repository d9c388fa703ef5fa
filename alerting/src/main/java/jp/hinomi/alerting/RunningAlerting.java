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
     * The password of the account {@code admin}, present only if this start made one: at the very first, and again as long
     * as nobody has said that it was shown. It is stored nowhere but as a hash: print it, then call
     * {@link #initialAdminPasswordShown}.
     */
    Optional<String> initialAdminPassword();

    /** The first password was printed: the next start makes no other. */
    void initialAdminPasswordShown();

    /** Looks at once at what is due, for whoever moves the clock; it is looked at twice a second anyway. */
    void timePassed();

    /** Takes no more alerts, lets a delivery that is under way finish, closes the console. */
    @Override
    void close();
}
