package jp.hinomi.correlation.engine.epl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A property as written: {@code a.source.ip}, {@code b[0].source.ip}, {@code source.ip}, without backticks.
 *
 * @param first up to the first dot, without an index
 * @param rest after it; empty if there is none
 */
record Property(String first, boolean indexed, String rest) {
    private static final String NAME = "`?[A-Za-z_][A-Za-z0-9_]*`?";
    private static final Pattern FORM = Pattern.compile("(" + NAME + ")(\\[[0-9]{1,3}])?((?:\\." + NAME + ")*)");

    /** Null if it is written in any other way: optional, mapped, indexed further on. */
    static Property of(String written) {
        Matcher form = FORM.matcher(written);
        if (!form.matches()) {
            return null;
        }
        String rest = form.group(3).isEmpty() ? "" : Scope.bare(form.group(3).substring(1));
        return new Property(Scope.bare(form.group(1)), form.group(2) != null, rest);
    }

    boolean isPrefixed() {
        return !rest.isEmpty();
    }

    String whole() {
        return rest.isEmpty() ? first : first + "." + rest;
    }
}
