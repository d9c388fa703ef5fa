package jp.hinomi.alerting;

import java.time.Duration;
import jp.hinomi.alerting.health.HealthConsumer;

/** The thread that follows the topics of health, started when the console answers and ended before the database goes. */
final class HealthFollower implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HealthConsumer consumer;
    private final Thread thread;

    HealthFollower(HealthConsumer consumer) {
        this.consumer = consumer;
        this.thread = new Thread(consumer, "alerting-health");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        consumer.stop();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
