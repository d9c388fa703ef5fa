package jp.hinomi.alerting;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.web.PublicUrl;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** Starts alerting in this process: takes alerts from Kafka, routes, notifies, shows the console. */
public final class AlertingService {
    private AlertingService() {}

    /**
     * Returns when the console answers and the consumer of alerts runs.
     *
     * @throws AlertingStartException if it cannot start: the message names what failed and the remedy
     */
    public static RunningAlerting start(AlertingSettings settings) {
        SpringApplication application = new SpringApplication(AlertingApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(properties(settings));
        // We are a guest in the process of `up`: logging is set up by whoever started it.
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        application.addInitializers(context -> register(context, settings));
        try {
            return started(application.run(), settings);
        } catch (RuntimeException e) {
            throw new AlertingStartException(explain(e, settings), e);
        }
    }

    private static void register(ConfigurableApplicationContext context, AlertingSettings settings) {
        if (context instanceof GenericApplicationContext generic && generic instanceof BeanDefinitionRegistry) {
            generic.registerBean(AlertingSettings.class, () -> settings);
        } else {
            throw new IllegalStateException("not a context that beans can be added to: " + context.getClass());
        }
    }

    private static Map<String, Object> properties(AlertingSettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", settings.database().jdbcUrl());
        properties.put("spring.datasource.username", settings.database().user());
        properties.put("spring.datasource.password", settings.database().password());
        properties.put("spring.datasource.hikari.maximum-pool-size", 12);
        properties.put("spring.datasource.hikari.minimum-idle", 2);
        properties.put("spring.datasource.hikari.connection-timeout", 10000);
        // A storm is written table by table: the driver makes one statement of many rows.
        properties.put("spring.datasource.hikari.data-source-properties.reWriteBatchedInserts", "true");
        properties.put("spring.flyway.locations", AlertingSettings.MIGRATIONS);
        properties.put("spring.thymeleaf.prefix", "classpath:/jp/hinomi/alerting/templates/");
        // Expressions in templates of mails and pages are compiled once instead of interpreted each time.
        properties.put("spring.thymeleaf.enable-spring-el-compiler", true);
        properties.put("spring.web.resources.add-mappings", false);
        properties.put("spring.mvc.throw-exception-if-no-handler-found", true);
        properties.put("spring.jmx.enabled", false);
        properties.put("spring.main.lazy-initialization", true);
        // The description of the API is served by DescriptionApi, which says who may read it; springdoc only writes it.
        properties.put("springdoc.enable-default-api-docs", false);
        properties.put("springdoc.paths-to-match", "/api/v1/**");
        properties.put("springdoc.api-docs.version", "openapi_3_1");
        properties.put("springdoc.default-produces-media-type", "application/json");
        properties.put("springdoc.override-with-generic-response", false);
        properties.put("springdoc.writer-with-order-by-keys", true);
        properties.put("springdoc.writer-with-default-pretty-printer", true);
        properties.put("server.port", settings.port());
        settings.bind().ifPresent(address -> properties.put("server.address", address));
        properties.put("server.shutdown", "immediate");
        // A field that a call does not have is a mistake that its sender wants to hear of.
        properties.put("spring.jackson.deserialization.fail-on-unknown-properties", true);
        properties.put("server.forward-headers-strategy", "native");
        properties.put("server.compression.enabled", true);
        properties.put("server.tomcat.threads.max", 50);
        properties.put("management.endpoints.web.exposure.include", "health");
        properties.put("management.endpoint.health.probes.enabled", true);
        properties.put("management.endpoint.health.group.readiness.include", "readinessState,db,alerts");
        properties.put("management.endpoint.health.status.order", "down,out-of-service,degraded,up,unknown");
        properties.put("management.endpoint.health.show-details", "when-authorized");
        properties.put("management.endpoint.health.roles", Permission.SEE_OPERATIONS.word());
        return properties;
    }

    private static RunningAlerting started(ConfigurableApplicationContext context, AlertingSettings settings) {
        try {
            Optional<String> password =
                    context.getBean(Accounts.class).createFirst(settings.clock().instant());
            context.getBean(Background.class).start();
            context.getBean(TriageLoops.class).start();
            context.getBean(HealthFollower.class).start();
            context.getBean(DrillLoop.class).start();
            int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
            return new Running(context, port, context.getBean(PublicUrl.class).get(), password);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** A part of a running one, for tests. */
    static <T> T part(RunningAlerting running, Class<T> type) {
        return ((Running) running).context().getBean(type);
    }

    /** One of several parts of a type. */
    static <T> T part(RunningAlerting running, String name, Class<T> type) {
        return ((Running) running).context().getBean(name, type);
    }

    private record Running(
            ConfigurableApplicationContext context, int port, URI publicUrl, Optional<String> initialAdminPassword)
            implements RunningAlerting {
        @Override
        public void initialAdminPasswordShown() {
            Instant now = context.getBean(AlertingSettings.class).clock().instant();
            context.getBean(Accounts.class).shown(now);
        }

        @Override
        public void timePassed() {
            context.getBean(Background.class).wake();
        }

        @Override
        public void close() {
            if (context.isActive()) {
                // The work ends while the database and the browsers' streams are still there.
                context.getBean(Background.class).close();
                context.getBean(HealthFollower.class).close();
                context.getBean(DrillLoop.class).close();
                context.close();
            }
        }

        /** Without the password: objects get logged. */
        @Override
        public String toString() {
            return "alerting at " + publicUrl;
        }
    }

    private static String explain(Throwable failure, AlertingSettings settings) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof PortInUseException port) {
                return "Port " + port.getPort()
                        + " for the console is taken: stop what uses it, or choose another port.";
            }
            if (at instanceof java.sql.SQLException sql) {
                return "The database " + settings.database() + " does not work: " + sql.getMessage()
                        + ". Check its address, user and password, and that it runs.";
            }
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return "Alerting did not start: " + root.getMessage();
    }
}
