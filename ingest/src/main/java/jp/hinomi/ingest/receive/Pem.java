package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM files (RFC 7468). Every error names the file and what to do. Stateless. */
final class Pem {
    private static final int LARGEST = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private record Block(String label, byte[] bytes) {}

    private Pem() {}

    /** @param what what the file should hold, for the message */
    static List<X509Certificate> certificates(Path file, String what) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(file, what)) {
            if (block.label().equals("CERTIFICATE")) {
                try {
                    found.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.bytes())));
                } catch (CertificateException e) {
                    throw new IOException(
                            file + ": " + what + " cannot be read (" + e.getMessage() + "): is the file damaged?", e);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException(file + ": holds no certificate; it should hold " + what
                    + " in PEM, which begins with -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    /**
     * A key in PKCS #8, or as older programs write them (PKCS #1, RFC 5915): those lack what kind of key they are, which
     * the certificate tells.
     */
    static PrivateKey privateKey(Path file, PublicKey certified) throws IOException {
        for (Block block : blocks(file, "the private key")) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(file, block.bytes(), certified);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return key(file, pkcs8(block.bytes(), certified), certified);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IOException(file
                            + ": the private key has a passphrase; remove it (openssl pkcs8 -in OLD -out NEW) and let"
                            + " only the user of Hinomi read the file");
                default -> {
                    // Parameters of curves stand before keys, and files may hold certificates too.
                }
            }
        }
        throw new IOException(
                file + ": holds no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----: name the file of"
                        + " the key");
    }

    private static PrivateKey key(Path file, byte[] pkcs8, PublicKey certified) throws IOException {
        String algorithm = certified.getAlgorithm();
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    file + ": is no " + algorithm
                            + " key as the certificate has (passphrases and other kinds are not read): name the key that"
                            + " belongs to the certificate",
                    e);
        }
    }

    /** RFC 5208: the version, what kind of key, the key; the kind is the first part of the certificate's public key. */
    private static byte[] pkcs8(byte[] key, PublicKey certified) {
        byte[] spki = certified.getEncoded();
        int inner = 2 + (spki[1] < 0 ? spki[1] & 0x7F : 0);
        byte[] kind = java.util.Arrays.copyOfRange(spki, inner, inner + 2 + spki[inner + 1]);
        return Der.sequence(Der.integer(0), kind, Der.of(0x04, key));
    }

    private static List<Block> blocks(Path file, String what) throws IOException {
        String text;
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + ": is larger than " + what + " can be");
            }
            text = new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": does not exist; it should hold " + what, e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    file + ": may not be read; it should hold " + what + ": give the user of Hinomi the right", e);
        }
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": is damaged (" + e.getMessage() + "); it should hold " + what, e);
            }
        }
        return blocks;
    }
}
