package jp.hinomi.alerting.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.city.City;
import jp.hinomi.city.Layer;
import jp.hinomi.city.Resource;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;

/**
 * The responsibility map as people read it: layer by layer, each resource with who answers for it.
 *
 * @param more how many resources are left out, because a page ends somewhere
 * @param overdue how many entries, of those shown or not, were to be reviewed before that day
 * @param uncovered how many resources nobody answers for on that day
 */
public record MapTable(List<Lane> lanes, int more, int overdue, int uncovered) {
    private static final int MOST = 400;

    /** Whether an entry counts on the day that is looked at. */
    public enum When {
        VALID,
        LATER,
        OVER;

        /** The word in texts: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param overdue whether somebody was to confirm it before the day */
    public record Entry(Responsibility of, When when, boolean overdue) {}

    /** @param covered whether somebody answers for it on the day */
    public record Row(Resource resource, List<Entry> entries, boolean covered) {
        boolean isOverdue() {
            return entries.stream().anyMatch(Entry::overdue);
        }
    }

    public record Lane(Layer layer, List<Row> rows) {}

    /**
     * What is asked for.
     *
     * @param text in an id, a name, a selector or a basis; empty = all
     * @param only {@code overdue}, {@code uncovered}, or empty
     */
    public record Choice(String text, String only) {
        boolean takes(City city, Row row) {
            return switch (only) {
                        case "overdue" -> row.isOverdue();
                        case "uncovered" -> !row.covered();
                        default -> true;
                    }
                    && (text.isBlank() || words(city, row).contains(text.strip().toLowerCase(Locale.ROOT)));
        }

        private static String words(City city, Row row) {
            StringBuilder words = new StringBuilder(row.resource().id())
                    .append('\n')
                    .append(row.resource().name().values())
                    .append(row.resource().selectors());
            for (Entry entry : row.entries()) {
                Stakeholder stakeholder = city.stakeholders().get(entry.of().stakeholder());
                words.append('\n')
                        .append(stakeholder.id())
                        .append(stakeholder.name().values())
                        .append(entry.of().basis().orElse(""));
            }
            return words.toString().toLowerCase(Locale.ROOT);
        }
    }

    static MapTable of(City city, LocalDate day, Choice choice) {
        return of(city, day, choice, MOST);
    }

    /** @param most resources */
    static MapTable of(City city, LocalDate day, Choice choice, int most) {
        Map<String, List<Entry>> entries = city.responsibilities().stream()
                .sorted(Comparator.comparing(Responsibility::duty))
                .collect(Collectors.groupingBy(
                        Responsibility::resource, Collectors.mapping(each -> entry(each, day), Collectors.toList())));
        List<Row> all = city.resources().values().stream()
                .map(resource -> row(resource, entries.getOrDefault(resource.id(), List.of())))
                .toList();
        List<Row> wanted = all.stream().filter(row -> choice.takes(city, row)).toList();
        List<Row> shown = wanted.subList(0, Math.min(most, wanted.size()));
        List<Lane> lanes = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            List<Row> rows = shown.stream()
                    .filter(row -> row.resource().layer() == layer)
                    .toList();
            if (!rows.isEmpty()) {
                lanes.add(new Lane(layer, rows));
            }
        }
        return new MapTable(
                lanes,
                wanted.size() - shown.size(),
                (int) all.stream()
                        .flatMap(row -> row.entries().stream())
                        .filter(Entry::overdue)
                        .count(),
                (int) all.stream().filter(row -> !row.covered()).count());
    }

    private static Row row(Resource resource, List<Entry> entries) {
        return new Row(resource, entries, entries.stream().anyMatch(entry -> entry.when() == When.VALID));
    }

    private static Entry entry(Responsibility of, LocalDate day) {
        When when = of.isValidOn(day)
                ? When.VALID
                : of.validTo().filter(day::isAfter).isPresent() ? When.OVER : When.LATER;
        return new Entry(
                of,
                when,
                when == When.VALID && of.reviewDue().filter(day::isAfter).isPresent());
    }
}
