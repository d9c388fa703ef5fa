package jp.hinomi.alerting;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the test classes of one group have running in common: started before the first of them, closed before an application of
 * others starts, and after the last test at the latest. Never two at once: on the broker of the tests two applications are
 * instances of one installation, and would take each other's alerts. A group stands in a package of its own, so that its classes
 * run one after the other; in any other order they pass as well, and take longer. {@code -Dhinomi.apart=true} starts anew for each
 * class, which shows that none lives on what another left.
 */
public final class RunningInCommon implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RunningInCommon.class);

    private static RunningInCommon open;

    private final Supplier<AutoCloseable> start;
    private AutoCloseable running;

    /** @param start what it starts is closed by this */
    public RunningInCommon(Supplier<AutoCloseable> start) {
        this.start = start;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (RunningInCommon.class) {
            if (Boolean.getBoolean("hinomi.apart")) {
                closeIfOpen();
            }
            if (running == null) {
                running = start.get();
                open = this;
            }
            AutoCloseable atTheEnd = RunningInCommon::closeIfOpen;
            context.getRoot().getStore(NAMESPACE).put("end", atTheEnd);
        }
    }

    /** Before an application starts: whoever had one in common starts it again when the next of them comes. */
    static void closeIfOpen() {
        synchronized (RunningInCommon.class) {
            if (open == null) {
                return;
            }
            RunningInCommon last = open;
            open = null;
            AutoCloseable ending = last.running;
            last.running = null;
            try {
                ending.close();
            } catch (Exception e) {
                throw new IllegalStateException(
                        "what a group of tests had in common does not end: " + e.getMessage(), e);
            }
        }
    }
}
