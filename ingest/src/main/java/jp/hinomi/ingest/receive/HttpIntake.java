package jp.hinomi.ingest.receive;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.ingest.kafka.Outlet;
import jp.hinomi.ingest.kafka.Reception;

/** What happens to a request once its body is whole: taken apart, stored, and answered after Kafka acknowledged. Thread-safe. */
final class HttpIntake {
    private final City city;
    private final ReceiverSettings settings;
    private final Outlet outlet;
    private final ReceiverCounters counters;
    private final Supplier<ReceiverCounters.Snapshot> all;
    private final Clock clock;

    /** @param all what all ways have counted, for who asks */
    HttpIntake(
            ReceiverSettings settings,
            Outlet outlet,
            ReceiverCounters counters,
            Supplier<ReceiverCounters.Snapshot> all,
            Clock clock) {
        this.city = settings.city();
        this.settings = settings;
        this.outlet = outlet;
        this.counters = counters;
        this.all = all;
        this.clock = clock;
    }

    City city() {
        return city;
    }

    HttpAnswer health() {
        return new HttpAnswer.Health(
                outlet.full(), outlet.waitingBytes(), all.get().lost());
    }

    HttpAnswer counters() {
        return new HttpAnswer.Counters(all.get());
    }

    boolean full() {
        return outlet.full();
    }

    /** @param encoding of Content-Encoding, in lower case; empty for none */
    CompletableFuture<HttpAnswer> take(Source source, byte[] body, String encoding, String peer) {
        boolean json = source.format().equals("ecs-json") || source.format().equals("suricata-eve");
        HttpBody.Records records =
                HttpBody.read(body, encoding, json, settings.maxRequestBytes(), settings.maxLineBytes());
        if (records instanceof HttpBody.Records.Unusable unusable) {
            return CompletableFuture.completedFuture(unusable.answer());
        }
        List<byte[]> lines = ((HttpBody.Records.Lines) records).lines();
        if (outlet.full()) {
            return CompletableFuture.completedFuture(HttpRefusals.busy());
        }
        return store(source, lines, peer);
    }

    private CompletableFuture<HttpAnswer> store(Source source, List<byte[]> lines, String peer) {
        CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(lines.size());
        AtomicBoolean allStored = new AtomicBoolean(true);
        long now = clock.millis();
        counters.of(Way.HTTP).received.add(lines.size());
        for (byte[] line : lines) {
            outlet.offer(Reception.record(source, line, Way.HTTP.transport(), peer, now), stored -> {
                if (!stored) {
                    allStored.set(false);
                }
                if (left.decrementAndGet() == 0) {
                    answer.complete(
                            allStored.get() ? new HttpAnswer.Accepted(lines.size()) : HttpRefusals.notAcknowledged());
                }
            });
        }
        return answer.completeOnTimeout(
                HttpRefusals.notAcknowledged(), settings.acknowledgeWithin().toMillis(), TimeUnit.MILLISECONDS);
    }
}
