package jp.hinomi.alerting;

import java.util.Objects;
import java.util.Optional;

/**
 * The server that mail is handed over to.
 *
 * @param login absent = no authentication
 */
public record SmtpSettings(String host, int port, Optional<Login> login, Security security) {
    /** How the connection is protected. */
    public enum Security {
        /** Plain text: only for a server on this machine. */
        NONE,
        /** STARTTLS when the server offers it (RFC 3207). */
        STARTTLS_IF_OFFERED,
        /** STARTTLS or nothing: a server that does not offer it gets no mail. */
        STARTTLS_REQUIRED,
        /** TLS from the first byte, port 465 (RFC 8314). */
        TLS
    }

    public record Login(String user, String password) {
        public Login {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        /** Without the password: settings get logged. */
        @Override
        public String toString() {
            return user;
        }
    }

    public SmtpSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(security, "security");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("SMTP port " + port + " is not between 1 and 65535");
        }
    }

    /** Plain text without authentication, as a mail catcher on this machine takes it. */
    public static SmtpSettings plain(String host, int port) {
        return new SmtpSettings(host, port, Optional.empty(), Security.STARTTLS_IF_OFFERED);
    }
}
