package jp.hinomi.standalone.backtest;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is otherwise in an alert that both sets of rules raise. */
public enum Difference {
    /** It opens earlier or later. */
    TIME,
    EVIDENCE,
    COUNT,
    SEVERITY,
    LEVEL,
    /** Title or first steps. */
    TEXT,
    TAGS,
    /** Others are told. */
    AUDIENCE,
    /** The rule has another name. */
    RULE;

    /** The word in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Set<Difference> of(Entry before, Entry after) {
        Set<Difference> found = EnumSet.noneOf(Difference.class);
        add(found, TIME, before.time() == after.time());
        add(
                found,
                EVIDENCE,
                before.evidence() == after.evidence()
                        && before.first() == after.first()
                        && before.last() == after.last());
        add(found, COUNT, before.count() == after.count());
        add(found, SEVERITY, before.severity() == after.severity());
        add(found, LEVEL, before.rule().level() == after.rule().level());
        add(
                found,
                TEXT,
                before.rule().title().equals(after.rule().title())
                        && before.rule().response().equals(after.rule().response()));
        add(
                found,
                TAGS,
                Set.copyOf(before.rule().tags()).equals(Set.copyOf(after.rule().tags())));
        add(found, AUDIENCE, before.audience().equals(after.audience()));
        add(found, RULE, before.rule().name().equals(after.rule().name()));
        return found;
    }

    private static void add(Set<Difference> found, Difference difference, boolean same) {
        if (!same) {
            found.add(difference);
        }
    }
}
