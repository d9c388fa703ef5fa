package jp.hinomi.city;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import jp.hinomi.events.signing.VerifyingKey;

/**
 * A key that may publish rules for the city.
 *
 * @param owner id of the stakeholder who has its private half
 * @param packs that it may publish; empty = any
 */
public record RuleKey(String owner, VerifyingKey key, List<String> packs) implements Serializable {
    public RuleKey {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(key, "key");
        packs = List.copyOf(packs);
    }

    public boolean mayPublish(String pack) {
        return packs.isEmpty() || packs.contains(pack);
    }
}
