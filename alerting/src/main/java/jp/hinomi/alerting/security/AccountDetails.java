package jp.hinomi.alerting.security;

import java.util.EnumSet;
import java.util.Set;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Permission;
import org.springframework.security.core.userdetails.User;

/** A local account as Spring Security sees it: before all steps of a login are taken, with nothing but the right to the next one. */
final class AccountDetails extends User implements MemberPrincipal {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never written out: sessions are rows
    private final Member member;

    private final Step step;

    /** What is still missing of a login. */
    enum Step {
        NOTHING,
        /** A code of the second factor. */
        CODE,
        /** A password that nobody else has seen. */
        OWN_PASSWORD
    }

    AccountDetails(Member member, String hash, boolean disabled, Step step) {
        super(member.name(), hash, !disabled, true, true, true, Members.authorities(permissions(member, step)));
        this.member = member;
        this.step = step;
    }

    private static Set<Permission> permissions(Member member, Step step) {
        return switch (step) {
            case NOTHING -> member.role().permissions();
            case CODE -> EnumSet.of(Permission.SECOND_STEP);
            case OWN_PASSWORD -> EnumSet.of(Permission.OWN_ACCOUNT);
        };
    }

    @Override
    public Member member() {
        return member;
    }

    Step step() {
        return step;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
