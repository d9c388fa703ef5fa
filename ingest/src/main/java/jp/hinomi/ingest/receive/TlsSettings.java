package jp.hinomi.ingest.receive;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The server's certificate, and what is asked of clients. All files are PEM.
 *
 * @param certificate the server's certificate, then those between it and its authority
 * @param key its private key, without a passphrase
 * @param clientAuthorities certificates of the authorities that client certificates must come from
 * @param http whether HTTP speaks TLS too; syslog and RELP have ports of their own for it
 */
public record TlsSettings(Path certificate, Path key, Optional<Path> clientAuthorities, Clients clients, boolean http) {
    /** Whether clients show a certificate. */
    public enum Clients {
        NONE("none"),
        OPTIONAL("optional"),
        REQUIRED("required");

        private final String word;

        Clients(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** HTTP stays without TLS. */
    public TlsSettings(Path certificate, Path key, Optional<Path> clientAuthorities, Clients clients) {
        this(certificate, key, clientAuthorities, clients, false);
    }

    public TlsSettings {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(clientAuthorities, "clientAuthorities");
        Objects.requireNonNull(clients, "clients");
        if (clients != Clients.NONE && clientAuthorities.isEmpty()) {
            throw new IllegalArgumentException("client certificates cannot be checked without their authority: name the"
                    + " file with its certificate (client CA)");
        }
        if (clients == Clients.NONE && clientAuthorities.isPresent()) {
            throw new IllegalArgumentException("an authority for client certificates is named, but none are asked for:"
                    + " make them optional or required, or leave the authority out");
        }
    }
}
