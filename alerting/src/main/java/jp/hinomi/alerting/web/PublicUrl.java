package jp.hinomi.alerting.web;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.env.Environment;

/** The address under which people reach the console: as set, else this machine's with the port that was taken. */
public final class PublicUrl implements Supplier<URI> {
    private final Optional<URI> set;
    private final Environment environment;

    public PublicUrl(Optional<URI> set, Environment environment) {
        this.set = set;
        this.environment = environment;
    }

    /** @throws IllegalStateException before the console listens, unless the address is set */
    @Override
    public URI get() {
        return set.orElseGet(() -> {
            String port = environment.getProperty("local.server.port");
            if (port == null) {
                throw new IllegalStateException("the console does not listen yet");
            }
            return URI.create("http://localhost:" + port);
        });
    }
}
