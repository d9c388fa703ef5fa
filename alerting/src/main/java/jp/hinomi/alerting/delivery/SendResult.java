package jp.hinomi.alerting.delivery;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** How one attempt ended. {@code detail} is what the other side said, or why it could not be asked. */
public sealed interface SendResult {
    String detail();

    /** The other side has taken it over. */
    record Sent(String detail) implements SendResult {
        public Sent {
            Objects.requireNonNull(detail, "detail");
        }
    }

    /** It may work later. @param retryAfter the pause that the other side asked for */
    record Failed(String detail, Optional<Duration> retryAfter) implements SendResult {
        public Failed {
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        public Failed(String detail) {
            this(detail, Optional.empty());
        }
    }

    /** Trying again would not help: somebody must act first. @param gone the channel as a whole is no more */
    record Refused(String detail, boolean gone) implements SendResult {
        public Refused {
            Objects.requireNonNull(detail, "detail");
        }

        public Refused(String detail) {
            this(detail, false);
        }
    }
}
