package jp.hinomi.city;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Location;

/**
 * What is different between two versions of a city, in the city's own words: which duty, contact or resource came, went or
 * changed, not which line. Order and layout of the files make no difference. Stateless and thread-safe.
 */
public final class CityDiff {
    /** What a change is about, in the order in which people read it. */
    public enum Kind {
        RESPONSIBILITY,
        RESOURCE,
        STAKEHOLDER,
        CONTACT,
        SCHEDULE,
        ESCALATION,
        SOURCE,
        SETTING,
        /** The city's own words for a message. */
        TEMPLATE;

        /** The word in texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public enum What {
        ADDED,
        REMOVED,
        CHANGED;

        /** The word in texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One value that is different; empty where there is none. */
    public record Field(String name, String before, String after) {}

    /**
     * @param id of the thing; of a responsibility its resource, stakeholder and duty
     * @param fields of something that changed: what is different; else all that it has
     */
    public record Change(Kind kind, What what, String id, List<Field> fields) {
        public Change {
            fields = List.copyOf(fields);
        }
    }

    private CityDiff() {}

    /** Sorted by kind, then by id. Empty if both mean the same. */
    public static List<Change> between(City before, City after) {
        List<Change> changes = new ArrayList<>();
        compare(Kind.RESPONSIBILITY, responsibilities(before), responsibilities(after), Set.of(), changes);
        compare(Kind.RESOURCE, before.resources(), after.resources(), Set.of("id"), changes);
        compare(Kind.STAKEHOLDER, before.stakeholders(), after.stakeholders(), Set.of("id", "contacts"), changes);
        compare(Kind.CONTACT, contacts(before), contacts(after), Set.of("id"), changes);
        compare(Kind.SCHEDULE, before.schedules(), after.schedules(), Set.of("id"), changes);
        compare(Kind.ESCALATION, before.escalations(), after.escalations(), Set.of("id"), changes);
        compare(Kind.SOURCE, before.sources(), after.sources(), Set.of("id"), changes);
        compare(Kind.SETTING, settings(before), settings(after), Set.of(), changes);
        templates(before.templates(), after.templates(), changes);
        return changes;
    }

    /** Of a text that changed only the lines from the first to the last that are different. */
    private static void templates(Map<String, String> before, Map<String, String> after, List<Change> changes) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String was = before.get(name);
            String is = after.get(name);
            if (Objects.equals(was, is)) {
                continue;
            }
            What what = was == null ? What.ADDED : is == null ? What.REMOVED : What.CHANGED;
            changes.add(new Change(Kind.TEMPLATE, what, name, List.of(lines(was, is))));
        }
    }

    private static Field lines(String before, String after) {
        List<String> was = before == null ? List.of() : before.lines().toList();
        List<String> is = after == null ? List.of() : after.lines().toList();
        int first = 0;
        while (first < Math.min(was.size(), is.size()) && was.get(first).equals(is.get(first))) {
            first++;
        }
        int last = 0;
        while (last < Math.min(was.size(), is.size()) - first
                && was.get(was.size() - 1 - last).equals(is.get(is.size() - 1 - last))) {
            last++;
        }
        return new Field(
                "line " + (first + 1),
                String.join("\n", was.subList(first, was.size() - last)),
                String.join("\n", is.subList(first, is.size() - last)));
    }

    /** The same entry may stand twice, for other days: then the later ones are counted. */
    private static Map<String, Responsibility> responsibilities(City city) {
        Map<String, Responsibility> byKey = new LinkedHashMap<>();
        city.responsibilities().stream()
                .sorted(java.util.Comparator.comparing((Responsibility each) ->
                                each.validFrom().map(Object::toString).orElse(""))
                        .thenComparing(Responsibility::toString))
                .forEach(each -> {
                    String key = each.resource() + " · " + each.stakeholder() + " · "
                            + each.duty().word();
                    String free = key;
                    for (int i = 2; byKey.containsKey(free); i++) {
                        free = key + " · " + i;
                    }
                    byKey.put(free, each);
                });
        return byKey;
    }

    /** A contact and whose it is: it can move to another organisation. */
    private record Owned(String stakeholder, Contact contact) {}

    private static Map<String, Owned> contacts(City city) {
        Map<String, Owned> byId = new LinkedHashMap<>();
        city.stakeholders()
                .values()
                .forEach(stakeholder -> stakeholder
                        .contacts()
                        .forEach(contact -> byId.put(contact.id(), new Owned(stakeholder.id(), contact))));
        return byId;
    }

    private static Map<String, Object> settings(City city) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(
                "city", new Head(city.id(), city.name(), city.zone().getId(), city.ruleAuthors(), city.ruleKeys()));
        settings.put("severity", city.severity());
        settings.put("notification", city.notification());
        settings.put("formats", new Named(city.formats()));
        settings.put("reports", new Named(city.ownReportForms()));
        return settings;
    }

    private record Head(
            String id, Map<String, String> name, String zone, List<String> ruleAuthors, List<RuleKey> ruleKeys) {}

    private record Named(Map<String, ?> all) {}

    private static void compare(
            Kind kind, Map<String, ?> before, Map<String, ?> after, Set<String> without, List<Change> changes) {
        Set<String> ids = new LinkedHashSet<>(new TreeMap<>(before).keySet());
        ids.addAll(after.keySet());
        for (String id : ids.stream().sorted().toList()) {
            Object was = before.get(id);
            Object is = after.get(id);
            if (Objects.equals(was, is)) {
                continue;
            }
            Map<String, String> old = was == null ? Map.of() : fields(was, without);
            Map<String, String> now = is == null ? Map.of() : fields(is, without);
            Set<String> names = new LinkedHashSet<>(old.keySet());
            names.addAll(now.keySet());
            List<Field> fields = names.stream()
                    .map(name -> new Field(name, old.getOrDefault(name, ""), now.getOrDefault(name, "")))
                    .filter(field -> !field.before().equals(field.after()))
                    .toList();
            if (!fields.isEmpty()) {
                changes.add(new Change(
                        kind, was == null ? What.ADDED : is == null ? What.REMOVED : What.CHANGED, id, fields));
            }
        }
    }

    /** What a record says, by the words of the files; what is not there has no entry. */
    private static Map<String, String> fields(Object record, Set<String> without) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (record instanceof Owned owned) {
            fields.put("stakeholder", owned.stakeholder());
            fields.putAll(fields(owned.contact(), without));
            return fields;
        }
        if (record instanceof Named named) {
            named.all().forEach((key, value) -> fields.put(key, text(value)));
            return new TreeMap<>(fields);
        }
        if (!record.getClass().isRecord()) {
            fields.put("value", text(record));
            return fields;
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String text = without.contains(component.getName()) ? "" : text(value(record, component));
            if (!text.isEmpty()) {
                fields.put(words(component.getName()), text);
            }
        }
        return fields;
    }

    private static Object value(Object record, RecordComponent component) {
        try {
            // Private records' accessors are public all the same, but their class is not.
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record does not say its " + component.getName(), e);
        }
    }

    /** {@code reviewDue} as the files have it: {@code review-due}. */
    private static String words(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static String text(Object value) {
        if (value == null || value instanceof Location) {
            return ""; // Where something stands is not what it says.
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(CityDiff::text).orElse("");
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                            .collect(Collectors.joining(", "));
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(CityDiff::text).collect(Collectors.joining("; "));
        }
        if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
        if (value instanceof Selector) {
            return value.toString();
        }
        if (value.getClass().isRecord()) {
            return fields(value, Set.of()).entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", ", "", ""));
        }
        return value.toString();
    }
}
