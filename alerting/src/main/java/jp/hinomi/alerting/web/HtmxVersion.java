package jp.hinomi.alerting.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of htmx on the class path, so that it stands in one place only: the parent POM. */
final class HtmxVersion {
    private static final String POM = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

    private HtmxVersion() {}

    static String of() {
        try (InputStream stream = HtmxVersion.class.getResourceAsStream(POM)) {
            if (stream == null) {
                throw new IllegalStateException("the WebJar org.webjars.npm:htmx.org is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
