package jp.hinomi.alerting.notice;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;

/** Makes briefs of notices. Thread-safe. */
final class Briefs {
    private static final int VALUE = 300;
    private static final int GROUP = 5;

    private final Texts texts;
    private final MailText text;

    Briefs(Texts texts) {
        this.texts = texts;
        this.text = new MailText(texts);
    }

    Brief of(Notice notice) {
        String language = notice.language();
        List<Brief.Fact> facts = new ArrayList<>();
        facts.add(fact(language, "mail.severity", texts.severity(language, notice.severity())));
        facts.add(fact(language, "mail.resources", text.resources(notice)));
        facts.add(fact(language, "mail.since", Texts.time(language, notice.zone(), notice.first())));
        facts.add(fact(language, "mail.count", texts.get(language, "mail.times", notice.evidenceCount())));
        notice.group().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .limit(GROUP)
                .forEach(value -> facts.add(new Brief.Fact(
                        VisibleText.plain(value.getKey(), 60), VisibleText.plain(value.getValue(), VALUE), true)));
        String silent = text.silent(notice);
        return new Brief(
                language,
                notice.alertId(),
                text.subject(notice),
                text.headline(notice),
                VisibleText.plain(notice.title(), 200),
                notice.severity(),
                texts.severity(language, notice.severity()),
                facts,
                VisibleText.lines(text.firstSteps(notice), 1500),
                notice.evidence().stream()
                        .map(line -> VisibleText.plain(line.text(), VALUE))
                        .toList(),
                notice.isFull()
                        ? Optional.empty()
                        : Optional.of(texts.get(
                                language, "mail.withheld", notice.tlp().word())),
                silent.isEmpty() ? Optional.empty() : Optional.of(silent),
                notice.reasons().stream()
                        .map(reason -> VisibleText.plain(reason, VALUE))
                        .toList(),
                "TLP:" + notice.tlp().word() + " · " + VisibleText.plain(notice.rule(), 120),
                // So that the answer is known to have come from there.
                URI.create(notice.acknowledge() + "?from=chat"),
                notice.console());
    }

    private Brief.Fact fact(String language, String key, String value) {
        return new Brief.Fact(texts.get(language, key), value, false);
    }
}
