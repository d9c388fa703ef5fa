package jp.hinomi.correlation.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.RuleKey;
import jp.hinomi.events.signing.VerifyingKey;

/** Whose publications count. @param keys without any, everybody's do. Immutable. */
public record TrustedKeys(List<RuleKey> keys) {
    public static final TrustedKeys EVERYBODY = new TrustedKeys(List.of());

    public TrustedKeys {
        keys = List.copyOf(keys);
    }

    /** True if what is not signed by one of the keys does not count. */
    public boolean isRequired() {
        return !keys.isEmpty();
    }

    public TrustedKeys and(List<RuleKey> others) {
        List<RuleKey> all = new ArrayList<>(keys);
        all.addAll(others);
        return new TrustedKeys(all);
    }

    /** Trusts one key for every pack. @param owner for people to read */
    public static RuleKey every(String owner, VerifyingKey key) {
        return new RuleKey(owner, key, List.of());
    }

    /**
     * Why a publication does not count; empty if it does.
     *
     * @param value as it stands in the topic
     * @param signature null if it has none
     * @param keyId null if none is named
     */
    Optional<String> doubt(Publication publication, byte[] value, byte[] signature, String keyId) {
        if (!isRequired()) {
            return Optional.empty();
        }
        if (signature == null) {
            return Optional.of("it is not signed");
        }
        List<RuleKey> named =
                keys.stream().filter(each -> each.key().id().equals(keyId)).toList();
        if (named.isEmpty()) {
            return Optional.of("it is signed with the key " + printable(keyId) + ", which nobody trusts");
        }
        List<RuleKey> signers = named.stream()
                .filter(each -> PublicationJson.isSigned(value, signature, each.key()))
                .toList();
        if (signers.isEmpty()) {
            return Optional.of("its signature does not fit what it says");
        }
        return signers.stream().anyMatch(each -> each.mayPublish(publication.pack()))
                ? Optional.empty()
                : Optional.of("the key " + keyId + " of " + signers.get(0).owner() + " may not publish this pack");
    }

    /** True if a signature that was found good with this key also holds for that pack; without trusted keys always. */
    boolean mayPublish(String keyId, String pack) {
        return !isRequired() || keys.stream().anyMatch(each -> each.key().id().equals(keyId) && each.mayPublish(pack));
    }

    /** Anybody may have written it. */
    private static String printable(String keyId) {
        return keyId == null
                ? "(none named)"
                : keyId.replaceAll("[^0-9A-Za-z]", "?").replaceAll("(.{32}).+", "$1…");
    }
}
