package jp.hinomi.standalone.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.alerting.audit.AuditVerification;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.standalone.up.UpSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code hinomi audit verify}: whether the audit log is as it was written. Reads only, while alerting runs or not. Exit code
 * 1 if it is not.
 */
@Command(name = "verify", mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {
    private final Context context;
    private final Map<String, String> environment;

    @Option(names = "--data", paramLabel = "DIR")
    private Path data;

    /** Kept outside of the database; of {@code up} the one in its data folder if there is one. */
    @Option(names = "--checkpoints", paramLabel = "FILE")
    private Path checkpoints;

    @Option(names = "--json")
    private boolean json;

    AuditVerifyCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        AuditVerification.Report report =
                new OwnDatabase(context, environment).use(data, database -> AuditVerification.verify(database, file()));
        if (json) {
            context.terminal().out().println(Columns.json(json(report)));
        } else {
            print(report);
        }
        return report.isWhole() ? 0 : 1;
    }

    private Optional<Path> file() {
        if (checkpoints != null) {
            return Optional.of(checkpoints);
        }
        Optional<Path> named =
                Optional.ofNullable(environment.get("HINOMI_AUDIT_CHECKPOINTS")).map(Path::of);
        return named.or(() -> Optional.of(UpSettings.auditCheckpoints(data == null ? Path.of("var") : data)))
                .filter(Files::exists);
    }

    private void print(AuditVerification.Report report) {
        report.findings()
                .forEach(finding -> context.terminal()
                        .out()
                        .println(context.terminal()
                                .yellow(context.texts()
                                        .get("audit." + finding.kind().word(), finding.seq()))));
        String key = report.isWhole() ? "audit.whole" : "audit.not-whole";
        context.terminal().out().println(context.texts().get(key, report.rows(), report.checkpoints(), report.last()));
    }

    private static Map<String, Object> json(AuditVerification.Report report) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("whole", report.isWhole());
        whole.put("rows", report.rows());
        whole.put("checkpoints", report.checkpoints());
        whole.put("covered", report.last());
        whole.put("findings", findings(report));
        return whole;
    }

    private static List<Map<String, Object>> findings(AuditVerification.Report report) {
        return report.findings().stream()
                .map(finding -> Map.<String, Object>of("kind", finding.kind().word(), "seq", finding.seq()))
                .toList();
    }
}
