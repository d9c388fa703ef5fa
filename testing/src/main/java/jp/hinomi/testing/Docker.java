package jp.hinomi.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Starts a container where Docker answers. */
final class Docker {
    private static final Logger LOG = LoggerFactory.getLogger(Docker.class);

    private Docker() {}

    /**
     * @param name of the image's entry in {@code images.properties}
     * @return the running container; empty where there is no Docker, or it cannot get the image
     */
    static <C extends GenericContainer<?>> Optional<C> start(String name, Function<DockerImageName, C> container) {
        // Looking for a socket first saves the seconds that Testcontainers takes to find out that there is none.
        boolean mayAnswer = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        if (!mayAnswer || !DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        C made = container.apply(DockerImageName.parse(image(name)));
        try {
            made.start();
            return Optional.of(made);
        } catch (RuntimeException e) {
            LOG.warn("Docker answers but cannot start {}: the test runs without it", image(name), e);
            made.stop();
            return Optional.empty();
        }
    }

    private static String image(String name) {
        Properties images = new Properties();
        try (InputStream in = Docker.class.getResourceAsStream("images.properties")) {
            images.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return images.getProperty(name);
    }
}
