package jp.hinomi.alerting.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.text.VisibleText;

/** What came of a request. */
sealed interface HttpAnswer {
    /** What the outbox makes of it. */
    SendResult result();

    /** The same without those secrets: they are taken out before anything is cut, since half a secret is still one. */
    HttpAnswer hiding(List<String> secrets);

    /**
     * The other side answered.
     *
     * @param words the beginning of the body
     * @param location of a redirect, which is never followed
     */
    record Answered(int status, String words, Optional<Duration> retryAfter, Optional<String> location)
            implements HttpAnswer {
        private static final int SHOWN = 300;

        public Answered {
            Objects.requireNonNull(words, "words");
        }

        @Override
        public Answered hiding(List<String> secrets) {
            return new Answered(
                    status,
                    Hidden.in(words, secrets),
                    retryAfter,
                    location.map(address -> Hidden.in(address, secrets)));
        }

        boolean isFine() {
            return status / 100 == 2;
        }

        /**
         * 2xx is sent. 408, 425, 429 (RFC 9110, 8470, 6585) and 5xx may pass; 410 says that the channel is gone for good; every
         * other 4xx would be the same the next time.
         */
        @Override
        public SendResult result() {
            if (isFine()) {
                return new SendResult.Sent("HTTP " + status);
            }
            if (status / 100 == 3) {
                return new SendResult.Refused("HTTP " + status
                        + ": redirects are not followed, enter the final address ("
                        + location.map(address -> VisibleText.plain(address, SHOWN))
                                .orElse("none given")
                        + ")");
            }
            String detail = "HTTP " + status + (words.isBlank() ? "" : ": " + VisibleText.plain(words, SHOWN));
            return switch (status) {
                case 408, 425, 429 -> new SendResult.Failed(detail, retryAfter);
                case 410 ->
                    new SendResult.Refused(
                            detail + (words.isBlank() ? ": the receiver is gone, remove the channel" : ""), true);
                default ->
                    status / 100 == 4 ? new SendResult.Refused(detail) : new SendResult.Failed(detail, retryAfter);
            };
        }
    }

    /** Nobody answered, or not in time. */
    record Unreached(String why) implements HttpAnswer {
        @Override
        public Unreached hiding(List<String> secrets) {
            return new Unreached(Hidden.in(why, secrets));
        }

        @Override
        public SendResult result() {
            return new SendResult.Failed(why);
        }
    }

    /** It was not asked: that address is off limits, or no address at all. */
    record OffLimits(String why) implements HttpAnswer {
        @Override
        public OffLimits hiding(List<String> secrets) {
            return new OffLimits(Hidden.in(why, secrets));
        }

        @Override
        public SendResult result() {
            return new SendResult.Refused(why);
        }
    }
}
