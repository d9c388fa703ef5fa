package jp.hinomi.city;

import jp.hinomi.events.document.Phrasebook;
import jp.hinomi.events.document.Problem;

/** What is said of mistakes in a city's files and of what {@link CityCheck} finds, in Japanese ({@code phrases_ja.yaml}). */
public final class CityPhrases {
    private static final Phrasebook JAPANESE = Phrasebook.of(CityPhrases.class, "phrases_ja.yaml");

    private CityPhrases() {}

    /** In that language; the text itself where it is English that is wanted, or nobody has translated it. */
    public static String in(String language, String english) {
        return language.equals("ja") ? JAPANESE.translated(english).orElse(english) : english;
    }

    /** The problem with its message and remedy in that language. */
    public static Problem in(String language, Problem problem) {
        return new Problem(
                problem.file(),
                problem.line(),
                problem.column(),
                problem.severity(),
                problem.code(),
                in(language, problem.message()),
                in(language, problem.remedy()));
    }
}
