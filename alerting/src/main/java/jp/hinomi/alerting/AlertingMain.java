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
        RunningAlerting running;
        try {
            running = AlertingService.start(Environment.of(System.getenv()).settings(System.err::println));
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
