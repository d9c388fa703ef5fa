package jp.hinomi.alerting.routing;

import java.util.Objects;
import java.util.Optional;

/**
 * One text for people, in the two languages of every user-visible word.
 *
 * @param unnamed the same without the names of other organisations, for whoever may not learn them; absent if it names none
 */
public record Bilingual(String ja, String en, Optional<Bilingual> unnamed) {
    public Bilingual {
        Objects.requireNonNull(ja, "ja");
        Objects.requireNonNull(en, "en");
        Objects.requireNonNull(unnamed, "unnamed");
    }

    /** One that names no other organisation. */
    public Bilingual(String ja, String en) {
        this(ja, en, Optional.empty());
    }

    /** The same, which names others. @param neutral what it says to whoever may not learn who they are */
    public Bilingual naming(Bilingual neutral) {
        return new Bilingual(ja, en, Optional.of(neutral));
    }

    /** For whoever may not learn of other organisations. */
    public Bilingual withoutNames() {
        return unnamed.orElse(this);
    }

    /** Japanese for {@code ja}, English for everything else. */
    public String in(String language) {
        return "ja".equals(language) ? ja : en;
    }
}
