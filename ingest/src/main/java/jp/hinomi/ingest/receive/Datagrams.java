package jp.hinomi.ingest.receive;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import jp.hinomi.ingest.kafka.Outlet;
import jp.hinomi.ingest.spool.Datagram;
import jp.hinomi.ingest.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a datagram, whose sender cannot wait: it goes to Kafka, or to the spool while too much waits for Kafka or
 * older ones are in the spool; where there is no room, it is dropped and counted. What was in memory when the receivers were
 * stopped goes to the spool too, in its place among what is there. Datagrams come from one thread; another one sends what is in the spool.
 */
final class Datagrams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Datagrams.class);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_WITHIN_MILLIS = 2_000;

    private final SyslogIntake intake;
    private final Outlet outlet;
    private final LongAdder dropped;
    private final Optional<Spool> spool;
    private final Thread sender = new Thread(this::sendOn, "hinomi-receivers-spool");
    private final Runnable resume = this::resume;
    private volatile boolean heldBack;
    private volatile boolean stopped;

    /** A datagram that Kafka may not have yet, and that is nowhere else. */
    private final class InMemory implements Outlet.Acknowledgement {
        private final Datagram datagram;
        private final long mark;

        InMemory(Datagram datagram, long mark) {
            this.datagram = datagram;
            this.mark = mark;
        }

        @Override
        public void done(boolean stored) {
            // Kafka has it, or refused it for good.
        }

        @Override
        public void abandoned() {
            if (!spool.orElseThrow().keepForNextRun(mark, datagram)) {
                dropped.increment();
            }
        }
    }

    private Datagrams(SyslogIntake intake, Outlet outlet, LongAdder dropped, Optional<Spool> spool) {
        this.intake = intake;
        this.outlet = outlet;
        this.dropped = dropped;
        this.spool = spool;
    }

    /** @throws IOException if the folder of the spool cannot be used; the message says why */
    static Datagrams open(Optional<SpoolSettings> settings, SyslogIntake intake, Outlet outlet, LongAdder dropped)
            throws IOException {
        Optional<Spool> spool = settings.isPresent()
                ? Optional.of(Spool.open(settings.get().folder(), settings.get().bytes()))
                : Optional.empty();
        Datagrams datagrams = new Datagrams(intake, outlet, dropped, spool);
        if (spool.isPresent()) {
            datagrams.sender.setDaemon(true);
            datagrams.sender.start();
        }
        return datagrams;
    }

    void take(Datagram datagram) {
        boolean after = spool.isPresent() && spool.get().hasWaiting();
        if (after || outlet.full()) {
            keep(datagram);
        } else {
            offer(
                    datagram,
                    spool.isPresent() ? new InMemory(datagram, spool.get().mark()) : Outlet.Acknowledgement.NONE);
        }
    }

    private void keep(Datagram datagram) {
        if (spool.isEmpty() || !spool.get().append(datagram)) {
            dropped.increment();
        }
    }

    private void offer(Datagram datagram, Outlet.Acknowledgement acknowledgement) {
        intake.message(
                datagram.message(),
                Way.SYSLOG_UDP,
                Peer.at(datagram.peer()),
                datagram.receivedMillis(),
                acknowledgement);
    }

    private void sendOn() {
        long settledAt = System.nanoTime();
        while (!stopped) {
            try {
                if (!sendNext()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                if (System.nanoTime() - settledAt >= SETTLE_NANOS) {
                    settledAt = System.nanoTime();
                    spool.get().settle();
                }
            } catch (RuntimeException e) {
                LOG.error("a datagram of the spool could not be sent", e);
            }
        }
    }

    /** False if nothing can be sent now. Where there is no room it waits until there is much, as TCP senders do. */
    private boolean sendNext() {
        if (heldBack) {
            return false;
        }
        if (outlet.full()) {
            heldBack = true;
            outlet.whenRelieved(resume);
            return false;
        }
        Optional<Spool.Taken> next = spool.get().take(System.nanoTime());
        next.ifPresent(this::send);
        return next.isPresent();
    }

    private void send(Spool.Taken taken) {
        try {
            offer(taken.datagram(), stored -> taken.stored());
        } catch (RuntimeException e) {
            // Kept, it would keep all that came after it, and be tried again at each start.
            LOG.error("a datagram of the spool cannot be sent, and is given up", e);
            taken.stored();
        }
    }

    private void resume() {
        heldBack = false;
        LockSupport.unpark(sender);
    }

    Spool.Counts counts() {
        return spool.map(Spool::counts).orElse(Spool.Counts.NONE);
    }

    /** Sends no more from the spool. To be called before the outlet is closed. */
    void stop() {
        stopped = true;
        LockSupport.unpark(sender);
        try {
            sender.join(STOP_WITHIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps what Kafka does not have. To be called after the outlet is closed. */
    @Override
    public void close() {
        if (spool.isPresent()) {
            try {
                spool.get().close();
            } catch (IOException e) {
                LOG.error("the spool could not be closed; what is in it may be sent twice", e);
            }
        }
    }
}
