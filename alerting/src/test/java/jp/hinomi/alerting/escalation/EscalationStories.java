package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.EscalatingCity.BOSS;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import jp.hinomi.alerting.RunningInCommon;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who is told when, whose answers count, and what each answer leads to, from the topic to the inbox: what the tests of it have in
 * common. Each tells a story of its own about an alert of its own.
 */
abstract class EscalationStories {
    /** Begins on a Wednesday, 09:00 in Tokyo, and goes on only. */
    static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));

    @RegisterExtension
    static final RunningInCommon IN_COMMON = new RunningInCommon(EscalationStories::start);

    /** What the promoter's webhook was sent. */
    static final List<String> HOOKED = new CopyOnWriteArrayList<>();

    private static HttpServer hook;
    static TestAlerting hinomi;

    private static AutoCloseable start() {
        try {
            hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hook.createContext("/soc", exchange -> {
            HOOKED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        hinomi = TestAlerting.start(map(BOSS).build(), builder -> builder.clock(NOW::get));
        return () -> {
            hinomi.close();
            hook.stop(0);
        };
    }

    /** Nothing of another story is of the same time: what was sent just then says that a channel works. */
    @BeforeEach
    void laterThanAllOthers() {
        NOW.updateAndGet(now -> now.plus(Duration.ofDays(1)));
    }

    /** @param boss the mailbox of the vendor's boss */
    static SampleCity map(String boss) {
        return EscalatingCity.map("http://127.0.0.1:" + hook.getAddress().getPort() + "/soc", boss);
    }

    /** An alert arrives of the resource that is escalated so. */
    static Timeline story(String alert, String policy) {
        return new Timeline(hinomi, NOW, alert)
                .at("0 s")
                .arrives(SampleAlert.of(alert).target("on-" + policy));
    }
}
