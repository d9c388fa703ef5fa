package jp.hinomi.alerting;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import jp.hinomi.alerting.settings.Environment;
import jp.hinomi.events.document.ProblemsException;

/** Alerting as a process of its own, set up by environment variables: see {@link Environment}. */
public final class AlertingMain {
    private AlertingMain() {}

    /** Exit codes: 1 it could not start, 2 wrong settings. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = System.out;
        AlertingSettings settings;
        RunningAlerting running;
        try {
            settings = Environment.of(System.getenv()).settings(System.err::println);
            running = AlertingService.start(settings);
        } catch (ProblemsException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        } catch (AlertingStartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        out.println("Console: " + running.publicUrl());
        if (settings.smtp().isPresent() && settings.publicUrl().isEmpty()) {
            System.err.println(
                    "Links in mail lead to " + running.publicUrl() + ", which only this machine can open: set"
                            + " HINOMI_PUBLIC_URL to the address under which recipients reach the console.");
        }
        running.initialAdminPassword().ifPresent(password -> {
            out.println("First login: admin / " + password);
            out.flush();
            running.initialAdminPasswordShown();
        });
        out.flush();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            running.close();
                            ended.countDown();
                        },
                        "alerting-stop"));
        ended.await();
    }
}
