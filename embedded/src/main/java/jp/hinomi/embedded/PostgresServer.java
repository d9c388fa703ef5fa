package jp.hinomi.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real PostgreSQL as processes of their own beside this one, listening on loopback. The cluster lives in a folder and
 * is there again at the next start, also after this process was killed and left a server behind. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String USER = "hinomi";

    private final PostgresPrograms programs;
    private final FolderLock lock;
    private final Path data;
    private final int port;
    private final String password;
    private boolean closed;

    /**
     * @param folder for the data; created if missing
     * @param port to listen on; 0 for any free one
     */
    public record Settings(Path folder, int port) {
        public Settings {
            Objects.requireNonNull(folder, "folder");
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
            }
        }
    }

    private PostgresServer(PostgresPrograms programs, FolderLock lock, Path data, int port, String password) {
        this.programs = programs;
        this.lock = lock;
        this.data = data;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a server and returns when it accepts connections.
     *
     * @throws CannotStartException if the folder is in use or not writable, the port is taken, or PostgreSQL fails
     */
    public static PostgresServer start(Settings settings) {
        Path folder = settings.folder().toAbsolutePath().normalize();
        FolderLock lock = FolderLock.take(folder);
        try {
            PostgresUser user = PostgresUser.current();
            Path data = folder.resolve("data");
            PostgresPrograms programs = new PostgresPrograms(
                    PostgresBinaries.unpackInto(cache(user)), data, folder.resolve("postgresql.log"), user);
            stopOrphan(programs, data);
            if (settings.port() != 0) {
                Ports.requireFree("PostgreSQL", settings.port());
            }
            Path passwordFile = folder.resolve("password");
            prepare(programs, user, folder, data, passwordFile);
            int port = Ports.orFree(settings.port());
            programs.start(port);
            return new PostgresServer(
                    programs, lock, data, port, Files.readString(passwordFile).strip());
        } catch (IOException e) {
            lock.close();
            throw new CannotStartException("PostgreSQL cannot use the folder " + folder + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * How to reach a server.
     *
     * @param jdbcUrl of its database of that name
     */
    public record Access(String jdbcUrl, String user, String password) {
        /** Without the password: objects get logged. */
        @Override
        public String toString() {
            return jdbcUrl + " as " + user;
        }
    }

    public Access access(String database) {
        return new Access(jdbcUrl(database), user(), password());
    }

    /**
     * The server that runs on that folder, of another process; empty if none does.
     *
     * @throws CannotStartException if its files cannot be read
     */
    public static Optional<Access> running(Path folder, String database) {
        try {
            Optional<Integer> port = Postmaster.port(folder.resolve("data"));
            if (port.isEmpty()) {
                return Optional.empty();
            }
            String password = Files.readString(folder.resolve("password")).strip();
            return Optional.of(
                    new Access("jdbc:postgresql://127.0.0.1:" + port.get() + "/" + database, USER, password));
        } catch (IOException e) {
            throw new CannotStartException(
                    "cannot read the PostgreSQL folder " + folder + " (" + e
                            + "): run this as the user that runs Hinomi",
                    e);
        }
    }

    /** Programs must be readable for the user they run as, which the home folder of root is not for nobody. */
    private static Path cache(PostgresUser user) {
        String chosen = System.getProperty("hinomi.cache");
        if (chosen != null) {
            return Path.of(chosen);
        }
        if (user.owner() != null) {
            return Path.of("/var/tmp/hinomi-root");
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home"));
        return (xdg == null || xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg)).resolve("hinomi");
    }

    /** A server that outlived its Hinomi holds memory settings and a port we do not know: it is stopped, not adopted. */
    private static void stopOrphan(PostgresPrograms programs, Path data) throws IOException {
        Optional<ProcessHandle> orphan = Postmaster.of(data);
        if (orphan.isPresent()) {
            LOG.warn(
                    "PostgreSQL (pid {}) outlived its Hinomi: stopping it",
                    orphan.get().pid());
            try {
                programs.stop("fast", 15);
            } catch (CannotStartException stuck) {
                LOG.warn("PostgreSQL did not stop in good order, it will recover from its log: {}", stuck.getMessage());
                programs.stop("immediate", 15);
            }
            Postmaster.awaitEnd(orphan.get(), Duration.ofSeconds(2));
        }
        Postmaster.forgetDead(data);
    }

    private static void prepare(PostgresPrograms programs, PostgresUser user, Path folder, Path data, Path passwordFile)
            throws IOException {
        Path complete = folder.resolve("complete");
        if (Files.exists(complete)) {
            if (!Files.exists(data.resolve("PG_VERSION")) || !Files.exists(passwordFile)) {
                throw new CannotStartException("the PostgreSQL cluster in " + folder + " is damaged: PG_VERSION or the"
                        + " password file is missing; restore them from a backup, or choose another folder");
            }
            user.own(folder);
            return;
        }
        // What a first start left unfinished never held anything.
        FileUtils.deleteDirectory(data.toFile());
        Files.deleteIfExists(passwordFile);
        Files.createDirectories(
                data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.writeString(passwordFile, HexFormat.of().formatHex(random));
        user.own(folder);
        programs.initialise(USER, passwordFile);
        Files.createFile(complete);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** A superuser: Hinomi's own account. */
    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** @param name lower-case letters, digits and underscores */
    public void createDatabaseIfMissing(String name) {
        if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a database: use lower-case letters, digits and underscores");
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), user(), password());
                PreparedStatement exists = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            exists.setString(1, name);
            try (ResultSet found = exists.executeQuery();
                    Statement create = connection.createStatement()) {
                if (!found.next()) {
                    create.execute("CREATE DATABASE " + name);
                }
            }
        } catch (SQLException e) {
            throw new CannotStartException("cannot create the database " + name + ": " + e.getMessage(), e);
        }
    }

    /** Stops the server in good order within 15 seconds, else at once: what was committed is safe either way. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (Postmaster.of(data).isPresent()) {
                stop();
            }
        } catch (IOException e) {
            LOG.warn("cannot tell whether PostgreSQL still runs in {}", data, e);
        } finally {
            lock.close();
        }
    }

    private void stop() {
        try {
            programs.stop("fast", 15);
        } catch (CannotStartException e) {
            LOG.warn("PostgreSQL did not stop in good order: {}", e.getMessage());
            programs.stop("immediate", 10);
        }
    }
}
