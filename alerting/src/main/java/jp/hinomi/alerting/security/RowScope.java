package jp.hinomi.alerting.security;

import java.util.Optional;
import java.util.function.Supplier;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;

/**
 * Whose rows the work of this thread may read: those of one stakeholder while a request of its account is answered, else all.
 * {@link PermissionGate} enters and leaves it, {@link ScopedDataSource} heeds it.
 */
public final class RowScope {
    private static final ThreadLocal<String> STAKEHOLDER = new ThreadLocal<>();

    private RowScope() {}

    static void enter(Optional<Member> member) {
        Optional<String> stakeholder =
                member.filter(one -> one.role() == AccountRole.STAKEHOLDER).flatMap(Member::stakeholder);
        if (stakeholder.isPresent()) {
            STAKEHOLDER.set(stakeholder.get());
        } else {
            STAKEHOLDER.remove();
        }
    }

    static void leave() {
        STAKEHOLDER.remove();
    }

    /** Reads in the name of a stakeholder what is sent to one of its programs. */
    public static <T> T of(String stakeholder, Supplier<T> reading) {
        String before = STAKEHOLDER.get();
        STAKEHOLDER.set(stakeholder);
        try {
            return reading.get();
        } finally {
            if (before == null) {
                STAKEHOLDER.remove();
            } else {
                STAKEHOLDER.set(before);
            }
        }
    }

    static Optional<String> current() {
        return Optional.ofNullable(STAKEHOLDER.get());
    }

    /**
     * Does work for a stakeholder that its account cannot do itself: writes an answer down, cuts out of an alert what it may see.
     * Only for an object of which a query within the scope has shown that it is theirs.
     */
    public static <T> T lifted(Supplier<T> work) {
        String stakeholder = STAKEHOLDER.get();
        STAKEHOLDER.remove();
        try {
            return work.get();
        } finally {
            if (stakeholder != null) {
                STAKEHOLDER.set(stakeholder);
            }
        }
    }
}
