package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many alerts a second are taken into PostgreSQL: stored, routed, their notices written into the outbox, their
 * escalations started, all audited. Not part of the build: {@code -Dtest=IntakeSpeed}, with {@code -Dhinomi.writers=2} for
 * what two instances do.
 */
class IntakeSpeed {
    private static final int WRITERS = Integer.getInteger("hinomi.writers", 1);
    private static final int ALERTS = 4000;
    private static final int BATCH = 200;

    @Test
    void alertsPerSecond() throws Exception {
        try (TestAlerting hinomi = TestAlerting.start(new SampleCity()
                .stakeholder(
                        "vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, contact("noc", mail("noc@vendor.example.jp")))
                .resource("api")
                .escalation("standard", Duration.ofMinutes(15), "noc", "promoter-csirt")
                .responsible("api", "vendor", Duty.OPERATOR, null, "standard", null, null)
                .build())) {
            // Only taking them in is measured, not sending.
            hinomi.mail().stop();
            AlertIntake intake = AlertingService.part(hinomi.running(), AlertIntake.class);
            TransactionTemplate transaction = AlertingService.part(hinomi.running(), TransactionTemplate.class);
            for (String name : List.of("warm", "cold")) {
                List<List<byte[]>> batches = batches(name);
                ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
                long start = System.nanoTime();
                List<Future<?>> done = new ArrayList<>();
                for (List<byte[]> batch : batches) {
                    done.add(pool.submit(() -> transaction.executeWithoutResult(
                            status -> batch.forEach(value -> intake.take(value, Instant.now())))));
                }
                for (Future<?> one : done) {
                    one.get();
                }
                pool.shutdown();
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%s: %d alerts in %.1f s: %.0f/s%n", name, ALERTS, seconds, ALERTS / seconds);
            }
        }
    }

    private static List<List<byte[]>> batches(String name) {
        List<List<byte[]>> batches = new ArrayList<>();
        for (int i = 0; i < ALERTS; i++) {
            if (i % BATCH == 0) {
                batches.add(new ArrayList<>());
            }
            batches.get(batches.size() - 1)
                    .add(AlertJson.write(SampleAlert.of("speed-" + name + "-" + i)
                            .target("api")
                            .build()));
        }
        return batches;
    }
}
