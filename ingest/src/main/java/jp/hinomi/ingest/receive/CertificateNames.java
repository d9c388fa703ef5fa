package jp.hinomi.ingest.receive;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import jp.hinomi.ingest.decode.text.Addresses;

/** Whom a client certificate names: its subject alternative names (DNS, IP, URI, e-mail), then its common name. Stateless. */
final class CertificateNames {
    private static final Set<Integer> TEXTUAL = Set.of(1, 2, 6, 7);

    private CertificateNames() {}

    /** Empty if the client has shown no certificate. */
    static List<String> of(SSLSession session) {
        try {
            Certificate first = session.getPeerCertificates()[0];
            return first instanceof X509Certificate x509 ? of(x509) : List.of();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    static List<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> name : alternatives) {
                    if (TEXTUAL.contains(name.get(0))) {
                        names.add(form(name.get(1).toString()));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // The common name is left; the handshake itself has accepted the certificate.
        }
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(form(part.getValue().toString()));
                }
            }
        } catch (InvalidNameException e) {
            // What X500Principal writes follows RFC 2253, which LdapName reads.
        }
        return List.copyOf(names);
    }

    static String form(String name) {
        String ip = Addresses.canonical(name);
        return ip == null ? name.toLowerCase(Locale.ROOT) : ip;
    }
}
