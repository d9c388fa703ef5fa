package jp.hinomi.benchmarks.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The figures of detection and correlation: what the design's budget asks for, side by side and with ratios from one run.
 * Arguments: the installation's folder, {@code --quick}, {@code --rules DIR}, {@code
 * --matches N}, names of parts (default: all).
 */
public final class EngineFigures {
    private static final List<Part> PARTS = List.of(
            new MatcherPart(),
            new ThroughputPart(),
            new HotKeyPart(),
            new CepPart(),
            StatePart.groups(),
            StatePart.restore(),
            new CheckpointPart(),
            new IntelPart());

    private EngineFigures() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        boolean quick = false;
        Optional<Path> rules = Optional.empty();
        OptionalInt matches = OptionalInt.empty();
        List<Part> wanted = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--quick")) {
                quick = true;
            } else if (argument.equals("--rules") && i + 1 < arguments.length) {
                rules = Optional.of(Path.of(arguments[++i]));
            } else if (argument.equals("--matches") && i + 1 < arguments.length) {
                matches = OptionalInt.of(Integer.parseInt(arguments[++i]));
            } else {
                wanted.add(PARTS.stream()
                        .filter(part -> part.name().equals(argument))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(usage(argument))));
            }
        }
        Path scratch = Files.createTempDirectory("hinomi-engine-figures");
        try {
            for (Part part : wanted.isEmpty() ? PARTS : wanted) {
                System.out.println("\n== " + part.name() + ": " + part.title());
                Settings settings = new Settings(
                        home, Files.createDirectories(scratch.resolve(part.name())), quick, matches, rules);
                part.run(settings);
                delete(settings.scratch());
            }
        } finally {
            delete(scratch);
        }
        // Libraries leave threads behind that are no daemons.
        System.exit(0);
    }

    private static String usage(String argument) {
        StringBuilder text = new StringBuilder("no part is called '" + argument + "'; parts:");
        PARTS.forEach(
                part -> text.append("\n  ").append(part.name()).append(": ").append(part.title()));
        return text.toString();
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path done, IOException failure) throws IOException {
                    Files.deleteIfExists(done);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
