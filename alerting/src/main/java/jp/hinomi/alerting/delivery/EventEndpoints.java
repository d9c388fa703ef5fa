package jp.hinomi.alerting.delivery;

import java.net.URI;

/** Finds where the events of a webhook go now, and what signs them: what somebody mended counts for messages that wait. */
public interface EventEndpoints {
    /**
     * @param object {@code webhook:ID}
     * @param ping whether it is only tried out, which it may also be while it is suspended
     */
    Lookup find(String object, boolean ping);

    /** What a webhook leads to. */
    sealed interface Lookup {
        record Found(URI url, byte[] secret) implements Lookup {}

        /** @param reason why nothing is sent, and what to do */
        record Missing(String reason) implements Lookup {}
    }
}
