package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi report download}: a report as a file. What was submitted is checked against its hash. */
@Command(name = "download", mixinStandardHelpOptions = true)
final class ReportDownloadCommand extends ApiCommand {
    enum Format {
        html,
        pdf,
        csv,
        json
    }

    @Parameters(paramLabel = "REPORT")
    private long id;

    @Option(names = "--format", paramLabel = "FORMAT")
    private Format format = Format.pdf;

    @Option(names = "--labels", paramLabel = "LANGUAGE")
    private String language;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE")
    private Path output;

    ReportDownloadCommand(Context context, Map<String, String> environment) {
        super(context, environment);
    }

    @Override
    public Integer call() throws IOException {
        AlertingApi.Download file = api().download("/api/v1/reports/" + id + "." + format
                + (language == null ? "" : "?lang=" + AlertingApi.part(language)));
        if (format == Format.json && file.sha256().isPresent()) {
            check(file.bytes(), file.sha256().get());
        }
        if (output != null && output.toString().equals("-")) {
            context().terminal().out().write(file.bytes());
            context().terminal().out().flush();
            return 0;
        }
        Path target = output != null ? output : Path.of(file.name().orElse("report-" + id + "." + format));
        Files.write(target, file.bytes());
        if (json()) {
            line(body().put("report", id)
                    .put("file", target.toString())
                    .put("bytes", file.bytes().length)
                    .toString());
        } else {
            line(text("reports.saved", target, file.bytes().length));
        }
        return 0;
    }

    private void check(byte[] bytes, String expected) throws IOException {
        try {
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!sum.equals(expected)) {
                throw new IOException(text("reports.other-hash", sum, expected));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
