package jp.hinomi.standalone.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Finding;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Verdict;
import jp.hinomi.city.City;
import jp.hinomi.city.Escalation;
import jp.hinomi.city.Resource;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.Tlp;
import jp.hinomi.standalone.terminal.Texts;

/** Prints answers of {@code city route} for people. */
final class RouteText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final Context context;
    private final City city;
    private final Instant at;

    RouteText(Context context, City city, Instant at) {
        this.context = context;
        this.city = city;
        this.at = at;
    }

    /** @param named whether to say what the answer is about */
    void print(RouteAnswer answer, boolean named) {
        if (named) {
            out().println(context.terminal().bold(answer.question().asked()));
        }
        answer.question().format().ifPresent(format -> out().println(texts().get("route.read", format)));
        answer.question().readings().forEach(this::reading);
        Map<String, Finding> shown = new LinkedHashMap<>();
        answer.decision()
                .findings()
                .forEach(finding -> shown.putIfAbsent(finding.resource() + " " + finding.part(), finding));
        shown.values().forEach(finding -> resource(answer, finding));
        int order = 1;
        for (Recipient recipient : answer.decision().recipients()) {
            recipient(order++, recipient, answer.question().alert().tlp());
        }
        shown.values().stream()
                .flatMap(finding -> finding.considered().stream())
                .filter(considered -> considered.verdict() != Verdict.APPLIES)
                .map(considered -> considered.text().in(language()))
                .distinct()
                .forEach(text -> out().println(context.terminal().dim(texts().get("route.passed", text))));
        answer.decision()
                .escalations()
                .forEach(id -> escalation(answer, city.escalations().get(id)));
        answer.decision()
                .gaps()
                .forEach(gap -> out().println(context.terminal()
                        .yellow(texts().get("route.gap", gap.text().in(language())))));
    }

    private void reading(ResourceResolver.Reading reading) {
        String line = "    " + reading.field().name() + " = " + reading.value();
        out().println(
                        reading.led().isEmpty()
                                ? context.terminal().dim(line)
                                : line + " → "
                                        + reading.led().stream()
                                                .map(led -> led.resource().id() + " (" + led.by() + ")")
                                                .distinct()
                                                .collect(Collectors.joining(", ")));
    }

    private void resource(RouteAnswer answer, Finding finding) {
        Resource resource = city.resources().get(finding.resource());
        String name = resource == null ? finding.resource() : resource.name(language());
        String by = answer.selector(finding)
                .map(selector -> selector.equals("id") ? texts().get("route.by-id") : selector)
                .orElse("—");
        out().println(texts().get(
                        "route.resource",
                        finding.resource(),
                        name,
                        by,
                        texts().get("route.part." + finding.part().word())));
    }

    private void recipient(int order, Recipient recipient, Tlp label) {
        String channels = recipient.ways(label).stream()
                .map(way -> way.channel().type()
                        + (way.disclosure() == recipient.disclosure() ? "" : texts().get("route.way-notice")))
                .distinct()
                .collect(Collectors.joining(", "));
        String sees = recipient.disclosure() == Disclosure.FULL
                ? texts().get("route.sees-all")
                : texts().get("route.sees-notice", recipient.widest().word());
        out().println(texts().get(
                        "route.recipient",
                        recipient.stakeholder().name(language()),
                        recipient.contact().id(),
                        order,
                        channels,
                        sees));
        recipient.reasons().forEach(reason -> out().println("    " + reason.in(language())));
        if (!recipient.contact().answersAt(at)) {
            out().println(context.terminal()
                    .yellow("    "
                            + texts().get("route.off-hours", recipient.contact().onCall())));
        }
    }

    private void escalation(RouteAnswer answer, Escalation escalation) {
        out().println(texts().get("route.escalation", escalation.id()));
        for (RouteAnswer.Later later : answer.steps(escalation)) {
            String contacts = later.contacts().isEmpty()
                    ? texts().get("route.nobody")
                    : later.contacts().stream()
                            .map(of -> of.stakeholder().name(language()) + " ("
                                    + of.contact().id() + ")"
                                    + (of.contact().answersAt(at.plus(later.after()))
                                            ? ""
                                            : texts().get("route.asleep")))
                            .collect(Collectors.joining(", "));
            Instant then = at.plus(later.after());
            out().println("    +" + text(later.after()) + "  " + TIME.format(then.atZone(city.zone())) + "  "
                    + contacts);
        }
        if (escalation.loopMax() > 0) {
            out().println("    " + texts().get("route.loops", escalation.loopMax()));
        }
    }

    private static String text(Duration duration) {
        return duration.isZero() ? "0m" : duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private String language() {
        return texts().locale().getLanguage();
    }

    private Texts texts() {
        return context.texts();
    }

    private PrintStream out() {
        return context.terminal().out();
    }
}
