package jp.hinomi.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who PostgreSQL runs as. It refuses to run as root, which containers and test machines often are; then it runs in a user
 * namespace of its own, where it is nobody, or, where the kernel allows none, as the user {@code nobody}.
 *
 * @param prefix what to put before a command
 * @param owner who must own the data; null for the present user
 */
record PostgresUser(List<String> prefix, String owner) {
    private static final String NOBODY = "nobody";

    PostgresUser {
        prefix = List.copyOf(prefix);
    }

    /** Found out once per process: it starts up to three helper programs. */
    static PostgresUser current() {
        return Holder.CURRENT;
    }

    private static final class Holder {
        private static final PostgresUser CURRENT = find();
    }

    private static PostgresUser find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new PostgresUser(List.of(), null);
        }
        List<String> namespace = List.of("unshare", "-U");
        if (works(namespace)) {
            return new PostgresUser(namespace, null);
        }
        List<String> drop = List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups");
        if (works(drop)) {
            return new PostgresUser(drop, NOBODY);
        }
        List<String> runuser = List.of("runuser", "-u", NOBODY, "--");
        if (works(runuser)) {
            return new PostgresUser(runuser, NOBODY);
        }
        throw new CannotStartException("PostgreSQL does not run as root, and none of unshare, setpriv and runuser works"
                + " here: run Hinomi as an ordinary user");
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("id", "-u"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            String uid = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.exitValue() == 0 && !uid.strip().equals("0");
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives the folder and all in it to the user that PostgreSQL runs as. */
    void own(Path folder) throws IOException {
        UserPrincipal user = folder.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(owner == null ? System.getProperty("user.name") : owner);
        if (Files.getOwner(folder).equals(user)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setOwner(file, user);
            }
        }
    }
}
