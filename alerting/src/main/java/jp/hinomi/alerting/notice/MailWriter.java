package jp.hinomi.alerting.notice;

import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes a notice as a mail: subject, plain text and HTML. Thread-safe. */
public final class MailWriter implements MessageWriter {
    private final ITemplateEngine templates;
    private final Texts texts;
    private final MailText text;
    private final MailHtml html;

    private final MessageIds messageIds;
    private final MessageTemplates own;

    public MailWriter(ITemplateEngine templates, Texts texts, MessageIds messageIds, MessageTemplates own) {
        this.own = own;
        this.messageIds = messageIds;
        this.templates = templates;
        this.texts = texts;
        this.text = new MailText(texts);
        this.html = new MailHtml(texts, text);
    }

    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        Notice notice = letter.notice();
        return Columns.json(write(
                notice,
                messageIds.thread(notice.alertId(), contactId),
                messageIds.of(notice.alertId(), contactId, notice.cause())));
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        String language = announcement.language();
        StringBuilder body = new StringBuilder(announcement.explain()).append("\n\n");
        if (!announcement.items().isEmpty()) {
            body.append(texts.get(language, "mail.acknowledge.explain"))
                    .append(' ')
                    .append(announcement.note())
                    .append("\n\n");
        }
        announcement
                .items()
                .forEach(item -> body.append("・")
                        .append(item.time())
                        .append("  ")
                        .append(texts.severity(language, item.severity()))
                        .append("  ")
                        .append(VisibleText.plain(item.title(), 100))
                        .append("\n  ")
                        .append(item.console())
                        .append("\n  ")
                        .append(texts.get(language, "mail.digest.acknowledge", item.acknowledge()))
                        .append('\n'));
        if (announcement.more() > 0) {
            body.append(texts.get(language, "mail.digest.more", announcement.more()))
                    .append('\n');
        }
        body.append("\n-- \n")
                .append(texts.get(language, "mail.footer", announcement.city()))
                .append('\n');
        Context context = new Context(Texts.locale(language));
        context.setVariable("announcement", announcement);
        context.setVariable("plain", new Plain());
        String id = announcement.kind() == Announcement.Kind.TEST
                ? messageIds.test(announcement.id())
                : messageIds.digest(announcement.id());
        return Columns.json(new MailMessage(
                own.mailSubject(announcement).orElseGet(announcement::subject),
                own.mailText(announcement).orElseGet(body::toString),
                own.mailHtml(announcement).orElseGet(() -> templates.process("mail/digest", context)),
                id,
                id));
    }

    private MailMessage write(Notice notice, String thread, String messageId) {
        Optional<String> ownText = own.mailText(notice);
        Optional<String> ownHtml = own.mailHtml(notice);
        MailFacts facts = ownText.isPresent() && ownHtml.isPresent() ? null : MailFacts.of(notice, texts, text);
        return new MailMessage(
                own.mailSubject(notice).orElseGet(() -> text.subject(notice)),
                ownText.orElseGet(() -> text.body(notice, facts)),
                ownHtml.orElseGet(() -> html.of(notice, facts)),
                messageId,
                thread);
    }

    /** Text from logs for templates: what hides is made visible; the template escapes it. */
    public static final class Plain {
        private static final int LIMIT = 500;

        public String of(String text) {
            return VisibleText.plain(text, LIMIT);
        }
    }
}
