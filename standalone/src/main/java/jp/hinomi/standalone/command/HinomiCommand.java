package jp.hinomi.standalone.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code hinomi}: says what it can do. Descriptions of all commands are in the resource bundle {@code help}. */
@Command(name = "hinomi", mixinStandardHelpOptions = true, versionProvider = Version.class)
public final class HinomiCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Read before anything is parsed, by {@link Texts#localeOf}; declared so that every command accepts it. */
    @Option(names = "--lang", paramLabel = "ja|en", scope = ScopeType.INHERIT)
    private String language;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    public static CommandLine commandLine(Terminal terminal, Texts texts) {
        Context context = new Context(terminal, texts);
        CommandLine line = new CommandLine(new HinomiCommand());
        line.addSubcommand("up", new UpCommand(context));
        line.addSubcommand("demo", new DemoCommand(context));
        line.addSubcommand("warm-up", new WarmUpCommand(context));
        line.addSubcommand("receive", new ReceiveCommand(context));
        line.addSubcommand("send", new SendCommand(context));
        line.addSubcommand("tail", new TailCommand(context));
        line.addSubcommand("decode", new DecodeCommand(context));
        line.addSubcommand("detect", new DetectCommand(context));
        line.addSubcommand(
                "rules",
                new CommandLine(new GroupCommand())
                        .addSubcommand("check", new RulesCheckCommand(context))
                        .addSubcommand("test", new RulesTestCommand(context))
                        .addSubcommand("diff", new RulesDiffCommand(context))
                        .addSubcommand("backtest", new RulesBacktestCommand(context))
                        .addSubcommand("schema", new RulesSchemaCommand(context))
                        .addSubcommand("explain", new RulesExplainCommand(context))
                        .addSubcommand("match", new RulesMatchCommand(context))
                        .addSubcommand("coverage", new RulesCoverageCommand(context))
                        .addSubcommand("import", new RulesImportCommand(context))
                        .addSubcommand("exceptions", new RulesExceptionsCommand(context))
                        .addSubcommand("promote", new RulesPromoteCommand(context))
                        .addSubcommand("history", new RulesHistoryCommand(context))
                        .addSubcommand(
                                "key",
                                new CommandLine(new GroupCommand())
                                        .addSubcommand("new", new RulesKeyNewCommand(context))
                                        .addSubcommand("show", new RulesKeyShowCommand(context)))
                        .addSubcommand("publish", new RulesPublishCommand(context))
                        .addSubcommand("published", new RulesPublishedCommand(context))
                        .addSubcommand("proposals", new RulesProposalsCommand(context, System.getenv()))
                        .addSubcommand("accept", new RulesAcceptCommand(context, System.getenv())));
        line.addSubcommand(
                "city",
                new CommandLine(new GroupCommand())
                        .addSubcommand("check", new CityCheckCommand(context, System.getenv()))
                        .addSubcommand("route", new CityRouteCommand(context, System.getenv()))
                        .addSubcommand("versions", new CityVersionsCommand(context, System.getenv()))
                        .addSubcommand("draft", new CityDraftCommand(context, System.getenv()))
                        .addSubcommand("export", new CityExportCommand(context, System.getenv()))
                        .addSubcommand("import", new CityImportCommand(context)));
        line.addSubcommand(
                "intel",
                new CommandLine(new GroupCommand())
                        .addSubcommand("import", new IntelImportCommand(context, System.getenv()))
                        .addSubcommand("list", new IntelListCommand(context))
                        .addSubcommand("match", new IntelMatchCommand(context))
                        .addSubcommand("retro", new IntelRetroCommand(context)));
        line.addSubcommand("sources", new SourcesCommand(context));
        line.addSubcommand(
                "rejects",
                new CommandLine(new RejectsCommand(context))
                        .addSubcommand("replay", new RejectsReplayCommand(context)));
        line.addSubcommand(
                "alerts",
                new CommandLine(new GroupCommand())
                        .addSubcommand("list", new AlertsListCommand(context, System.getenv()))
                        .addSubcommand("show", new AlertsShowCommand(context, System.getenv()))
                        .addSubcommand("watch", new AlertsWatchCommand(context, System.getenv()))
                        .addSubcommand("ack", new AlertsAnswerCommand(context, System.getenv()))
                        .addSubcommand("assign", new AlertsStepCommand("assign", context, System.getenv()))
                        .addSubcommand("judge", new AlertsStepCommand("judge", context, System.getenv()))
                        .addSubcommand("incident", new AlertsStepCommand("incident", context, System.getenv())));
        line.addSubcommand(
                "incidents",
                new CommandLine(new GroupCommand())
                        .addSubcommand("list", new IncidentsListCommand(context, System.getenv()))
                        .addSubcommand("show", new IncidentsShowCommand(context, System.getenv()))
                        .addSubcommand("open", new IncidentsOpenCommand(context, System.getenv()))
                        .addSubcommand("edit", new IncidentsEditCommand(context, System.getenv()))
                        .addSubcommand("comment", new IncidentsCommentCommand(context, System.getenv())));
        line.addSubcommand(
                "report",
                new CommandLine(new GroupCommand())
                        .addSubcommand("list", new ReportListCommand(context, System.getenv()))
                        .addSubcommand("due", new ReportDueCommand(context, System.getenv()))
                        .addSubcommand("show", new ReportShowCommand(context, System.getenv()))
                        .addSubcommand("draft", new ReportDraftCommand(context, System.getenv()))
                        .addSubcommand("submit", new ReportSubmitCommand(context, System.getenv()))
                        .addSubcommand("download", new ReportDownloadCommand(context, System.getenv())));
        line.addSubcommand(
                "channel",
                new CommandLine(new GroupCommand())
                        .addSubcommand("test", new ChannelTestCommand(context, System.getenv())));
        line.addSubcommand(
                "account",
                new CommandLine(new GroupCommand())
                        .addSubcommand("reset", new AccountResetCommand(context, System.getenv())));
        line.addSubcommand(
                "audit",
                new CommandLine(new GroupCommand())
                        .addSubcommand("verify", new AuditVerifyCommand(context, System.getenv())));
        line.registerConverter(Duration.class, new DurationConverter());
        line.setResourceBundle(texts.help());
        line.setExecutionExceptionHandler(new FailureHandler(context));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.outIsTty() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setUsageHelpWidth(100);
        return line;
    }
}
