package jp.hinomi.alerting.notice;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;

/** A notice as plain text: complete on its own, for readers without HTML. Thread-safe. */
public final class MailText {
    private static final int LINE_LIMIT = 500;
    private static final int HEADLINE_NAMES = 3;
    private final Texts texts;

    public MailText(Texts texts) {
        this.texts = texts;
    }

    /** {@code [Hinomi 高] title — resource}; one line whatever the parts contain. */
    public String subject(Notice notice) {
        String mark = texts.get(
                notice.language(),
                "mail.subject." + notice.cause().word(),
                texts.severity(notice.language(), notice.severity()));
        String what = VisibleText.plain(notice.title(), 120);
        return notice.resources().isEmpty()
                ? mark + " " + what
                : mark + " " + what + " — "
                        + VisibleText.plain(notice.resources().get(0).name(), 60);
    }

    public String body(Notice notice) {
        String language = notice.language();
        StringBuilder text = new StringBuilder();
        text.append(texts.get(language, "mail.to", notice.stakeholder())).append("\n\n");
        text.append(headline(notice)).append("\n\n");
        text.append("■ ").append(VisibleText.plain(notice.title(), 200)).append('\n');
        item(text, language, "mail.severity", texts.severity(language, notice.severity()));
        item(text, language, "mail.resources", resources(notice));
        item(text, language, "mail.since", Texts.time(language, notice.zone(), notice.first()));
        item(text, language, "mail.last", Texts.time(language, notice.zone(), notice.last()));
        item(text, language, "mail.count", texts.get(language, "mail.times", notice.evidenceCount()));
        for (Map.Entry<String, String> value : notice.group().entrySet()) {
            text.append("  ")
                    .append(value.getKey())
                    .append(": ")
                    .append(VisibleText.plain(value.getValue(), LINE_LIMIT))
                    .append('\n');
        }
        if (!notice.silent().isEmpty()) {
            text.append('\n').append(silent(notice)).append('\n');
        }
        section(text, language, "mail.first-steps");
        text.append(firstSteps(notice)).append('\n');
        section(text, language, "mail.acknowledge");
        text.append(texts.get(language, "mail.acknowledge.explain"))
                .append('\n')
                .append(notice.acknowledge())
                .append('\n')
                .append(texts.get(
                        language,
                        "mail.acknowledge.until",
                        Texts.time(language, notice.zone(), notice.acknowledgeUntil())))
                .append('\n');
        section(text, language, "mail.evidence");
        evidence(text, notice);
        if (!notice.indicators().isEmpty()) {
            section(text, language, "mail.indicators");
            notice.indicators()
                    .forEach(indicator -> text.append("・")
                            .append(VisibleText.plain(indicator, LINE_LIMIT))
                            .append('\n'));
        }
        section(text, language, "mail.others");
        text.append(others(notice)).append('\n');
        section(text, language, "mail.why");
        notice.reasons()
                .forEach(reason -> text.append("・")
                        .append(VisibleText.plain(reason, LINE_LIMIT))
                        .append('\n'));
        text.append("\n-- \n")
                .append(texts.get(language, "mail.footer", notice.city()))
                .append('\n')
                .append("TLP:")
                .append(notice.tlp().word())
                .append(" · ")
                .append(VisibleText.plain(notice.rule(), 120))
                .append(" · ")
                .append(notice.alertId())
                .append('\n')
                .append(notice.console())
                .append('\n');
        return text.toString();
    }

    /** One sentence: what happened to what. */
    public String headline(Notice notice) {
        String key =
                "mail.headline." + notice.cause().word() + (notice.resources().isEmpty() ? ".unmapped" : "");
        String from =
                notice.cause() instanceof Cause.Raised raised ? texts.severity(notice.language(), raised.from()) : "";
        return texts.get(
                notice.language(), key, concerned(notice), texts.severity(notice.language(), notice.severity()), from);
    }

    /** Names only, without those that just looked on unless there are no others. */
    private String concerned(Notice notice) {
        List<Notice.TouchedResource> touched = notice.resources().stream()
                .filter(resource -> !resource.onlyObserved())
                .toList();
        return (touched.isEmpty() ? notice.resources() : touched)
                .stream()
                        .limit(HEADLINE_NAMES)
                        .map(resource -> VisibleText.plain(resource.name(), 100))
                        .collect(Collectors.joining(texts.get(notice.language(), "list.separator")));
    }

    /** {@code target, origin}: what a resource is in the alert. */
    public String parts(Notice notice, Notice.TouchedResource resource) {
        return resource.parts().stream()
                .map(part -> texts.get(notice.language(), "part." + part))
                .collect(Collectors.joining(texts.get(notice.language(), "part.separator")));
    }

    String resources(Notice notice) {
        if (notice.resources().isEmpty()) {
            return texts.get(notice.language(), "mail.resources.none");
        }
        List<String> names = notice.resources().stream()
                .map(resource -> texts.get(
                        notice.language(),
                        "mail.resource",
                        VisibleText.plain(resource.name(), 100),
                        parts(notice, resource)))
                .distinct()
                .toList();
        return String.join(texts.get(notice.language(), "list.separator"), names);
    }

    /** Which sources the rule could not see; empty if it saw all that it needs. */
    String silent(Notice notice) {
        return notice.silent().isEmpty()
                ? ""
                : texts.get(
                        notice.language(),
                        "mail.not-evaluable",
                        String.join(texts.get(notice.language(), "list.separator"), notice.silent()));
    }

    String firstSteps(Notice notice) {
        return notice.firstSteps().isBlank()
                ? texts.get(notice.language(), "mail.first-steps.none")
                : notice.firstSteps().strip();
    }

    String others(Notice notice) {
        if (!notice.isFull()) {
            return texts.get(notice.language(), "mail.withheld", notice.tlp().word());
        }
        return notice.others().isEmpty()
                ? texts.get(notice.language(), "mail.others.none")
                : String.join(texts.get(notice.language(), "list.separator"), notice.others());
    }

    private void evidence(StringBuilder text, Notice notice) {
        if (!notice.isFull()) {
            text.append(texts.get(
                            notice.language(), "mail.withheld", notice.tlp().word()))
                    .append('\n');
            return;
        }
        for (Notice.Line line : notice.evidence()) {
            text.append("> ").append(VisibleText.plain(line.text(), LINE_LIMIT)).append('\n');
        }
        if (notice.evidenceCount() > notice.evidence().size()) {
            text.append(texts.get(
                            notice.language(),
                            "mail.evidence.more",
                            notice.evidenceCount() - notice.evidence().size()))
                    .append('\n');
        }
    }

    private void item(StringBuilder text, String language, String key, String value) {
        text.append("  ")
                .append(texts.get(language, key))
                .append(texts.get(language, "colon"))
                .append(value)
                .append('\n');
    }

    private void section(StringBuilder text, String language, String key) {
        text.append("\n■ ").append(texts.get(language, key)).append('\n');
    }
}
