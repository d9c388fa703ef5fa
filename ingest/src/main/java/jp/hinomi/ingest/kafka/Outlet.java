package jp.hinomi.ingest.kafka;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records to Kafka in the order they came, and knows how many bytes wait for its acknowledgement. A record is given
 * up only when Kafka refuses it for good; while Kafka is away it waits here. Thread-safe; never blocks those who offer.
 */
public final class Outlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    /** What a record costs beside its value: key, headers, objects. */
    private static final int OVERHEAD = 256;

    private static final long LOOK_NANOS = 5_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A broker that has not answered for so long is not waited for when we stop: what waits has to be kept in time. */
    private static final long SILENT_NANOS = Duration.ofSeconds(3).toNanos();

    private static final Duration RETRY_AFTER = Duration.ofMillis(500);

    private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong offered = new AtomicLong();
    private final Set<Runnable> heldBack = new HashSet<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder timesHeldBack = new LongAdder();
    private final long limit;
    private final Thread sender;
    private volatile boolean closed;

    /** @param number in the order of offering */
    private record Pending(long number, ProducerRecord<byte[], byte[]> record, Acknowledgement acknowledgement) {
        long bytes() {
            return record.value().length + OVERHEAD;
        }
    }

    /** Hears, once per record, whether Kafka has it for good. Called from a thread that must not be held up. */
    public interface Acknowledgement {
        Acknowledgement NONE = stored -> {};

        /** @param stored false if Kafka refused the record for good; sending it again would be refused again */
        void done(boolean stored);

        /** The outlet was closed before Kafka had the record; nothing more is heard of it. May take its time. */
        default void abandoned() {}
    }

    /**
     * @param limit bytes that may wait for Kafka's acknowledgement before the outlet is {@linkplain #full() full}
     * @param thread name of the thread that hands records to Kafka
     */
    public Outlet(String bootstrapServers, long limit, String thread) {
        Properties settings = ProducerSettings.of(bootstrapServers, limit + (8L << 20));
        this.producer = new KafkaProducer<>(settings);
        this.limit = limit;
        this.sender = new Thread(this::run, thread);
        this.sender.setDaemon(true);
        this.sender.start();
    }

    /** True while more waits than may: then nobody should offer more. */
    public boolean full() {
        return waiting.get() >= limit;
    }

    public long waitingBytes() {
        return waiting.get();
    }

    /** Waits until all that was offered is settled, at most so long; returns whether it is. */
    public boolean awaitEmpty(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (waiting.get() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return waiting.get() == 0;
    }

    /** True if so many bytes more would still fit. */
    public boolean hasRoomFor(long bytes) {
        return waiting.get() + bytes <= limit;
    }

    /** Takes the record in any case; who offers checks {@link #full()} and holds its sender back. */
    public void offer(ProducerRecord<byte[], byte[]> record, Acknowledgement acknowledgement) {
        Pending pending = new Pending(offered.getAndIncrement(), record, acknowledgement);
        waiting.addAndGet(pending.bytes());
        queue.add(pending);
    }

    /**
     * Calls {@code resume} once, as soon as there is room again; at once if there is already.
     *
     * @param resume must not block
     */
    public void whenRelieved(Runnable resume) {
        synchronized (heldBack) {
            if (!relieved()) {
                heldBack.add(resume);
                timesHeldBack.increment();
                return;
            }
        }
        resume.run();
    }

    /** Calls it no more, if it has not been called yet. */
    public void forget(Runnable resume) {
        synchronized (heldBack) {
            heldBack.remove(resume);
        }
    }

    /** Room returns at half the limit, so that senders are not switched on and off for every record. */
    private boolean relieved() {
        return closed || waiting.get() <= limit / 2;
    }

    private void run() {
        while (true) {
            try {
                Pending next = queue.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(next);
                } else if (closed) {
                    return;
                }
            } catch (InterruptedException | InterruptException e) {
                // Only close() interrupts, after its patience is over.
                return;
            }
        }
    }

    /** Until the producer has taken it: order within a source is the order of arrival. */
    private void send(Pending pending) throws InterruptedException {
        boolean taken = false;
        try {
            sendUntilTaken(pending);
            taken = true;
        } finally {
            if (!taken) {
                queue.add(pending);
            }
        }
    }

    private void sendUntilTaken(Pending pending) throws InterruptedException {
        while (true) {
            Attempt attempt = new Attempt(pending);
            try {
                producer.send(pending.record(), attempt::completed);
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                attempt.completed(null, e);
            }
            if (attempt.returned()) {
                return;
            }
            LOG.warn(
                    "Kafka does not take records for {} ({}); trying again: is the broker up, and does the topic exist?",
                    pending.record().topic(),
                    attempt.why().toString());
            Thread.sleep(RETRY_AFTER.toMillis());
        }
    }

    /** One call of the producer. A failure inside the call itself is repeated in place; a later one goes back to the queue. */
    private final class Attempt {
        private final Pending pending;
        private boolean inCall = true;
        private Exception failed;

        Attempt(Pending pending) {
            this.pending = pending;
        }

        synchronized boolean returned() {
            inCall = false;
            return failed == null;
        }

        synchronized Exception why() {
            return failed;
        }

        void completed(Object metadata, Exception error) {
            if (error == null) {
                acknowledged.increment();
                settle(pending, true);
                return;
            }
            Refusal refusal = Refusal.of(error, pending.record());
            if (refusal.forGood()) {
                Outlet.this.failed.increment();
                LOG.error(
                        "Kafka refused a record of {} for good: {}",
                        pending.record().topic(),
                        error.toString());
                if (refusal.instead().isPresent()) {
                    // Who waits for an answer waits for what is stored in its place.
                    offer(refusal.instead().get(), new StandIn(pending.acknowledgement()));
                    release(pending);
                } else {
                    settle(pending, false);
                }
                return;
            }
            synchronized (this) {
                if (inCall) {
                    failed = error;
                    return;
                }
            }
            queue.add(pending);
        }
    }

    /** Records that Kafka has acknowledged. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** Records that Kafka refused for good. */
    public long failed() {
        return failed.sum();
    }

    /** How often somebody was made to wait until there was room again. */
    public long timesHeldBack() {
        return timesHeldBack.sum();
    }

    /** Of a record that is sent in place of one that was refused. */
    private record StandIn(Acknowledgement refused) implements Acknowledgement {
        @Override
        public void done(boolean stored) {
            refused.done(false);
        }

        @Override
        public void abandoned() {
            refused.abandoned();
        }
    }

    private void settle(Pending pending, boolean stored) {
        pending.acknowledgement().done(stored);
        release(pending);
    }

    private void release(Pending pending) {
        waiting.addAndGet(-pending.bytes());
        if (relieved()) {
            Set<Runnable> resumed;
            synchronized (heldBack) {
                if (heldBack.isEmpty()) {
                    return;
                }
                resumed = Set.copyOf(heldBack);
                heldBack.clear();
            }
            resumed.forEach(Runnable::run);
        }
    }

    /** Waits until all is acknowledged, but not for ever: who sends over TCP keeps what it could not hand over. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /** Waits until all is acknowledged, at most so long, and not for a broker from which nothing has come for a while. */
    public void close(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        closed = true;
        try {
            awaitAnswers(deadline);
            sender.interrupt();
            producer.close(Duration.ofNanos(waiting.get() == 0 ? Math.max(0, deadline - System.nanoTime()) : 0));
            sender.join(1000);
        } catch (InterruptedException e) {
            sender.interrupt();
            producer.close(Duration.ZERO);
            Thread.currentThread().interrupt();
        }
        // The producer has given back what it had not sent.
        queue.stream()
                .sorted(Comparator.comparingLong(Pending::number))
                .forEach(pending -> pending.acknowledgement().abandoned());
        queue.clear();
        if (waiting.get() > 0) {
            LOG.error("stopped with {} bytes that Kafka had not acknowledged: was the broker down?", waiting.get());
        }
    }

    private void awaitAnswers(long deadline) throws InterruptedException {
        long answered = acknowledged();
        long answeredAt = System.nanoTime();
        while (waiting.get() > 0 && System.nanoTime() - deadline < 0) {
            TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
            if (acknowledged() != answered) {
                answered = acknowledged();
                answeredAt = System.nanoTime();
            } else if (System.nanoTime() - answeredAt > SILENT_NANOS) {
                return;
            }
        }
    }
}
