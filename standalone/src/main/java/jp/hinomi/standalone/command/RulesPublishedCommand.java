package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.correlation.live.PublicationLog;
import jp.hinomi.correlation.live.TrustedRecords;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi rules published}: who put which packs in force, and whether the topic still says what they signed. */
@Command(name = "published", mixinStandardHelpOptions = true)
final class RulesPublishedCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Context context;

    @Mixin
    private PublicationSource source = new PublicationSource();

    @Option(names = "--json")
    private boolean json;

    RulesPublishedCommand(Context context) {
        this.context = context;
    }

    /** 1 if anything is not as it was published. */
    @Override
    public Integer call() throws IOException {
        PublicationSource.Read read = source.read();
        boolean fine = true;
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("published.columns").split("\\|")));
        for (PublicationLog.Entry entry : read.entries()) {
            List<TrustedRecords.Refusal> differences = isNewest(entry, read)
                    ? TrustedRecords.differences(entry.publication().orElseThrow(), read.documents())
                    : List.of();
            fine &= entry.refusal().isEmpty() && differences.isEmpty();
            if (json) {
                context.terminal().out().println(MAPPER.writeValueAsString(toJson(entry, read, differences)));
            } else {
                rows.add(row(entry, read, differences));
            }
        }
        if (!json && rows.size() > 1) {
            Table.print(rows, context.terminal().out());
        } else if (rows.size() == 1 && read.entries().isEmpty()) {
            context.terminal().err().println(context.texts().get("published.none"));
        }
        long loose = read.documents().values().stream()
                .filter(record -> record.pack().isEmpty())
                .count();
        if (loose > 0) {
            context.terminal().err().println(context.texts().get("published.loose", loose));
        }
        if (!read.trust().isRequired()) {
            context.terminal().err().println(context.texts().get("published.no-keys"));
        }
        return fine && (loose == 0 || !read.trust().isRequired()) ? 0 : 1;
    }

    private static boolean isNewest(PublicationLog.Entry entry, PublicationSource.Read read) {
        return entry.refusal().isEmpty()
                && entry.publication()
                        .map(each -> each.equals(read.log().newest().get(each.pack())))
                        .orElse(false);
    }

    private List<String> row(
            PublicationLog.Entry entry, PublicationSource.Read read, List<TrustedRecords.Refusal> differences) {
        return List.of(
                entry.publication().map(Publication::label).orElse(entry.key()),
                entry.publication().map(each -> each.time().toString()).orElse("-"),
                entry.publication().map(Publication::by).orElse("-"),
                entry.keyId().isEmpty() ? context.texts().get("published.unsigned") : entry.keyId(),
                entry.publication()
                        .map(each -> Integer.toString(each.documents().size()))
                        .orElse("-"),
                entry.publication()
                        .map(each -> Integer.toString(each.tested().cases()))
                        .orElse("-"),
                state(entry, read, differences),
                entry.publication().map(Publication::comment).orElse(""));
    }

    private String state(
            PublicationLog.Entry entry, PublicationSource.Read read, List<TrustedRecords.Refusal> differences) {
        if (entry.refusal().isPresent()) {
            return context.texts().get("published.refused", entry.refusal().get());
        }
        if (!isNewest(entry, read)) {
            return context.texts().get("published.older");
        }
        if (differences.isEmpty()) {
            return context.texts().get(read.trust().isRequired() ? "published.in-force" : "published.not-verified");
        }
        List<String> names =
                differences.stream().map(TrustedRecords.Refusal::name).limit(5).toList();
        return context.texts().get("published.changed", differences.size(), String.join(", ", names));
    }

    private static ObjectNode toJson(
            PublicationLog.Entry entry, PublicationSource.Read read, List<TrustedRecords.Refusal> differences) {
        ObjectNode node = MAPPER.createObjectNode();
        entry.publication()
                .ifPresentOrElse(
                        publication -> {
                            node.put("pack", publication.pack())
                                    .put("number", publication.number())
                                    .put("time", publication.time().toString())
                                    .put("by", publication.by())
                                    .put("product", publication.product())
                                    .put("comment", publication.comment())
                                    .put("documents", publication.documents().size())
                                    .put("cases", publication.tested().cases())
                                    .put("warnings", publication.tested().warnings());
                        },
                        () -> node.put("record", entry.key()));
        if (!entry.keyId().isEmpty()) {
            node.put("key", entry.keyId());
        }
        node.put("newest", isNewest(entry, read))
                .put("verified", read.trust().isRequired() && entry.refusal().isEmpty());
        entry.refusal().ifPresent(reason -> node.put("refused", reason));
        differences.forEach(each -> node.withArray("changed")
                .addObject()
                .put("key", each.key())
                .put("name", each.name())
                .put("reason", each.reason()));
        return node;
    }
}
