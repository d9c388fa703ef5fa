package jp.hinomi.alerting.notice;

import java.util.Map;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes a notice as a mail: subject, plain text and HTML. Thread-safe. */
public final class MailWriter {
    private final ITemplateEngine templates;
    private final Texts texts;
    private final MailText text;

    public MailWriter(ITemplateEngine templates, Texts texts) {
        this.templates = templates;
        this.texts = texts;
        this.text = new MailText(texts);
    }

    public MailMessage write(Notice notice, String thread, String messageId) {
        Context context = new Context(Texts.locale(notice.language()));
        context.setVariable("plain", new Plain());
        context.setVariable("text", text);
        context.setVariable("silent", text.silent(notice));
        context.setVariables(Map.of(
                "notice", notice,
                "headline", text.headline(notice),
                "firstSteps", text.firstSteps(notice),
                "others", text.others(notice),
                "since", Texts.time(notice.language(), notice.zone(), notice.first()),
                "last", Texts.time(notice.language(), notice.zone(), notice.last()),
                "until", Texts.time(notice.language(), notice.zone(), notice.acknowledgeUntil()),
                "severity", texts.severity(notice.language(), notice.severity()),
                "palette", MailPalette.of(notice.severity())));
        return new MailMessage(
                text.subject(notice), text.body(notice), templates.process("mail/notice", context), messageId, thread);
    }

    /** Text from logs for templates: what hides is made visible; the template escapes it. */
    public static final class Plain {
        private static final int LIMIT = 500;

        public String of(String text) {
            return VisibleText.plain(text, LIMIT);
        }
    }
}
