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

    /** @param facts of the same notice */
    String body(Notice notice, MailFacts facts) {
        String language = notice.language();
        StringBuilder text = new StringBuilder(2048);
        text.append(facts.to()).append("\n\n");
        text.append(facts.headline()).append("\n\n");
        text.append("■ ").append(VisibleText.plain(notice.title(), 200)).append('\n');
        item(text, language, "mail.severity", facts.severity());
        item(text, language, "mail.resources", resources(notice));
        item(text, language, "mail.since", facts.since());
        item(text, language, "mail.last", facts.last());
        item(text, language, "mail.count", facts.times());
        for (Map.Entry<String, String> value : facts.group()) {
            text.append("  ")
                    .append(value.getKey())
                    .append(": ")
                    .append(value.getValue())
                    .append('\n');
        }
        if (!facts.silent().isEmpty()) {
            text.append('\n').append(facts.silent()).append('\n');
        }
        section(text, language, "mail.first-steps");
        text.append(facts.firstSteps()).append('\n');
        section(text, language, "mail.acknowledge");
        text.append(texts.get(language, "mail.acknowledge.explain"))
                .append('\n')
                .append(notice.acknowledge())
                .append('\n')
                .append(facts.until())
                .append('\n');
        section(text, language, "mail.evidence");
        if (!facts.withheld().isEmpty()) {
            text.append(facts.withheld()).append('\n');
        }
        facts.evidence().forEach(line -> text.append("> ").append(line).append('\n'));
        if (!facts.more().isEmpty()) {
            text.append(facts.more()).append('\n');
        }
        if (!facts.indicators().isEmpty()) {
            section(text, language, "mail.indicators");
            facts.indicators()
                    .forEach(indicator -> text.append("・").append(indicator).append('\n'));
        }
        section(text, language, "mail.others");
        text.append(facts.others()).append('\n');
        section(text, language, "mail.why");
        notice.reasons()
                .forEach(reason -> text.append("・")
                        .append(VisibleText.plain(reason, LINE_LIMIT))
                        .append('\n'));
        text.append("\n-- \n")
                .append(facts.footer())
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
