package jp.hinomi.alerting.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.SecretReference;

/** Finds signing keys where the city's files say they are: {@code env:NAME} or {@code file:PATH}. Thread-safe. */
public final class Secrets {
    /** Names the folder in which secrets in files must lie; not set = anywhere that the process may read. */
    static final String FOLDER = "HINOMI_SECRETS_FOLDER";

    /** Holds the reference to what the proxy asks for: that secret is ours as well. */
    private static final String PROXY = "HINOMI_HTTPS_PROXY_PASSWORD";

    private final Map<String, String> environment;

    public Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What a reference leads to. */
    public sealed interface Lookup {
        record Found(byte[] key) implements Lookup {}

        /** @param reason what is missing and what to do */
        record Missing(String reason) implements Lookup {}
    }

    /** Read anew each time, so that a secret can be rotated without a restart. */
    public Lookup find(String reference) {
        if (SecretReference.isOurs(reference)
                || reference.startsWith("file:") && leadsToOurs(reference)
                || isOfProxy(reference)) {
            return new Lookup.Missing(
                    "secret " + reference
                            + " is one of Hinomi's own, which no receiver gets: give the receiver a key of its own, then retry");
        }
        return read(reference);
    }

    /** One of Hinomi's own, which no channel may name. */
    Lookup own(String reference) {
        return read(reference);
    }

    private boolean isOfProxy(String reference) {
        String ours = environment.get(PROXY);
        if (ours == null || !ours.startsWith("file:") || !reference.startsWith("file:")) {
            return reference.equals(ours);
        }
        try {
            return Path.of(ours.substring(5))
                    .toRealPath()
                    .equals(Path.of(reference.substring(5)).toRealPath());
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return reference.equals(ours);
        }
    }

    private Lookup read(String reference) {
        if (reference.startsWith("env:")) {
            String name = reference.substring(4);
            String value = environment.get(name);
            return value == null || value.isBlank()
                    ? new Lookup.Missing("secret " + reference + " is unknown: set the environment variable " + name
                            + " of the alerting process, then retry")
                    : new Lookup.Found(value.getBytes(StandardCharsets.UTF_8));
        }
        if (reference.startsWith("file:")) {
            try {
                Path file = Path.of(reference.substring(5));
                Optional<Path> only = Optional.ofNullable(environment.get(FOLDER))
                        .filter(each -> !each.isBlank())
                        .map(Path::of);
                // By where it really is: a link into another folder does not count as within.
                if (only.isPresent() && !file.toRealPath().startsWith(only.get().toRealPath())) {
                    return new Lookup.Missing("secret " + reference + " is not in " + only.get() + ", the folder that "
                            + FOLDER + " names: put it there, then retry");
                }
                byte[] key = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
                return key.length == 0
                        ? new Lookup.Missing(
                                "secret " + reference + " is empty: write the key into the file, then retry")
                        : new Lookup.Found(key);
            } catch (IOException | java.nio.file.InvalidPathException e) {
                return new Lookup.Missing("secret " + reference + " cannot be read (" + e
                        + "): make the file readable for the alerting process, then retry");
            }
        }
        return new Lookup.Missing(
                "secret " + reference + " is neither env:NAME nor file:PATH: correct stakeholders.yaml");
    }

    /** By where it really is, whatever is written. */
    private static boolean leadsToOurs(String reference) {
        try {
            return SecretReference.isOurs(
                    "file:" + Path.of(reference.substring(5)).toRealPath());
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return false; // which reading says
        }
    }
}
