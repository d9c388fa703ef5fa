package jp.hinomi.standalone.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.FileDecoder;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.geo.GeoDatabases;
import jp.hinomi.ingest.geo.GeoEnricher;
import jp.hinomi.standalone.CityFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi decode}: log lines to ECS, with the decoders of the job. */
@Command(name = "decode", mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--format", required = true, completionCandidates = Formats.class, paramLabel = "FORMAT")
    private String format;

    @Option(names = "--zone", defaultValue = "UTC", paramLabel = "ZONE")
    private ZoneId zone;

    @Option(names = "--charset", defaultValue = "UTF-8", paramLabel = "CHARSET")
    private Charset charset;

    /** For formats that a city describes itself. */
    @Option(names = "--city", paramLabel = "DIR")
    private Path city;

    @Option(names = "--geoip", paramLabel = "FILE")
    private List<Path> geoip = List.of();

    @Parameters(arity = "0..*", paramLabel = "FILE")
    private List<String> files = List.of(STDIN);

    private long rejected;

    /** What {@code auto} chose, and how often. */
    private final Map<String, Long> chosen = new TreeMap<>();

    DecodeCommand(Context context) {
        this.context = context;
    }

    /** For completion and help. */
    static final class Formats implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Decoders.formats().iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        Decoder decoder;
        try {
            decoder = Decoders.of(
                    format,
                    city == null
                            ? Map.of()
                            : CityFolder.read(city, problem -> {}).formats(),
                    zone,
                    charset);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        long now = System.currentTimeMillis();
        OutputStream out = new BufferedOutputStream(context.terminal().out(), 1 << 16);
        try (GeoDatabases databases = GeoDatabases.open(geoip);
                Reading reading = Reading.start(context.terminal(), "decode", Inputs.size(files))) {
            GeoEnricher places = new GeoEnricher(databases);
            for (String file : files) {
                try (InputStream in = reading.watched(open(file));
                        Lines lines = new Lines(in)) {
                    decode(FileDecoder.of(decoder, Path.of(file), now), places, file, lines, out);
                }
            }
        }
        out.flush();
        chosen.forEach((name, count) ->
                context.terminal().err().println(context.texts().get("decode.recognised", name, count)));
        if (rejected > 0) {
            context.terminal().err().println(context.texts().get("decode.rejected", rejected));
        }
        return rejected == 0 ? 0 : 1;
    }

    private static InputStream open(String file) throws IOException {
        return file.equals(STDIN) ? System.in : Files.newInputStream(Path.of(file));
    }

    private void decode(Decoder decoder, GeoEnricher places, String file, Lines lines, OutputStream out)
            throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            String origin = file + ":" + lines.number();
            // The beginning of a line may look like a whole one, and would be evidence of what nobody wrote.
            Decoding decoding = lines.wasWhole()
                    ? decoder.decode(new LogRecord(line, null, format, origin, 0))
                    : new Decoding.Rejected(
                            format, context.texts().get("line.too-long", Lines.LONGEST >> 20), Lines.LONGEST);
            if (decoding instanceof Decoding.Decoded decoded) {
                for (SecurityEvent event : decoded.all()) {
                    out.write(EventJson.write(places.apply(event)));
                    out.write('\n');
                }
                String format = decoded.event().text(Decoders.CHOSEN);
                if (format != null) {
                    chosen.merge(format, 1L, Long::sum);
                }
            } else if (decoding instanceof Decoding.Rejected why) {
                rejected++;
                context.terminal()
                        .err()
                        .println(context.texts().get("line.rejected", origin, why.byteOffset(), why.reason()));
            }
        }
    }
}
