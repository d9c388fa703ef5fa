package jp.hinomi.standalone;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where log messages of this process go. */
public final class Logging {
    private Logging() {}

    /** Only errors, to standard error: for commands that end by themselves. */
    public static void quiet() {
        configure("log-quiet.xml");
    }

    /** Messages of our own to standard output: for containers, whose runtime collects them. */
    public static void toConsole() {
        configure("log-console.xml");
    }

    /** Everything to {@code hinomi.log} in that folder, a few files of limited size. */
    public static void toFolder(Path folder) {
        System.setProperty("hinomi.log.folder", folder.toString());
        configure("log-file.xml");
    }

    private static void configure(String resource) {
        // Spring Boot would otherwise replace the configuration by its own, which prints to the terminal.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        URL configuration = Logging.class.getResource(resource);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new IllegalStateException("the log configuration " + configuration + " is broken", e);
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
