package jp.hinomi.city;

import java.util.List;
import java.util.Optional;

/**
 * A table of a city as CSV: the entries of one list of a file, one row each, or of a list inside those entries, which name by
 * the column {@code parent} to which entry they belong.
 *
 * @param name of the CSV file, without its ending
 * @param file YAML file that it stands for
 * @param key of the list; for inner tables inside the entries of {@code of}
 * @param of the table whose entries have the list
 * @param parent the column that holds the id of that entry
 * @param columns that stand first; others follow as they come
 */
record CityTable(String name, String file, String key, Optional<String> of, String parent, List<String> columns) {
    static final List<CityTable> ALL = List.of(
            top(StakeholdersFile.NAME, "stakeholders", "id", "name.ja", "name.en", "role", "locale", "max-tlp"),
            inner(StakeholdersFile.NAME, "contacts", "contacts", "stakeholders", "stakeholder", "id", "kind"),
            inner(
                    StakeholdersFile.NAME,
                    "channels",
                    "channels",
                    "contacts",
                    "contact",
                    "type",
                    "address",
                    "url",
                    "secret"),
            top(ResourcesFile.NAME, "resources", "id", "name.ja", "name.en", "layer", "criticality"),
            inner(
                    ResourcesFile.NAME,
                    "selectors",
                    "selectors",
                    "resources",
                    "resource",
                    "source",
                    "device",
                    "cidr",
                    "host",
                    "service",
                    "data-class",
                    "layer"),
            top(
                    ResponsibilitiesFile.NAME,
                    "responsibilities",
                    "resource",
                    "stakeholder",
                    "duty",
                    "under",
                    "scope.ja",
                    "scope.en",
                    "severity-min",
                    "escalation",
                    "notify",
                    "valid-from",
                    "valid-to",
                    "review-due",
                    "basis"),
            top(EscalationsFile.NAME, "escalations", "id", "reack-after", "loop-max"),
            inner(EscalationsFile.NAME, "steps", "steps", "escalations", "escalation", "notify", "ack", "ack-within"),
            top(SourcesFile.NAME, "sources", "id", "topic", "format", "zone", "resource", "expect-every"),
            top(SchedulesFile.NAME, "schedules", "id", "name.ja", "name.en", "zone", "holidays"),
            inner(
                    SchedulesFile.NAME,
                    "rotations",
                    "rotations",
                    "schedules",
                    "schedule",
                    "name",
                    "members",
                    "shift",
                    "hand-over",
                    "from",
                    "until",
                    "hours",
                    "on-holidays"),
            inner(
                    SchedulesFile.NAME,
                    "overrides",
                    "overrides",
                    "schedules",
                    "schedule",
                    "from",
                    "to",
                    "on-duty",
                    "replaces",
                    "owner",
                    "reason"),
            top(SchedulesFile.NAME, "calendars", "id"),
            inner(SchedulesFile.NAME, "holidays", "days", "calendars", "calendar", "date", "name"),
            top(SeverityFile.NAME, "severity", "level", "low", "medium", "high", "critical"));

    private static CityTable top(String file, String name, String... columns) {
        return new CityTable(name, file, name, Optional.empty(), "", List.of(columns));
    }

    private static CityTable inner(String file, String name, String key, String of, String parent, String... columns) {
        return new CityTable(name, file, key, Optional.of(of), parent, List.of(columns));
    }

    /** Whether its rows are keys and values of a mapping rather than entries of a list; the first column is the key. */
    boolean isMapping() {
        return name.equals("holidays") || name.equals("severity");
    }

    /** The tables inside this one. */
    List<CityTable> inner() {
        return ALL.stream().filter(each -> each.of().equals(Optional.of(name))).toList();
    }

    String csv() {
        return name + ".csv";
    }
}
