package jp.hinomi.standalone.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import jp.hinomi.events.Alert;

/**
 * Every alert of one set of rules at its last revision, without the alerts: a million need some 170 MB, and their examples the
 * disk. Thread-safe while alerts come.
 */
final class Ledger implements Consumer<Alert>, AutoCloseable {
    static final Comparator<Entry> BY_TIME = Comparator.comparingLong(Entry::time)
            .thenComparing(entry -> entry.rule().name())
            .thenComparingLong(Entry::group);

    private final Function<Alert, Audience> audiences;
    private final ExampleFile examples = new ExampleFile();
    private final Map<UUID, Entry> byId = new HashMap<>();
    private final Map<String, Alert.Rule> rules = new HashMap<>();

    Ledger(Function<Alert, Audience> audiences) throws IOException {
        this.audiences = audiences;
    }

    @Override
    public synchronized void accept(Alert alert) {
        UUID id = UUID.nameUUIDFromBytes(alert.id().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Entry known = byId.get(id);
        if (known != null && !known.isReplacedBy(alert)) {
            return;
        }
        Alert.Rule rule = rules.computeIfAbsent(alert.rule().name(), any -> alert.rule());
        Audience audience = audiences.apply(alert);
        if (known == null) {
            byId.put(id, new Entry(alert, rule, audience, examples.add(Example.of(alert))));
        } else {
            known.set(alert, rule, audience);
        }
    }

    Map<UUID, Entry> byId() {
        return byId;
    }

    /** Those of the ids, in order of time. */
    List<Entry> inOrder(Predicate<UUID> wanted) {
        List<Entry> all = new ArrayList<>();
        byId.forEach((id, entry) -> {
            if (wanted.test(id)) {
                all.add(entry);
            }
        });
        all.sort(BY_TIME);
        return all;
    }

    Example example(Entry entry) {
        return examples.read(entry.example());
    }

    @Override
    public void close() {
        examples.close();
    }
}
