package jp.hinomi.rules.lint;

import jp.hinomi.events.document.Phrasebook;

/** What the lint says, in Japanese, by the English phrase ({@code phrases_ja.yaml}). Immutable and thread-safe. */
public final class Phrases {
    private static final Phrasebook JAPANESE = Phrasebook.of(Phrases.class, "phrases_ja.yaml");

    private Phrases() {}

    /** In that language; the text itself where it is English that is wanted, or nobody has translated it. */
    public static String in(String language, String english) {
        return language.equals("ja") ? JAPANESE.translated(english).orElse(english) : english;
    }
}
