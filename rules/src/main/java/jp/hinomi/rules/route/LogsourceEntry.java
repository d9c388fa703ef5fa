package jp.hinomi.rules.route;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What one word of a log source means: an entry of {@code logsources.yaml}. Empty sets say nothing. */
record LogsourceEntry(
        Set<String> datasets, Set<String> modules, Set<String> categories, Set<String> os, Set<String> processes) {
    LogsourceEntry {
        datasets = Set.copyOf(datasets);
        modules = Set.copyOf(modules);
        categories = Set.copyOf(categories);
        os = Set.copyOf(os);
        processes = Set.copyOf(processes);
    }

    /**
     * True unless the event says otherwise.
     *
     * @param datasetSpeaks whether the event's data set is to be believed although the entry does not list it
     */
    boolean accepts(EventKind kind, boolean datasetSpeaks) {
        return comesFrom(kind, datasetSpeaks) && fits(processes, kind.process());
    }

    private boolean comesFrom(EventKind kind, boolean datasetSpeaks) {
        if (decides(datasets, kind.dataset()) && (datasetSpeaks || fits(datasets, kind.dataset()))) {
            return fits(datasets, kind.dataset());
        }
        if (decides(modules, kind.module())) {
            return fits(modules, kind.module());
        }
        if (decides(categories, kind.category())) {
            return fits(categories, kind.category());
        }
        return fits(os, kind.os());
    }

    private static boolean decides(Set<String> wanted, Object said) {
        return said != null && !wanted.isEmpty();
    }

    private static boolean fits(Set<String> wanted, Object said) {
        if (!decides(wanted, said)) {
            return true;
        }
        List<?> values = EventKind.values(said);
        for (Object value : values) {
            if (wanted.contains(value.toString().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
