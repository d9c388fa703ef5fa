package jp.hinomi.alerting;

import java.nio.file.Path;
import java.time.Duration;
import jp.hinomi.alerting.settings.Environment;
import jp.hinomi.city.CityReader;

/** Alerting as a process of its own that is going to be killed: as {@link AlertingMain}, with short leases. */
public final class KilledAlerting {
    private KilledAlerting() {}

    /** Arguments: city's folder, brokers, JDBC URL, user, password. Prints {@code ready} once it is. */
    public static void main(String[] arguments) throws InterruptedException {
        AlertingSettings.Builder builder = AlertingSettings.builder(
                        CityReader.read(Path.of(arguments[0]), problem -> {}),
                        arguments[1],
                        new AlertingSettings.Database(arguments[2], arguments[3], arguments[4]))
                .port(0)
                .bind("127.0.0.1");
        Environment.of(System.getenv()).applyTo(builder);
        builder.delivery(new DeliverySettings(
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                1000,
                Duration.ofMinutes(10),
                Duration.ofDays(7)));
        AlertingService.start(builder.build());
        System.out.println("ready");
        System.out.flush();
        Thread.currentThread().join();
    }
}
