package jp.hinomi.alerting.notice;

import com.samskivert.mustache.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.events.document.ProblemsException;

/**
 * Templates of a city's own, by channel, message and language, in <a href="https://mustache.github.io/mustache.5.html">Mustache</a>:
 * values and sections, no expressions. Every value is escaped for its channel, whoever wrote the template: texts of logs stand among
 * them. Immutable and thread-safe.
 */
public final class MessageTemplates {
    /** A message is read by people: more is a mistake. Characters. */
    private static final int LIMIT = 65536;

    private final Map<TemplateFile, Template> templates;
    private final TemplateValues values;

    private MessageTemplates(Map<TemplateFile, Template> templates, Texts texts) {
        this.templates = Map.copyOf(templates);
        this.values = new TemplateValues(texts);
    }

    /** Everything is written as Hinomi does. */
    public static MessageTemplates none(Texts texts) {
        return new MessageTemplates(Map.of(), texts);
    }

    /**
     * Reads the templates of a folder and tries each on messages with much and with little in them; a folder that is not there has none.
     *
     * @throws ProblemsException with everything that is wrong with them
     */
    public static MessageTemplates read(Path folder, Texts texts) {
        return Files.isDirectory(folder)
                ? new MessageTemplates(new TemplateReader(texts).read(folder), texts)
                : none(texts);
    }

    /** The subject of a mail; empty where the city has no template for it. */
    Optional<String> mailSubject(Notice notice) {
        return write(TemplateForm.MAIL_SUBJECT, notice).map(MessageTemplates::oneLine);
    }

    Optional<String> mailText(Notice notice) {
        return write(TemplateForm.MAIL_TEXT, notice);
    }

    Optional<String> mailHtml(Notice notice) {
        return write(TemplateForm.MAIL_HTML, notice);
    }

    Optional<String> mailSubject(Announcement announcement) {
        return write(TemplateForm.MAIL_SUBJECT, announcement).map(MessageTemplates::oneLine);
    }

    Optional<String> mailText(Announcement announcement) {
        return write(TemplateForm.MAIL_TEXT, announcement);
    }

    Optional<String> mailHtml(Announcement announcement) {
        return write(TemplateForm.MAIL_HTML, announcement);
    }

    /** The text of a message over that kind of channel, escaped for it. */
    Optional<String> text(String channel, Notice notice) {
        return textOf(channel).flatMap(form -> write(form, notice));
    }

    Optional<String> text(String channel, Announcement announcement) {
        return textOf(channel).flatMap(form -> write(form, announcement));
    }

    private static Optional<TemplateForm> textOf(String channel) {
        return Arrays.stream(TemplateForm.values())
                .filter(form -> form.isTextOf(channel))
                .findFirst();
    }

    private static String oneLine(String subject) {
        return Cut.to(subject.replaceAll("\\s+", " ").strip(), 300);
    }

    private Optional<String> write(TemplateForm form, Notice notice) {
        return write(new TemplateFile(form, TemplateFile.Subject.NOTICE, notice.language()), () -> values.of(notice));
    }

    private Optional<String> write(TemplateForm form, Announcement announcement) {
        return TemplateFile.Subject.of(announcement)
                .map(subject -> new TemplateFile(form, subject, announcement.language()))
                .flatMap(file -> write(file, () -> values.of(announcement)));
    }

    /** @param said asked for only where there is a template: most cities have none, and alerts come by the thousand */
    private Optional<String> write(TemplateFile file, Supplier<Map<String, Object>> said) {
        return Optional.ofNullable(templates.get(file))
                .map(template -> Cut.to(template.execute(said.get()).strip(), LIMIT));
    }
}
