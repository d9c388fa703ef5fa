package jp.hinomi.alerting.routing;

import java.util.Objects;

/** One text for people, in the two languages of every user-visible word. */
public record Bilingual(String ja, String en) {
    public Bilingual {
        Objects.requireNonNull(ja, "ja");
        Objects.requireNonNull(en, "en");
    }

    /** Japanese for {@code ja}, English for everything else. */
    public String in(String language) {
        return "ja".equals(language) ? ja : en;
    }
}
