package jp.hinomi.alerting.store;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The pieces of a text by which PostgreSQL's index finds it: three characters that follow each other, and two where neither is
 * ASCII, for a word of Japanese is often no longer. Each piece is a number; that two pieces may have the same does not matter,
 * since what the index finds is compared in full. Its own words rather than {@code pg_trgm}: that one knows no pieces of two,
 * and in the C locale no letters but ASCII. Stateless and thread-safe.
 */
public final class Grams {
    private static final int ASCII = 0x7F;

    /** Of a text no more than that many characters can be found. */
    public static final int LIMIT = 4000;

    private Grams() {}

    /** All pieces of a text, each once, in order. */
    public static int[] of(String text) {
        int[] points = text.codePoints().limit(LIMIT).toArray();
        int[] grams = new int[2 * points.length];
        int size = 0;
        for (int i = 0; i + 1 < points.length; i++) {
            if (points[i] > ASCII && points[i + 1] > ASCII) {
                grams[size++] = pair(points[i], points[i + 1]);
            }
            if (i + 2 < points.length) {
                grams[size++] = triple(points[i], points[i + 1], points[i + 2]);
            }
        }
        return IntStream.of(Arrays.copyOf(grams, size)).sorted().distinct().toArray();
    }

    private static int pair(int first, int second) {
        return 31 * first + second;
    }

    private static int triple(int first, int second, int third) {
        return Integer.reverse(0x9E3779B9 * first + 0x85EBCA6B * second + 0xC2B2AE35 * third);
    }

    /** As a literal of {@code integer[]}. */
    public static String literal(int[] grams) {
        return IntStream.of(grams).mapToObj(Integer::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
