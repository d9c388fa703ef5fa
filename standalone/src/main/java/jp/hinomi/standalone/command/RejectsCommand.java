package jp.hinomi.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.ingest.rejects.Reject;
import jp.hinomi.ingest.rejects.RejectFilter;
import jp.hinomi.ingest.rejects.Rejects;
import jp.hinomi.standalone.terminal.Columns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi rejects}: records that could not be used, why, and where in the line. */
@Command(name = "rejects", mixinStandardHelpOptions = true)
final class RejectsCommand implements Callable<Integer> {
    /** Bytes of a line that are shown before and after the place. */
    private static final int AROUND = 60;

    private final Context context;

    @Mixin
    private RejectOptions options = new RejectOptions();

    @Option(names = "--limit", defaultValue = "20", paramLabel = "N")
    private int limit;

    @Option(names = "--json")
    private boolean json;

    RejectsCommand(Context context) {
        this.context = context;
    }

    /** 1 if there are any. */
    @Override
    public Integer call() throws IOException {
        Rejects.Report report =
                Rejects.read(options.servers(), options.filter(Instant.now(), context.texts()), Math.max(0, limit));
        PrintStream out = context.terminal().out();
        if (json) {
            for (Reject reject : report.newest()) {
                out.println(asJson(reject, report.replayed().contains(reject.id())));
            }
        } else if (report.total() == 0) {
            context.terminal().err().println(context.texts().get("rejects.none", options.servers()));
        } else {
            print(report, out);
        }
        return report.total() == 0 ? 0 : 1;
    }

    private void print(Rejects.Report report, PrintStream out) {
        for (Map.Entry<Rejects.Kind, Long> kind : report.kinds()) {
            out.println(String.format("%8d  ", kind.getValue())
                    + Columns.padded(kind.getKey().source(), 22)
                    + printable(kind.getKey().reason()));
        }
        for (Reject reject : report.newest()) {
            out.println();
            out.println(context.terminal()
                            .bold(Instant.ofEpochMilli(reject.millis()) + "  "
                                    + reject.source().orElse(RejectFilter.UNKNOWN))
                    + "  " + reject.decoder() + "  " + reject.id()
                    + (report.replayed().contains(reject.id())
                            ? "  " + context.texts().get("rejects.replayed")
                            : ""));
            out.println("  " + printable(reject.reason()));
            byte[] line = reject.line();
            int at = Math.max(0, Math.min(reject.byteOffset(), line.length));
            int from = Math.max(0, at - AROUND);
            int to = Math.min(line.length, at + AROUND);
            String before = (from > 0 ? "…" : "") + text(line, from, at);
            out.println("  " + before + text(line, at, to) + (to < line.length ? "…" : ""));
            out.println("  " + " ".repeat(Columns.width(before))
                    + context.terminal().red("^"));
        }
        if (report.total() > report.newest().size()) {
            out.println();
            out.println(context.texts().get("rejects.more", report.newest().size(), report.total()));
        }
    }

    private static String text(byte[] line, int from, int to) {
        return printable(new String(line, from, to - from, UTF_8));
    }

    /** What a terminal might obey is not sent to it. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '·' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String asJson(Reject reject, boolean replayed) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("id", reject.id());
            out.writeStringField("time", Instant.ofEpochMilli(reject.millis()).toString());
            out.writeStringField("source", reject.source().orElse(null));
            out.writeStringField("decoder", reject.decoder());
            out.writeStringField("reason", reject.reason());
            out.writeNumberField("offset", reject.byteOffset());
            out.writeStringField("origin", reject.origin().orElse(null));
            out.writeBooleanField("replayed", replayed);
            out.writeStringField("line", new String(reject.line(), UTF_8));
            out.writeStringField("bytes", Base64.getEncoder().encodeToString(reject.line()));
            out.writeEndObject();
        }
        return text.toString();
    }
}
