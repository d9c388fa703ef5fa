package jp.hinomi.alerting;

import static jp.hinomi.alerting.SampleCity.contact;
import static jp.hinomi.alerting.SampleCity.mail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.hinomi.alerting.intake.AlertIntake;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Notification;
import jp.hinomi.city.Role;
import jp.hinomi.city.Storm;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Tlp;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many alerts a second are taken into PostgreSQL: stored, routed, their notices written into the outbox, their escalations
 * started, all audited; in batches as the consumer takes them, and one by one. Run by {@code benchmarks/run alerting}.
 */
public final class AlertingFigures {
    private static final int BATCH = 200;
    private static final int ROUNDS = 3;

    private AlertingFigures() {}

    /** Argument: alerts of a round. */
    public static void main(String[] arguments) {
        int alerts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4000;
        System.out.println("every alert a mail of its own (storm limit 1,000,000):");
        measure(alerts, 1_000_000);
        System.out.println("a storm (limit 15 messages for each stakeholder):");
        measure(alerts, 15);
        System.exit(0);
    }

    private static void measure(int alerts, int stormLimit) {
        SampleCity city = new SampleCity()
                .stakeholder(
                        "vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, contact("noc", mail("noc@vendor.example.jp")))
                .resource("api")
                .escalation("standard", Duration.ofMinutes(15), "noc", "promoter-csirt")
                .responsible("api", "vendor", Duty.OPERATOR, null, "standard", null, null);
        try (TestAlerting hinomi = TestAlerting.start(city.notification(new Notification(
                        List.of(),
                        java.util.Map.of(),
                        java.util.Optional.empty(),
                        new Storm(stormLimit, Duration.ofMinutes(10)),
                        List.of(),
                        List.of()))
                .build())) {
            // Only taking them in is measured, not sending.
            AlertingService.part(hinomi.running(), Background.class).close();
            run(hinomi, "warm-" + stormLimit, alerts, BATCH);
            List<Double> batched = new ArrayList<>();
            List<Double> single = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                batched.add(run(hinomi, "batch-" + stormLimit + "-" + round, alerts, BATCH));
                single.add(run(hinomi, "single-" + stormLimit + "-" + round, alerts / 8, 1));
            }
            double ratio = median(batched) / median(single);
            System.out.printf("  batched against one by one: %.1f x%n", ratio);
            System.out.printf(
                    "  stored %s alerts, %s messages to be sent, %s held%n",
                    hinomi.query("select count(*) from alert"),
                    hinomi.query("select count(*) from delivery where state = 'pending'"),
                    hinomi.query("select count(*) from delivery where state = 'held'"));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double run(TestAlerting hinomi, String name, int alerts, int batch) {
        AlertIntake intake = AlertingService.part(hinomi.running(), AlertIntake.class);
        TransactionTemplate transaction = AlertingService.part(hinomi.running(), TransactionTemplate.class);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < alerts; i++) {
            records.add(
                    AlertJson.write(SampleAlert.of(name + "-" + i).target("api").build()));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] took = new long[(alerts + batch - 1) / batch];
        long processor = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        for (int i = 0; i < took.length; i++) {
            List<byte[]> some = records.subList(i * batch, Math.min(alerts, (i + 1) * batch));
            long begin = System.nanoTime();
            transaction.executeWithoutResult(status -> intake.takeAll(some, Instant.now()));
            took[i] = System.nanoTime() - begin;
        }
        double rate = alerts / ((System.nanoTime() - start) / 1e9);
        double own = (threads.getCurrentThreadCpuTime() - processor) / 1e3 / alerts;
        Arrays.sort(took);
        System.out.printf(
                "  %s: %d alerts, %d at a time: %.0f/s; %.0f µs of our processor time each; a transaction p50 %.1f ms,"
                        + " p99 %.1f ms%n",
                name,
                alerts,
                batch,
                rate,
                own,
                took[took.length / 2] / 1e6,
                took[Math.min(took.length - 1, took.length * 99 / 100)] / 1e6);
        return rate;
    }
}
