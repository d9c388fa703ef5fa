package jp.hinomi.standalone.demo;

import java.time.ZonedDateTime;
import java.util.function.Function;

/** What sshd, PAM and sudo write; their time stands in the syslog header. */
final class AuthLines {
    private AuthLines() {}

    static Function<ZonedDateTime, String> failed(String user, String from, int port) {
        return at ->
                "sshd[%d]: Failed password for %s from %s port %d ssh2".formatted(4000 + port % 900, user, from, port);
    }

    static Function<ZonedDateTime, String> invalid(String user, String from, int port) {
        return at -> "sshd[%d]: Failed password for invalid user %s from %s port %d ssh2"
                .formatted(4000 + port % 900, user, from, port);
    }

    static Function<ZonedDateTime, String> accepted(String method, String user, String from, int port) {
        return at -> "sshd[%d]: Accepted %s for %s from %s port %d ssh2"
                .formatted(4000 + port % 900, method, user, from, port);
    }

    static Function<ZonedDateTime, String> opened(String user, int port) {
        return at -> "sshd[%d]: pam_unix(sshd:session): session opened for user %s(uid=1001) by (uid=0)"
                .formatted(4000 + port % 900, user);
    }

    static Function<ZonedDateTime, String> sudo(String user, String command) {
        return at -> "sudo:  %s : TTY=pts/0 ; PWD=/home/%s ; USER=root ; COMMAND=%s".formatted(user, user, command);
    }
}
