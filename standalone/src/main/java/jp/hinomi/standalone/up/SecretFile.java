package jp.hinomi.standalone.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import jp.hinomi.embedded.CannotStartException;

/** A random secret that is made once and then kept in a file that only its owner can read. */
final class SecretFile {
    private static final int BYTES = 24;

    private SecretFile() {}

    static String readOrMake(Path file) {
        try {
            if (Files.exists(file)) {
                String secret = Files.readString(file).strip();
                if (!secret.isEmpty()) {
                    return secret;
                }
                Files.delete(file);
            }
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            String secret = HexFormat.of().formatHex(random);
            Files.writeString(file, secret + "\n");
            return secret;
        } catch (IOException e) {
            throw new CannotStartException("cannot keep a secret in " + file + ": " + e.getMessage(), e);
        }
    }
}
