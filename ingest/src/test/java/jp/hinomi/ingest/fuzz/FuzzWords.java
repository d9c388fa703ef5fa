package jp.hinomi.ingest.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of sample records, which the fuzzer puts into others: names of keys and what stands around values. Stateless. */
public final class FuzzWords {
    /** Names and numbers, with the sign that follows; quotes and brackets in a row; words of more than one part as a whole. */
    private static final Pattern WORD =
            Pattern.compile("[A-Za-z0-9_.-]{2,32}[=:|]?|[\\[\\](){}<>\"'|,;:=\\\\%#-]{1,3}");

    private static final int MOST = 1_500;

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
