package jp.hinomi.alerting.security;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Permission;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks, in the request of this thread, and what they may. */
public final class Members {
    private Members() {}

    /** Permissions as Spring Security carries them. */
    public static List<GrantedAuthority> authorities(Collection<Permission> permissions) {
        return permissions.stream()
                .<GrantedAuthority>map(permission -> new SimpleGrantedAuthority(permission.word()))
                .toList();
    }

    /** Absent without a login. */
    public static Optional<Member> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof MemberPrincipal principal
                ? Optional.of(principal.member())
                : Optional.empty();
    }

    /** What this request may do: what its account may, or less, before the second step of a login or by the scopes of a token. */
    public static Set<Permission> permissions() {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.isAuthenticated()) {
            authentication
                    .getAuthorities()
                    .forEach(authority -> Permission.ofWord(String.valueOf(authority.getAuthority()))
                            .ifPresent(permissions::add));
        }
        return permissions;
    }

    public static boolean may(Permission permission) {
        return permissions().contains(permission);
    }

    /** @throws AccessDeniedException which the login page or a plain refusal follows */
    public static void require(Permission permission) {
        if (!may(permission)) {
            throw new LacksPermissionException(permission);
        }
    }
}
