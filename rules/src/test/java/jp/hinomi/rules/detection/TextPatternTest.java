package jp.hinomi.rules.detection;

import static org.assertj.core.api.Assertions.assertThat;

import jp.hinomi.rules.detection.TextPattern.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {
    /** The table of the rules specification, "Escape Character", and what follows from it. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                // as written, text, whether it matches
                "C:\\Windows, C:\\Windows, true",
                "C:\\\\Windows, C:\\Windows, true",
                "a\\*b, a*b, true",
                "a\\*b, axb, false",
                "a\\?b, a?b, true",
                "a\\?b, axb, false",
                "dir\\\\*, dir\\file, true",
                "dir\\\\*, dirfile, false",
                "dir\\\\\\*, dir\\*, true",
                "dir\\\\\\*, dir\\x, false",
                "\\\\\\, \\\\, true",
                "\\\\\\\\, \\\\, true",
                "end\\, end\\, true",
                "prog?.exe, progA.exe, true",
                "prog?.exe, prog.exe, false",
                "antivirus_V*.exe, antivirus_V21.2.1.exe, true",
                "a*b*c, aXXbYYbZZc, true",
                "a*b*c, aXXbYY, false",
                "*, \"\", true",
                "?, \"\", false",
                "火?見, 火の見, true",
                "a?b, a😀b, true",
            })
    void wildcards_and_escapes(String written, String text, boolean matches) {
        assertThat(TextPattern.parse(written).matches(text, false)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, EXACT, abc",
        "abc*, PREFIX, abc",
        "*abc, SUFFIX, abc",
        "*abc*, CONTAINS, abc",
        "**abc**, CONTAINS, abc",
        "*, ANYTHING, ''",
        "a*bcd, GENERAL, bcd",
        "?abc, GENERAL, abc",
        "?, GENERAL, ''"
    })
    void shapes(String written, Shape shape, String literal) {
        TextPattern pattern = TextPattern.parse(written);
        assertThat(pattern.shape()).isEqualTo(shape);
        assertThat(pattern.literal()).isEqualTo(literal);
    }

    /** Whatever the machine's locale: Turkish would lower-case I to ı. */
    @ParameterizedTest
    @CsvSource({"ADMIN, admin", "ΣΊΣΥΦΟΣ, σίσυφοσ", "straße, STRAßE", "\u212A, k", "ſ, S", "İ, i"})
    void case_does_not_matter(String pattern, String text) {
        assertThat(TextPattern.plain(pattern).matches(text, false)).isTrue();
        assertThat(TextPattern.plain(pattern).matches(text, true)).isFalse();
    }

    @Test
    void a_pattern_of_many_stars_stays_polynomial() {
        TextPattern pattern = TextPattern.parse("*a".repeat(40) + "b");
        String text = "a".repeat(20_000);
        long start = System.nanoTime();
        assertThat(pattern.matches(text, false)).isFalse();
        assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(60_000_000_000L);
    }
}
