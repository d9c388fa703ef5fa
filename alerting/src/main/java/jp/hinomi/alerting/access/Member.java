package jp.hinomi.alerting.access;

import java.util.Objects;
import java.util.Optional;

/**
 * Somebody with an account.
 *
 * @param stakeholder id in the map of whom a {@link AccountRole#STAKEHOLDER} speaks for; absent for all other roles
 */
public record Member(String name, AccountRole role, Optional<String> stakeholder) {
    public Member {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(stakeholder, "stakeholder");
        if ((role == AccountRole.STAKEHOLDER) != stakeholder.isPresent()) {
            throw new IllegalArgumentException(
                    stakeholder.isPresent()
                            ? "only accounts of the role stakeholder are bound to one: take the stakeholder away"
                            : "an account of the role stakeholder is bound to one: give the stakeholder's id in the map");
        }
    }

    /** How the audit log and timelines name it. */
    public String actor() {
        return "account:" + name;
    }
}
