package jp.hinomi.alerting.security;

import jp.hinomi.alerting.access.Permission;
import org.springframework.security.access.AccessDeniedException;

/** Whoever asks may not: it says what they would need. */
final class LacksPermissionException extends AccessDeniedException {
    private static final long serialVersionUID = 1L;

    private final Permission permission;

    LacksPermissionException(Permission permission) {
        super("needs the permission " + permission.word());
        this.permission = permission;
    }

    Permission permission() {
        return permission;
    }
}
