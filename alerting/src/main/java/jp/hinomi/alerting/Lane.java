package jp.hinomi.alerting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Threads that do the same work. One of those that rest looks for work again and again; the others are woken when there is more
 * than the rest can do, which costs nothing while there is little.
 */
final class Lane {
    /** How often somebody looks who need not. */
    private static final Duration SELDOM = Duration.ofSeconds(30);

    private final List<Loop> loops = new ArrayList<>();

    /**
     * @param work does one piece of work, and runs what it is given as soon as it knows that there is one; false if there is
     *     none
     * @param often how often one of them looks
     */
    Lane(String name, int threads, Predicate<Runnable> work, Duration often) {
        for (int i = 0; i < threads; i++) {
            int number = i;
            loops.add(new Loop(
                    name + "-" + number, () -> work.test(this::wake), () -> isAnotherLooking(number) ? SELDOM : often));
        }
    }

    private boolean isAnotherLooking(int number) {
        return loops.subList(0, number).stream().anyMatch(Loop::isResting);
    }

    void start() {
        loops.forEach(Loop::start);
    }

    /** There may be work: somebody who rests looks, or whoever is done first. */
    void wake() {
        loops.stream().filter(Loop::isResting).findFirst().ifPresentOrElse(Loop::wake, () -> loops.forEach(Loop::wake));
    }

    List<Loop> loops() {
        return loops;
    }
}
