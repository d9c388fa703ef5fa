package jp.hinomi.city;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.document.Location;

/**
 * A log format that the city describes itself, in a file of the folder {@code formats/}: how a record is taken apart, and
 * which of its parts goes to which field. Immutable; checked by {@link LogFormatFiles}, so that every name and value in it
 * can be used.
 *
 * @param name as {@code sources.yaml} names it
 * @param syslog whether records have a syslog header without a priority; one with a priority is always recognised
 * @param prefix below which parts that no field takes are kept; empty = they are left out
 * @param constants values of every event, by field
 * @param fields in the order of the file
 * @param cases values of events that meet conditions; later ones win
 * @param tests records and what they must become
 */
public record LogFormat(
        String name,
        Shape shape,
        boolean syslog,
        Optional<String> prefix,
        Optional<Stamp> time,
        Map<String, List<String>> constants,
        List<Target> fields,
        List<Case> cases,
        List<Sample> tests) {
    public LogFormat {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(shape, "shape");
        constants = Map.copyOf(constants);
        fields = List.copyOf(fields);
        cases = List.copyOf(cases);
        tests = List.copyOf(tests);
    }

    /** Names of the fields that its events may have; one that ends with a dot stands for all names that begin so. */
    public Set<String> fieldNames() {
        Set<String> names = new TreeSet<>(constants.keySet());
        fields.forEach(field -> names.add(field.field()));
        cases.forEach(each -> names.addAll(each.set().keySet()));
        prefix.ifPresent(word -> names.add(word + "."));
        return names;
    }

    /** How a record is taken apart. */
    public sealed interface Shape {
        /** One object; parts are members by dotted path. */
        record Json() implements Shape {}

        /** {@code key=value key="quoted value"}. */
        record KeyValue(char separator, char assignment) implements Shape {}

        /** RFC 4180 with any separator. */
        record Csv(char separator, List<String> columns) implements Shape {
            public Csv {
                columns = List.copyOf(columns);
            }
        }

        /** Named groups of an expression of RE2 syntax, which is matched in linear time, against the whole message. */
        record Regex(String pattern) implements Shape {}
    }

    /**
     * When it happened.
     *
     * @param form {@code iso}, {@code epoch}, {@code syslog}, {@code clf}, or letters as java.time has them
     * @param zone for stamps that name none; else the source's
     */
    public record Stamp(List<String> from, String form, Optional<ZoneId> zone) {
        public Stamp {
            from = List.copyOf(from);
        }
    }

    /**
     * A field and where its value is from.
     *
     * @param from names of parts; the first that has a value
     * @param values what the part's text becomes; empty = the text itself
     * @param otherwise for texts that are not among the values; empty = the field is left out
     */
    public record Target(String field, List<String> from, Map<String, String> values, Optional<String> otherwise) {
        public Target {
            from = List.copyOf(from);
            values = Map.copyOf(values);
        }
    }

    /**
     * @param when part and the texts that it may have, all of which must hold; {@code *} stands for any text
     * @param set values by field
     */
    public record Case(Map<String, List<String>> when, Map<String, List<String>> set) {
        public Case {
            when = Map.copyOf(when);
            set = Map.copyOf(set);
        }
    }

    /**
     * @param expect values by field, empty where there must be none; absent = the record must be rejected
     * @param at where it stands
     */
    public record Sample(String line, Optional<Map<String, List<String>>> expect, Location at) {}
}
