package jp.hinomi.ingest.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of sample records and of the classes that read them, which the fuzzer puts into others: names of keys and what stands
 * around values. Stateless.
 */
public final class FuzzWords {
    /** Names and numbers, with the sign that follows; quotes and brackets in a row; words of more than one part as a whole. */
    private static final Pattern WORD =
            Pattern.compile("[A-Za-z0-9_.-]{2,32}[=:|]?|[\\[\\](){}<>\"'|,;:=\\\\%#-]{1,3}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{2,32}");

    private static final int MOST = 1_500;

    /** Of a class, as its tables are long. */
    private static final int MOST_OF_CLASSES = 4_000;

    private FuzzWords() {}

    /** The words of the lines, each once. */
    public static Set<String> of(Collection<String> lines) {
        Set<String> words = new TreeSet<>();
        for (String line : lines) {
            Matcher matcher = WORD.matcher(line);
            while (words.size() < MOST && matcher.find()) {
                words.add(matcher.group());
            }
        }
        return words;
    }

    /**
     * The words of the lines, and what the classes in the reader's package compare with: names of keys as they are spelled
     * there and in small letters (enumerations of keys are written in capitals), and whole pairs as the lines have them, so
     * that one step of the search adds a key that is read.
     */
    public static Set<String> of(Collection<String> lines, Class<?> reader) throws IOException {
        Set<String> words = of(lines);
        int most = words.size() + MOST_OF_CLASSES;
        String pair = pair(lines);
        for (String text : ClassWords.of(reader)) {
            if (ClassWords.isWhole(text) && words.size() < most) {
                words.add(text);
            }
            Matcher matcher = NAME.matcher(text);
            while (words.size() < most && matcher.find()) {
                String name = matcher.group();
                boolean capitals = name.equals(name.toUpperCase(Locale.ROOT));
                words.add(name);
                words.add(pair.formatted(capitals ? name.toLowerCase(Locale.ROOT) : name));
            }
        }
        return words;
    }

    private static String pair(Collection<String> lines) {
        if (lines.stream().anyMatch(line -> line.contains("\":"))) {
            return "\"%s\":\"1\",";
        }
        return lines.stream().anyMatch(line -> line.contains("=\"")) ? " %s=\"1\"" : " %s=1";
    }

    /** Lines of a dictionary of libFuzzer. */
    static List<String> entries(Collection<String> words) {
        return words.stream().map(word -> '"' + escaped(word) + '"').toList();
    }

    private static String escaped(String word) {
        StringBuilder text = new StringBuilder();
        for (byte each : word.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each >= 'A' && each <= 'Z' || each >= 'a' && each <= 'z' || each >= '0' && each <= '9';
            text.append(plain ? String.valueOf((char) each) : String.format(Locale.ROOT, "\\x%02x", each & 0xFF));
        }
        return text.toString();
    }
}
