package jp.hinomi.events.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.events.files.WholeFile;

/**
 * An Ed25519 key that signs (RFC 8032), with its public half. Kept in a file of two PEM blocks that only its owner may read:
 * the private key (PKCS #8, as {@code openssl genpkey -algorithm ed25519} writes it) and the public one. Immutable and
 * thread-safe.
 */
public final class SigningKey {
    private static final Pattern PRIVATE = block("PRIVATE KEY");
    private static final Pattern PUBLIC = block("PUBLIC KEY");
    private static final byte[] PROBE = "hinomi".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_CHARACTERS = 100_000;

    private final PrivateKey key;
    private final VerifyingKey verifying;

    private SigningKey(PrivateKey key, VerifyingKey verifying) {
        this.key = key;
        this.verifying = verifying;
    }

    private static Pattern block(String name) {
        return Pattern.compile("-----BEGIN " + name + "-----([A-Za-z0-9+/=\\s]*)-----END " + name + "-----");
    }

    /** A new one, from the platform's source of randomness. */
    public static SigningKey make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(VerifyingKey.ALGORITHM).generateKeyPair();
            return new SigningKey(
                    pair.getPrivate(),
                    new VerifyingKey(
                            Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no such key; the message names the file and says what was expected
     */
    public static SigningKey read(Path file) throws IOException {
        if (Files.size(file) > MOST_CHARACTERS) {
            throw new IllegalArgumentException(file + " is no key: it is far too long");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        try {
            PrivateKey key = KeyFactory.getInstance(VerifyingKey.ALGORITHM)
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body(PRIVATE, text))));
            SigningKey read = new SigningKey(key, VerifyingKey.of(body(PUBLIC, text)));
            if (!read.verifying.verifies(PROBE, read.sign(PROBE))) {
                throw new IllegalArgumentException("its private and its public key are not of one pair");
            }
            return read;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " holds no key to sign with: "
                            + (e instanceof IllegalArgumentException
                                    ? e.getMessage()
                                    : "its private key is not of Ed25519")
                            + " (make one with 'hinomi rules key new')",
                    e);
        }
    }

    private static String body(Pattern block, String text) {
        Matcher found = block.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("a block of PEM is missing, "
                    + (block == PRIVATE ? "-----BEGIN PRIVATE KEY-----" : "-----BEGIN PUBLIC KEY-----"));
        }
        return found.group(1);
    }

    /** The key of the file, which is made first if there is none. */
    public static SigningKey readOrMake(Path file) throws IOException {
        if (Files.exists(file)) {
            return read(file);
        }
        SigningKey made = make();
        made.write(file);
        return made;
    }

    /**
     * Keeps it in a new file with mode 0600.
     *
     * @throws FileAlreadyExistsException if there is one: a key that is replaced can sign nothing more
     */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        String text = pem("PRIVATE KEY", Base64.getEncoder().encodeToString(key.getEncoded())) + publicPem();
        WholeFile.create(file, text.getBytes(StandardCharsets.US_ASCII), mode);
    }

    private String publicPem() {
        return pem("PUBLIC KEY", verifying.text());
    }

    private static String pem(String name, String body) {
        return "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n";
    }

    /** True if others than the owner may read the file, as far as the file system can tell. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        return mode.contains(PosixFilePermission.GROUP_READ) || mode.contains(PosixFilePermission.OTHERS_READ);
    }

    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(VerifyingKey.ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    public VerifyingKey verifying() {
        return verifying;
    }
}
