package jp.hinomi.city.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, taken apart. */
record Guide(Path file, String text) {
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```([a-z]*)\\n(.*?)^\\1```$");
    private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)#]+)(#[^)]*)?\\)");

    /** @param language behind the fence; empty without one */
    record Block(String language, String text) {
        String firstLine() {
            return text.lines().findFirst().orElse("");
        }
    }

    static Guide read(String name) {
        try {
            Path file = HOME.resolve(name);
            return new Guide(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pages in English that have a Japanese twin, relative to the project. */
    static List<String> bilingual() {
        List<String> names = new ArrayList<>(List.of("README.md"));
        try (Stream<Path> files = Files.list(HOME.resolve("docs"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ja.md"))
                    .sorted()
                    .forEach(name -> names.add("docs/" + name.replace(".ja.md", ".md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    static Guide japanese(String english) {
        return read(english.replace(".md", ".ja.md"));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = FENCE.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(2), matcher.group(3).replaceAll("(?m)^" + matcher.group(1), "")));
        }
        return blocks;
    }

    /** Links and pictures that lead to files of the project. */
    List<Path> localLinks() {
        List<Path> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(FENCE.matcher(text).replaceAll(""));
        while (matcher.find()) {
            if (!matcher.group(1).contains("://")) {
                links.add(file.resolveSibling(matcher.group(1)).normalize());
            }
        }
        return links;
    }

    /** Depths of the headings, in order: {@code [1, 2, 2, 3]}. */
    List<Integer> outline() {
        return FENCE.matcher(text)
                .replaceAll("")
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.indexOf(' '))
                .toList();
    }
}
