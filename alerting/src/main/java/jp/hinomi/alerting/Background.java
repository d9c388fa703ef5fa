package jp.hinomi.alerting;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.hinomi.alerting.audit.Checkpoints;
import jp.hinomi.alerting.delivery.OutboxWorker;
import jp.hinomi.alerting.delivery.Repetitions;
import jp.hinomi.alerting.duty.HandOverNotices;
import jp.hinomi.alerting.incident.join.Joins;
import jp.hinomi.alerting.intake.AlertConsumer;
import jp.hinomi.alerting.intake.EscalationCheck;
import jp.hinomi.alerting.intake.EscalationRunner;
import jp.hinomi.alerting.live.LiveUpdates;
import jp.hinomi.alerting.map.MapFollower;
import jp.hinomi.alerting.report.Reminders;
import jp.hinomi.alerting.suppress.HeldReview;
import jp.hinomi.alerting.webhook.EventRetention;
import jp.hinomi.alerting.webhook.WebhookFeed;

/** The threads of alerting, started when the console answers and ended before it goes. */
final class Background implements AutoCloseable {
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration CHECK = Duration.ofSeconds(20);
    private static final Duration CHECKPOINT = Duration.ofMinutes(1);
    private static final Duration MAP = Duration.ofSeconds(2);
    private static final Duration REMINDING = Duration.ofSeconds(30);
    private static final Duration TIDYING = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AlertConsumer consumer;
    private final LiveUpdates live;
    private final Thread consumerThread;
    private final Thread liveThread;
    private final List<Loop> loops = new ArrayList<>();

    private final List<Lane> lanes = new ArrayList<>();

    /** Not woken when there is something to send. */
    private final List<Loop> quiet = new ArrayList<>();

    /** @param workers how many threads each worker gets at most: a slow webhook must not hold up mail */
    Background(
            AlertConsumer consumer,
            LiveUpdates live,
            EscalationRunner escalations,
            EscalationCheck check,
            HeldReview held,
            Repetitions repetitions,
            HandOverNotices handOvers,
            Checkpoints checkpoints,
            Reminders reminders,
            Joins joins,
            WebhookFeed webhooks,
            EventRetention events,
            MapFollower map,
            InstantSource clock,
            Map<OutboxWorker, Integer> workers) {
        this.consumer = consumer;
        this.live = live;
        this.consumerThread = daemon(consumer, "alerting-intake");
        this.liveThread = daemon(live, "alerting-live");
        loops.add(new Loop("alerting-escalation", escalations::advanceNext, REST));
        loops.add(new Loop("alerting-held", () -> held.look() > 0, REST));
        loops.add(new Loop("alerting-again", repetitions::repeatNext, REST));
        quiet.add(new Loop(
                "alerting-check",
                () -> {
                    check.look();
                    return false;
                },
                CHECK));
        quiet.add(new Loop(
                "alerting-duty",
                () -> {
                    handOvers.tell(clock.instant());
                    return false;
                },
                CHECK));
        quiet.add(new Loop(
                "alerting-audit",
                () -> {
                    checkpoints.write(clock.instant());
                    return false;
                },
                CHECKPOINT));
        quiet.add(new Loop(
                "alerting-map",
                () -> {
                    map.look();
                    return false;
                },
                MAP));
        quiet.add(new Loop(
                "alerting-reminders",
                () -> {
                    reminders.remind(clock.instant());
                    return false;
                },
                REMINDING));
        loops.add(new Loop("alerting-webhooks", () -> webhooks.next(clock.instant()), REST));
        quiet.add(new Loop("alerting-events", () -> events.deleteSome(clock.instant()), TIDYING));
        quiet.add(new Loop("alerting-joins", () -> joins.next(clock.instant()), REST));
        workers.forEach((worker, threads) ->
                lanes.add(new Lane("alerting-outbox-" + lanes.size(), threads, worker::sendNext, REST)));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        loops.forEach(Loop::start);
        lanes.forEach(Lane::start);
        quiet.forEach(Loop::start);
        liveThread.start();
        consumerThread.start();
    }

    /** There may be something to send. */
    void wake() {
        loops.forEach(Loop::wake);
        lanes.forEach(Lane::wake);
    }

    @Override
    public void close() {
        consumer.stop();
        live.stop();
        try {
            consumerThread.join(PATIENCE.toMillis());
            List<Loop> all = Stream.of(
                            loops.stream(), lanes.stream().flatMap(lane -> lane.loops().stream()), quiet.stream())
                    .flatMap(each -> each)
                    .toList();
            all.forEach(Loop::stop);
            // Together, not each: many may wait for receivers that hang.
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (Loop loop : all) {
                loop.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
            }
            liveThread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
