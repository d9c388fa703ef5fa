package jp.hinomi.ingest.receive;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate that is fit to be shown, and its key. Whatever would make clients turn away is found here, with the file
 * and what to do, not in handshakes that fail one by one.
 *
 * @param subject of the certificate
 * @param expires when the first certificate of the chain ends
 */
record TlsIdentity(SslContext context, String subject, Instant expires) {
    static TlsIdentity read(TlsSettings settings, Instant now) throws IOException {
        List<X509Certificate> chain = Pem.certificates(settings.certificate(), "the server's certificate");
        PublicKey certified = chain.get(0).getPublicKey();
        PrivateKey key = Pem.privateKey(settings.key(), certified);
        if (!belongTogether(key, certified)) {
            throw new IOException(settings.key() + ": is not the key of the certificate in " + settings.certificate()
                    + " (" + subject(chain) + "): name the pair that was made together; in a file of several"
                    + " certificates the server's own comes first");
        }
        Instant expires = chain.get(0).getNotAfter().toInstant();
        for (X509Certificate certificate : chain) {
            checkDates(settings, certificate, now);
            Instant end = certificate.getNotAfter().toInstant();
            expires = end.isBefore(expires) ? end : expires;
        }
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .clientAuth(
                        switch (settings.clients()) {
                            case NONE -> ClientAuth.NONE;
                            case OPTIONAL -> ClientAuth.OPTIONAL;
                            case REQUIRED -> ClientAuth.REQUIRE;
                        });
        if (settings.clientAuthorities().isPresent()) {
            builder.trustManager(
                    Pem.certificates(settings.clientAuthorities().get(), "the authorities of client certificates")
                            .toArray(X509Certificate[]::new));
        }
        return new TlsIdentity(builder.build(), subject(chain), expires);
    }

    private static String subject(List<X509Certificate> chain) {
        return chain.get(0).getSubjectX500Principal().getName();
    }

    private static void checkDates(TlsSettings settings, X509Certificate certificate, Instant now) throws IOException {
        String name = certificate.getSubjectX500Principal().getName();
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
            throw new IOException(settings.certificate() + ": the certificate of " + name + " expired at "
                    + certificate.getNotAfter().toInstant() + ": renew it");
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
            throw new IOException(settings.certificate() + ": the certificate of " + name + " is not valid before "
                    + certificate.getNotBefore().toInstant() + ": check the clock of this machine, or wait");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws IOException {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        try {
            byte[] something = new byte[32];
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
