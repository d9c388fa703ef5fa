package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.CorrelationRule.Criterion;
import jp.hinomi.rules.CorrelationRule.Operator;
import jp.hinomi.rules.CorrelationRule.Type;
import org.junit.jupiter.api.Test;

/** What correlations of a form share, and what they do not: how long Esper holds a group. */
class EsperEngineTest {
    private static final int MOST_TRIES = 50;

    private final Correlations correlations = new Correlations(Sigma.set(
            Sigma.detection("d"), count("minute", Duration.ofMinutes(1)), count("hour", Duration.ofHours(1))));
    private final EsperEngine engine = new EsperEngine(correlations.all());

    private static jp.hinomi.rules.CorrelationRule count(String name, Duration timespan) {
        return Sigma.correlation(
                name,
                Type.EVENT_COUNT,
                List.of("d"),
                List.of("a"),
                timespan,
                List.of(new Criterion(Operator.GTE, 3)),
                Optional.empty());
    }

    private Correlation correlation(String name) {
        return correlations.all().stream()
                .filter(each -> each.info().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theStatementOfAFormIsTheSameWhateverItsTimespan() {
        assertThat(Epl.of(correlation("minute"))).isEqualTo(Epl.of(correlation("hour")));
    }

    @Test
    void aGroupIsHeldForTwiceTheTimespanOfItsOwnCorrelation() {
        WeakReference<Cell> minute = oneMatch("minute", "idle", 0);
        WeakReference<Cell> hour = oneMatch("hour", "idle", 0);
        for (int minutes = 1; minutes <= 10; minutes++) {
            oneMatch("minute", "busy" + minutes, minutes);
            oneMatch("hour", "busy" + minutes, minutes);
        }
        for (int i = 0; i < MOST_TRIES && minute.get() != null; i++) {
            System.gc();
        }
        assertThat(minute.get()).isNull();
        assertThat(hour.get()).isNotNull();
        engine.close();
    }

    private WeakReference<Cell> oneMatch(String name, String group, int minutes) {
        Correlation correlation = correlation(name);
        Cell cell = new Cell(new GroupKey(correlation.key(), List.of(group)), new RunningRule(correlation));
        long time = 1_800_000_000_000L + Duration.ofMinutes(minutes).toMillis();
        SecurityEvent event = new SecurityEvent.Builder(group + minutes, time).build();
        engine.accept(cell, Match.ofEvent(event, 1, "", List.of("d")));
        return new WeakReference<>(cell);
    }

    @Test
    void generatedClassesAreNotLookedForOnTheClassPath() throws ClassNotFoundException {
        ClassLoader parent = ((com.espertech.esper.common.client.util.ClassLoaderProvider) GeneratedClasses.asParent()
                        .get(com.espertech.esper.common.client.util.ClassLoaderProvider.NAME))
                .classloader();
        assertThat(parent.loadClass(Cell.class.getName())).isSameAs(Cell.class);
        for (String missing : List.of("generated.StatementFields_x", "jp.hinomi", "jp.hinomi")) {
            assertThatThrownBy(() -> parent.loadClass(missing)).isInstanceOf(ClassNotFoundException.class);
        }
    }
}
