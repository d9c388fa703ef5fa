package jp.hinomi.standalone;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Hinomi's own files are: the example city and the shipped rules. The launcher says it in {@code hinomi.home}. */
public final class Installation {
    private Installation() {}

    public static Path home() {
        String home = System.getProperty("hinomi.home");
        return Path.of(home == null ? "." : home).toAbsolutePath().normalize();
    }

    public static Path exampleCity() {
        return home().resolve("examples/city");
    }

    public static Path shippedRules() {
        return home().resolve("rules/content");
    }

    /** As a person would write it: relative where that is shorter. */
    public static String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        if (absolute.startsWith(here) && !absolute.equals(here)) {
            return here.relativize(absolute).toString();
        }
        return absolute.toString();
    }

    public static boolean isComplete() {
        return Files.isDirectory(exampleCity());
    }
}
