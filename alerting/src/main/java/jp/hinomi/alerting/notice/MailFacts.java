package jp.hinomi.alerting.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;

/**
 * What the text and the HTML of a mail both say, put into words once: sentences in the recipient's language, and what came from
 * logs with everything visible in it. Not escaped.
 *
 * @param more how many events are not listed; empty if all are
 * @param withheld why there is no evidence; empty if there is
 */
record MailFacts(
        String to,
        String headline,
        String severity,
        String since,
        String last,
        String times,
        List<Map.Entry<String, String>> group,
        String silent,
        String firstSteps,
        String until,
        List<String> evidence,
        String more,
        String withheld,
        List<String> indicators,
        String others,
        String footer) {
    private static final int LINE_LIMIT = 500;

    static MailFacts of(Notice notice, Texts texts, MailText text) {
        String language = notice.language();
        long unlisted = notice.evidenceCount() - notice.evidence().size();
        return new MailFacts(
                texts.get(language, "mail.to", notice.stakeholder()),
                text.headline(notice),
                texts.severity(language, notice.severity()),
                Texts.time(language, notice.zone(), notice.first()),
                Texts.time(language, notice.zone(), notice.last()),
                texts.get(language, "mail.times", notice.evidenceCount()),
                group(notice),
                text.silent(notice),
                text.firstSteps(notice),
                texts.get(
                        language,
                        "mail.acknowledge.until",
                        Texts.time(language, notice.zone(), notice.acknowledgeUntil())),
                notice.evidence().stream().map(line -> plain(line.text())).toList(),
                notice.isFull() && unlisted > 0 ? texts.get(language, "mail.evidence.more", unlisted) : "",
                notice.isFull()
                        ? ""
                        : texts.get(language, "mail.withheld", notice.tlp().word()),
                notice.indicators().stream().map(MailFacts::plain).toList(),
                text.others(notice),
                texts.get(language, "mail.footer", notice.city()));
    }

    private static List<Map.Entry<String, String>> group(Notice notice) {
        List<Map.Entry<String, String>> group = new ArrayList<>();
        notice.group().forEach((field, value) -> group.add(Map.entry(field, plain(value))));
        return group;
    }

    private static String plain(String text) {
        return VisibleText.plain(text, LINE_LIMIT);
    }
}
