package jp.hinomi.city;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** A way to reach a contact. */
public sealed interface Channel {
    /** The word in files: {@code email}, {@code webhook}. */
    String type();

    /** Where it goes, for people and records: an address without secrets. */
    String address();

    record Email(String address) implements Channel {
        public Email {
            Objects.requireNonNull(address, "address");
        }

        @Override
        public String type() {
            return "email";
        }
    }

    /**
     * A signed POST.
     *
     * @param secret where the signing key is found, {@code env:NAME} or {@code file:PATH}; never the key itself
     */
    record Webhook(URI url, Optional<String> secret) implements Channel {
        public Webhook {
            Objects.requireNonNull(url, "url");
        }

        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public String address() {
            return url.toString();
        }
    }
}
