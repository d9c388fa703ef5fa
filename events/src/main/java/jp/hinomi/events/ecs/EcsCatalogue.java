package jp.hinomi.events.ecs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The Elastic Common Schema 8.17 as data, read once from {@code fields.csv} and {@code values.csv} beside this class.
 * Immutable and thread-safe. For checking what people write and what decoders make, not for use per event.
 */
public final class EcsCatalogue {
    /** The version of the schema. */
    public static final String VERSION = "8.17";

    private static final EcsCatalogue INSTANCE = new EcsCatalogue();

    private final Map<String, EcsField> fields = new TreeMap<>();
    private final Set<String> roots = new TreeSet<>();
    private final Map<String, Set<String>> values = new HashMap<>();
    private final Map<String, Set<String>> typesOfCategory = new HashMap<>();

    private EcsCatalogue() {
        lines("fields.csv", line -> {
            String[] parts = line.split(",", -1);
            roots.add(root(parts[0]));
            fields.put(parts[0], new EcsField(parts[0], parts[1], parts.length > 2 && parts[2].equals("array")));
        });
        lines("values.csv", line -> {
            String[] parts = line.split(",", -1);
            values.computeIfAbsent(parts[0], field -> new TreeSet<>()).add(parts[1]);
            if (parts.length > 2) {
                typesOfCategory.put(parts[1], new TreeSet<>(List.of(parts[2].split(" "))));
            }
        });
    }

    public static EcsCatalogue get() {
        return INSTANCE;
    }

    /** Sorted by name. */
    public Collection<EcsField> fields() {
        return Collections.unmodifiableCollection(fields.values());
    }

    /** The field of exactly that name. */
    public Optional<EcsField> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Whether the schema allows that name: one of its fields, or one below a field that takes any ({@code labels.x}). */
    public boolean allows(String name) {
        if (fields.containsKey(name)) {
            return true;
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            EcsField outer = fields.get(name.substring(0, dot));
            if (outer != null) {
                return outer.isObject();
            }
        }
        return false;
    }

    /**
     * Whether the first part of the name is one of the schema's ({@code source.…}): there only the schema's own names may
     * stand.
     */
    public boolean claims(String name) {
        return roots.contains(root(name));
    }

    /**
     * The schema does not say that these are arrays, and some devices have several: a session has an id on each side of a
     * translation, and every layer of a policy has its rule.
     */
    private static final Set<String> IN_PRACTICE_SEVERAL =
            Set.of("network.community_id", "network.name", "rule.name", "rule.uuid");

    /**
     * Whether an event has at most one value of the field: the schema says so of it, and of every array of objects that it
     * may be part of ({@code threat.indicator.ip}). Decoders are tested to keep to it.
     */
    public boolean isSingle(String name) {
        EcsField field = fields.get(name);
        if (field == null || field.several() || field.isObject() || IN_PRACTICE_SEVERAL.contains(name)) {
            return false;
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            EcsField outer = fields.get(name.substring(0, dot));
            if (outer != null && (outer.several() || outer.isObject())) {
                return false;
            }
        }
        return true;
    }

    private static String root(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The allowed values of {@code event.kind}, {@code .category}, {@code .type} or {@code .outcome}; empty for others. */
    public Set<String> values(String field) {
        return Collections.unmodifiableSet(values.getOrDefault(field, Set.of()));
    }

    /** What {@code event.type} may be beside that category; all types where the schema leaves it open. */
    public Set<String> typesOf(String category) {
        return Collections.unmodifiableSet(typesOfCategory.getOrDefault(category, values("event.type")));
    }

    private static void lines(String resource, Consumer<String> consumer) {
        try (InputStream in = EcsCatalogue.class.getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    consumer.accept(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " of this program", e);
        }
    }
}
