package jp.hinomi.rules.route;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.rules.Logsource;

/** The three parts of a log source. */
public enum Attribute {
    CATEGORY,
    PRODUCT,
    SERVICE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Attribute> ofWord(String word) {
        return Arrays.stream(values())
                .filter(attribute -> attribute.word().equals(word))
                .findFirst();
    }

    public Optional<String> of(Logsource logsource) {
        return switch (this) {
            case CATEGORY -> logsource.category();
            case PRODUCT -> logsource.product();
            case SERVICE -> logsource.service();
        };
    }
}
