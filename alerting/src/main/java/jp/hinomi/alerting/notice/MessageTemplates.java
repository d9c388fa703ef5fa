package jp.hinomi.alerting.notice;

import com.samskivert.mustache.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.CityFiles;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Templates of a city's own, by channel, message and language, in <a href="https://mustache.github.io/mustache.5.html">Mustache</a>:
 * values and sections, no expressions. Every value is escaped for its channel, whoever wrote the template: texts of logs stand among
 * them. Thread-safe.
 */
public final class MessageTemplates {
    /** A message is read by people: more is a mistake. Characters. */
    private static final int LIMIT = 65536;

    /** Every file that there may be, without its folder. */
    public static final List<String> FILES =
            TemplateFile.all().stream().map(TemplateFile::name).sorted().toList();

    private static final Logger LOG = LoggerFactory.getLogger(MessageTemplates.class);

    private final Supplier<Map<String, String>> texts;
    private final TemplateValues values;
    private final Texts words;
    private volatile Compiled compiled = new Compiled(Map.of(), Map.of());

    /** @param from told apart by identity: a version of the map holds its texts as long as it is in force */
    private record Compiled(Map<String, String> from, Map<TemplateFile, Template> templates) {}

    private MessageTemplates(Supplier<Map<String, String>> texts, Texts words) {
        this.texts = texts;
        this.words = words;
        this.values = new TemplateValues(words);
    }

    /** Everything is written as Hinomi does. */
    public static MessageTemplates none(Texts words) {
        return new MessageTemplates(Map::of, words);
    }

    /** Those of the map in force: another version that comes into force counts for every message that is written from then on. */
    public static MessageTemplates inForce(CityInForce city, Texts words) {
        return new MessageTemplates(() -> city.get().templates(), words);
    }

    /**
     * Reads the templates of a folder and tries each on messages with much and with little in them; a folder that is not there has none.
     *
     * @throws ProblemsException with everything that is wrong with them
     */
    public static MessageTemplates read(Path folder, Texts words) {
        if (!Files.isDirectory(folder)) {
            return none(words);
        }
        Map<String, String> from = Map.of();
        MessageTemplates read = new MessageTemplates(() -> from, words);
        read.compiled = new Compiled(from, new TemplateReader(words).read(folder));
        return read;
    }

    /** What is wrong with the templates of a city, by file and line; each is tried on messages with much and with little in them. */
    public static List<Problem> check(Map<String, String> texts, Texts words) {
        TemplateReader reader = new TemplateReader(words);
        reader.read(texts, CityFiles.TEMPLATES);
        return reader.problems();
    }

    private Map<TemplateFile, Template> templates() {
        Map<String, String> now = texts.get();
        Compiled known = compiled;
        if (known.from() != now) {
            TemplateReader reader = new TemplateReader(words);
            known = new Compiled(now, reader.read(now, CityFiles.TEMPLATES));
            // Nobody could approve it: an older Hinomi knew values that this one does not.
            reader.problems().forEach(problem -> LOG.error("A message is written without its template: {}", problem));
            compiled = known;
        }
        return known.templates();
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
        return Optional.ofNullable(templates().get(file))
                .map(template -> Cut.to(template.execute(said.get()).strip(), LIMIT));
    }
}
