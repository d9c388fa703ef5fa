package jp.hinomi.rules.taxonomy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.events.Fields;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.rules.Logsource;

/**
 * Names of fields in rules that follow Sigma's taxonomy, and what our events call them, by the one table in {@code
 * taxonomy.yaml}. Immutable and thread-safe.
 */
public final class Taxonomy {
    private static final String FILE = "taxonomy.yaml";

    private static final Taxonomy STANDARD = new Taxonomy(text());

    private final List<TaxonomyEntry> entries = new ArrayList<>();
    private final Map<Logsource, List<TaxonomyEntry>> byLogsource = new ConcurrentHashMap<>();

    private Taxonomy(String text) {
        List<Problem> problems = new ArrayList<>();
        List<Node> documents = YamlReader.read(FILE, text, problems::add);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        ((Node.Sequence) documents.get(0))
                .elements()
                .forEach(node -> entries.add(TaxonomyEntry.of((Node.Mapping) node)));
        entries.sort(Comparator.comparingInt(TaxonomyEntry::parts).reversed());
    }

    /** The table that is part of this release. */
    public static Taxonomy standard() {
        return STANDARD;
    }

    /** What the field of a rule for that log source is called here. */
    public Target target(Logsource logsource, String field) {
        List<TaxonomyEntry> asked = byLogsource.computeIfAbsent(logsource, this::entries);
        Target target = target(asked, field);
        return target.origin() == Target.Origin.KNOWN && asked.stream().anyMatch(TaxonomyEntry::foreign)
                ? new Target(target.field(), target.whole(), target.values(), Target.Origin.FOREIGN)
                : target;
    }

    private static Target target(List<TaxonomyEntry> asked, String field) {
        for (TaxonomyEntry entry : asked) {
            Optional<Target> listed = entry.listed(field);
            if (listed.isPresent()) {
                return listed.get();
            }
        }
        if (isEcs(field)) {
            return Target.of(field, Target.Origin.KNOWN);
        }
        return asked.stream()
                .map(entry -> entry.other(field))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Target.of(field, Target.Origin.UNKNOWN));
    }

    /** Whether rules may use the name as it is: one of the dictionary, or a dotted one of ECS. */
    static boolean isEcs(String field) {
        return !Fields.of(field).isExtra()
                || field.indexOf('.') > 0 && EcsCatalogue.get().allows(field);
    }

    private List<TaxonomyEntry> entries(Logsource logsource) {
        return entries.stream()
                .filter(entry -> entry.logsource().contains(logsource))
                .toList();
    }

    private static String text() {
        try (InputStream in = Taxonomy.class.getResourceAsStream("/jp/hinomi/rules/" + FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the table of field names belongs to this module", e);
        }
    }
}
