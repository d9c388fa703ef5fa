package jp.hinomi.standalone.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where alerting's API is and what opens it, for commands that ask a Hinomi that runs. */
final class ApiOptions {
    private static final URI USUAL = URI.create("http://localhost:8080");

    @Option(names = "--url", paramLabel = "URL")
    private URI url;

    @Option(names = "--data", paramLabel = "DIR")
    private Path data;

    /** @param environment {@code HINOMI_URL} and {@code HINOMI_API_TOKEN} count where no option does */
    AlertingApi open(Context context, Map<String, String> environment) throws IOException {
        URI base = url != null
                ? url
                : environment.get("HINOMI_URL") != null ? URI.create(environment.get("HINOMI_URL")) : USUAL;
        return new AlertingApi(context.texts(), base, token(context, environment));
    }

    private String token(Context context, Map<String, String> environment) throws IOException {
        String given = environment.get("HINOMI_API_TOKEN");
        if (data == null && given != null && !given.isBlank()) {
            return given;
        }
        Path file = (data == null ? Path.of("var") : data).resolve("secrets/api-token");
        if (!Files.isReadable(file)) {
            throw new IOException(context.texts().get("api.no-token", file));
        }
        return Files.readString(file).strip();
    }
}
