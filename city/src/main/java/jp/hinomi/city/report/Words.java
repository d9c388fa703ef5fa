package jp.hinomi.city.report;

import java.util.Locale;

/** How constants are written in files. */
final class Words {
    private Words() {}

    /** {@code FOLLOW_UP} is {@code follow-up}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
