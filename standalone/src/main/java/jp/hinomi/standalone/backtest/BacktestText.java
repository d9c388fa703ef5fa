package jp.hinomi.standalone.backtest;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.rules.Rule;
import jp.hinomi.standalone.terminal.Table;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;

/** The report for people: who would have been told how much, by which rules, and examples. */
public final class BacktestText {
    /** Rows of the table of rules; JSON has all. */
    private static final int MOST_RULES = 40;

    private final BacktestReport report;
    private final Terminal terminal;
    private final Texts texts;
    private final Map<String, String> names;
    private final double mostPerDay;

    /** @param names of stakeholders by id, in the user's language */
    public BacktestText(
            BacktestReport report, Terminal terminal, Texts texts, Map<String, String> names, double mostPerDay) {
        this.report = report;
        this.terminal = terminal;
        this.texts = texts;
        this.names = names;
        this.mostPerDay = mostPerDay;
    }

    public void print() {
        LogSpan span = report.span();
        out().println(
                        span.isEmpty()
                                ? texts.get("backtest.no-events", report.rejected())
                                : texts.get(
                                        "backtest.log",
                                        Instant.ofEpochMilli(span.first()),
                                        Instant.ofEpochMilli(span.last()),
                                        span.days(),
                                        report.events(),
                                        report.rejected()));
        Tally total = report.total();
        out().println(
                        report.before().isPresent()
                                ? texts.get(
                                        "backtest.compared",
                                        total.before(),
                                        total.after(),
                                        total.added(),
                                        total.lost(),
                                        total.changed(),
                                        changes(total))
                                : texts.get("backtest.alone", total.after()));
        report.notRun().stream()
                .sorted()
                .forEach(rule -> out().println(terminal.red(texts.get("backtest.not-run", rule))));
        Map<String, Tally> stakeholders = new LinkedHashMap<>();
        report.stakeholders().forEach((id, told) -> stakeholders.put(names.getOrDefault(id, id), told.total()));
        told(stakeholders);
        table("backtest.stakeholder", BacktestReport.byDifference(stakeholders));
        if (report.gaps().before() + report.gaps().after() > 0) {
            out().println(terminal.yellow(texts.get(
                    "backtest.gaps", report.gaps().after(), report.gaps().before())));
        }
        Map<String, Tally> rules = BacktestReport.byDifference(report.rules());
        if (report.before().isPresent()) {
            rules.values().removeIf(Tally::isSame);
        }
        table("backtest.rule", rules);
        examples(rules);
        noisy();
    }

    /** "would have been told 12 times a day instead of 3". */
    private void told(Map<String, Tally> stakeholders) {
        boolean compared = report.before().isPresent();
        String kind = report.span().hasRate() ? "rate" : "count";
        for (Map.Entry<String, Tally> each :
                BacktestReport.byDifference(stakeholders).entrySet()) {
            Tally tally = each.getValue();
            if (!compared) {
                out().println(texts.get("backtest.told." + kind, each.getKey(), amount(tally.after())));
            } else if (tally.before() != tally.after()) {
                String text = texts.get(
                        "backtest.told-instead." + kind, each.getKey(), amount(tally.after()), amount(tally.before()));
                out().println(tally.after() > tally.before() ? terminal.yellow(text) : terminal.green(text));
            }
        }
    }

    private String amount(long count) {
        return report.span().hasRate()
                ? String.format(Locale.ROOT, "%.1f", report.span().perDay(count))
                : Long.toString(count);
    }

    private void table(String title, Map<String, Tally> tallies) {
        if (tallies.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(texts.get(title)));
        if (report.before().isPresent()) {
            header.add(texts.get("backtest.before"));
        }
        header.add(texts.get("backtest.now"));
        if (report.before().isPresent()) {
            header.addAll(List.of(
                    texts.get("backtest.new"),
                    texts.get("backtest.lost"),
                    texts.get("backtest.changed"),
                    texts.get("backtest.what")));
        }
        rows.add(header);
        tallies.entrySet().stream().limit(MOST_RULES).forEach(each -> rows.add(row(each.getKey(), each.getValue())));
        out().println();
        Table.print(rows, out());
        if (tallies.size() > MOST_RULES) {
            out().println(texts.get("backtest.more", tallies.size() - MOST_RULES));
        }
    }

    private List<String> row(String name, Tally tally) {
        List<String> row = new ArrayList<>(List.of(name));
        if (report.before().isPresent()) {
            row.add(withRate(tally.before()));
        }
        row.add(withRate(tally.after()));
        if (report.before().isPresent()) {
            row.addAll(List.of(
                    Long.toString(tally.added()),
                    Long.toString(tally.lost()),
                    Long.toString(tally.changed()),
                    changes(tally)));
        }
        return row;
    }

    private String withRate(long count) {
        return report.span().hasRate() ? texts.get("backtest.with-rate", count, amount(count)) : Long.toString(count);
    }

    private String changes(Tally tally) {
        return tally.differences().entrySet().stream()
                .map(each -> texts.get("backtest.change." + each.getKey().word()) + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private void examples(Map<String, Tally> rules) {
        rules.entrySet().stream().limit(MOST_RULES).forEach(each -> {
            for (Tally.Shown shown : each.getValue().examples()) {
                print(each.getKey(), shown);
            }
        });
    }

    private void print(String rule, Tally.Shown shown) {
        Entry entry = shown.pair().any();
        Example example = report.examples().of(shown.pair());
        String fate = texts.get("backtest." + shown.fate().word());
        String group = example.group().entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(" "));
        String told = entry.audience().stakeholders().stream()
                .map(id -> names.getOrDefault(id, id))
                .collect(Collectors.joining(", "));
        String line = switch (shown.fate()) {
            case NEW -> terminal.green("+ " + fate);
            case LOST -> terminal.red("- " + fate);
            case CHANGED -> terminal.yellow("* " + fate);
        };
        out().println();
        out().println(line + " " + rule + "  " + Instant.ofEpochMilli(entry.time()) + "  "
                + entry.severity().word() + "  " + group);
        out().println("    " + title(rule) + " → " + told);
        if (shown.fate() == Tally.Fate.CHANGED) {
            out().println("    "
                    + shown.differences().stream()
                            .map(difference -> change(difference, shown.pair()))
                            .collect(Collectors.joining("; ")));
        }
        if (!example.line().isEmpty()) {
            out().println("    " + terminal.dim(example.line()));
        }
    }

    private String title(String name) {
        Rule rule = report.after().byName().get(name);
        if (rule == null) {
            rule = report.before().map(rules -> rules.byName().get(name)).orElse(null);
        }
        return rule == null ? name : rule.info().forAlert().title(texts.locale().getLanguage());
    }

    private String change(Difference difference, Pair pair) {
        Entry was = pair.before();
        Entry is = pair.after();
        String word = texts.get("backtest.change." + difference.word());
        return switch (difference) {
            case TIME -> word + " " + Instant.ofEpochMilli(was.time()) + " → " + Instant.ofEpochMilli(is.time());
            case COUNT -> word + " " + was.count() + " → " + is.count();
            case SEVERITY ->
                word + " " + was.severity().word() + " → " + is.severity().word();
            case LEVEL ->
                word + " " + was.rule().level().word() + " → "
                        + is.rule().level().word();
            case AUDIENCE ->
                word + " " + String.join(", ", was.audience().stakeholders()) + " → "
                        + String.join(", ", is.audience().stakeholders());
            case RULE -> word + " " + was.rule().name() + " → " + is.rule().name();
            case EVIDENCE, TEXT, TAGS -> word;
        };
    }

    /** Rules that would alert more often than people look. */
    private void noisy() {
        if (!report.span().hasRate()) {
            return;
        }
        report.rules().forEach((rule, tally) -> {
            if (report.span().perDay(tally.after()) > mostPerDay) {
                out().println(terminal.yellow(texts.get("backtest.noisy", rule, amount(tally.after()))));
            }
        });
    }

    private PrintStream out() {
        return terminal.out();
    }
}
