package jp.hinomi.correlation.live;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Problem;

/**
 * Decides which edits take force: a document with an error keeps its old version, or stays out if it has none, and an edit
 * that breaks a document that nobody touched (a renamed detection, which a correlation still lists) is not taken either.
 * Everything else goes through. Used once, not thread-safe.
 */
public final class RuleEdits {
    /** Beyond this many edits at once it is not worth looking for the ones that break others. */
    private static final int MOST_SUSPECTS = 100;

    private final Map<String, RuleRecord> before;
    private final Function<Collection<RuleRecord>, List<Problem>> check;
    private final Map<String, RuleRecord> candidate;
    private final Set<String> edited = new LinkedHashSet<>();
    private final Set<String> known;

    /**
     * @param inForce by key
     * @param errors everything that is wrong with what was wanted
     */
    public record Decision(Map<String, RuleRecord> inForce, List<Problem> errors) {
        public Decision {
            inForce = Map.copyOf(inForce);
            errors = List.copyOf(errors);
        }
    }

    private RuleEdits(
            Map<String, RuleRecord> before,
            Map<String, RuleRecord> wanted,
            Function<Collection<RuleRecord>, List<Problem>> check) {
        this.before = before;
        this.check = check;
        this.candidate = new LinkedHashMap<>(wanted);
        this.known = check.apply(before.values()).stream().map(RuleEdits::what).collect(Collectors.toSet());
        Set<String> all = new LinkedHashSet<>(wanted.keySet());
        all.addAll(before.keySet());
        for (String key : all) {
            RuleRecord now = wanted.get(key);
            if (now == null || !now.saysTheSame(before.get(key))) {
                edited.add(key);
            }
        }
    }

    /**
     * @param before what is in force, by key
     * @param wanted what should be, by key
     * @param check gives the errors of documents that are read together
     */
    public static Decision decide(
            Map<String, RuleRecord> before,
            Map<String, RuleRecord> wanted,
            Function<Collection<RuleRecord>, List<Problem>> check) {
        List<Problem> errors = check.apply(wanted.values());
        if (errors.isEmpty()) {
            return new Decision(wanted, List.of());
        }
        RuleEdits edits = new RuleEdits(before, wanted, check);
        edits.undoBroken(errors);
        return new Decision(edits.candidate, errors);
    }

    private void undoBroken(List<Problem> first) {
        List<Problem> errors = first;
        // Each round undoes at least one edit, and undoing one may break what relied on it.
        while (true) {
            List<Problem> now = errors;
            List<String> broken = edited.stream()
                    .filter(key -> candidate.containsKey(key) && now.stream().anyMatch(candidate.get(key)::isPlaceOf))
                    .toList();
            if (broken.isEmpty()) {
                break;
            }
            broken.forEach(this::undo);
            errors = check.apply(candidate.values());
        }
        if (newOnes(errors) > 0) {
            undoCulprits(newOnes(errors));
        }
    }

    private void undoCulprits(long newErrors) {
        long left = newErrors;
        if (edited.size() <= MOST_SUSPECTS) {
            for (String key : List.copyOf(edited)) {
                Map<String, RuleRecord> saved = new LinkedHashMap<>(candidate);
                undo(key);
                long without = newOnes(check.apply(candidate.values()));
                if (without < left) {
                    left = without;
                } else {
                    candidate.clear();
                    candidate.putAll(saved);
                    edited.add(key);
                }
            }
        }
        if (left > 0) {
            candidate.clear();
            candidate.putAll(before);
        }
    }

    private void undo(String key) {
        edited.remove(key);
        RuleRecord old = before.get(key);
        if (old == null) {
            candidate.remove(key);
        } else {
            candidate.put(key, old);
        }
    }

    private long newOnes(List<Problem> errors) {
        return new HashSet<>(errors.stream().map(RuleEdits::what).toList())
                .stream().filter(error -> !known.contains(error)).count();
    }

    /** Without the line, which moves when something above it is edited. */
    static String what(Problem problem) {
        return problem.file() + '\n' + problem.code() + '\n' + problem.message();
    }
}
