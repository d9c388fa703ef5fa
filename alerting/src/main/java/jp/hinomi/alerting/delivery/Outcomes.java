package jp.hinomi.alerting.delivery;

import java.time.Instant;

/** What follows from how a message ended; called in the transaction that writes it down. */
public interface Outcomes {
    /** The other side has taken it over. */
    void sent(Leased message, Instant now);

    /** It will not arrive, unless somebody sends it again. */
    void dead(Leased message, String reason, Instant now);
}
