package jp.hinomi.correlation.live;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.RuleKey;
import jp.hinomi.events.signing.SigningKey;

/**
 * Who publishes.
 *
 * @param name as people know it
 * @param product version of the program
 * @param key that signs; without one nobody who trusts only some keys takes what is published
 * @param trusted keys of others, whose publications count too
 * @param comment why; may be empty
 */
public record Author(String name, String product, Optional<SigningKey> key, List<RuleKey> trusted, String comment) {
    public Author {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(comment, "comment");
        trusted = List.copyOf(trusted);
    }

    /** Who does not sign. */
    public static Author unsigned(String name, String product) {
        return new Author(name, product, Optional.empty(), List.of(), "");
    }

    /** Whose publications this author builds on; without a key everybody's. */
    TrustedKeys trust() {
        return key.map(own -> new TrustedKeys(List.of(TrustedKeys.every(name, own.verifying()))).and(trusted))
                .orElse(TrustedKeys.EVERYBODY);
    }
}
