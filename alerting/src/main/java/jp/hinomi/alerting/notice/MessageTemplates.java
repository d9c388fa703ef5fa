package jp.hinomi.alerting.notice;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.MustacheParseException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.Suggestion;

/**
 * Templates of a city's own for notices, by channel and language, in <a href="https://mustache.github.io/mustache.5.html">Mustache</a>:
 * values and sections, no expressions. Every value is escaped for its channel, whoever wrote the template: texts of logs stand among
 * them. Immutable and thread-safe.
 */
public final class MessageTemplates {
    /** A notice is read by people: more is a mistake. Characters. */
    private static final int LIMIT = 65536;

    private static final String LINK = "acknowledge";
    /** Values that are not escaped, parts from elsewhere, other brackets: with these, log text could become markup. */
    private static final Pattern REFUSED = Pattern.compile("\\{\\{\\s*([{&>=])");

    /** What is written, by the end of a file's name: {@code email.ja.subject.txt}. */
    private enum Kind {
        MAIL_SUBJECT("email", "subject.txt", text -> text, false),
        MAIL_TEXT("email", "txt", text -> text, true),
        MAIL_HTML("email", "html", Escapers.HTML::escape, true),
        SLACK("slack", "txt", SlackWriter::escape, false),
        TEAMS("teams", "txt", text -> text, false),
        MATTERMOST("mattermost", "txt", MattermostWriter::escape, false),
        LINE_WORKS("line-works", "txt", text -> text, true),
        SMS("sms", "txt", text -> text, false),
        VOICE("voice", "txt", text -> text, false);

        private final String channel;
        private final String end;
        private final UnaryOperator<String> escape;
        private final boolean needsLink;

        /** @param needsLink the channel adds no button or link to answer by itself */
        Kind(String channel, String end, UnaryOperator<String> escape, boolean needsLink) {
            this.channel = channel;
            this.end = end;
            this.escape = escape;
            this.needsLink = needsLink;
        }

        String file(String language) {
            return channel + "." + language + "." + end;
        }
    }

    private final Map<String, Template> byFile;
    private final TemplateValues values;

    private MessageTemplates(Map<String, Template> byFile, Texts texts) {
        this.byFile = Map.copyOf(byFile);
        this.values = new TemplateValues(texts);
    }

    /** Everything is written as Hinomi does. */
    public static MessageTemplates none(Texts texts) {
        return new MessageTemplates(Map.of(), texts);
    }

    /**
     * Reads the templates of a folder and tries each on notices with and without evidence; a folder that is not there has none.
     *
     * @throws ProblemsException with everything that is wrong with them
     */
    public static MessageTemplates read(Path folder, Texts texts) {
        if (!Files.isDirectory(folder)) {
            return none(texts);
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, Template> byFile = new HashMap<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            Optional<Kind> kind = kind(name);
            if (kind.isEmpty()) {
                problems.add(Problem.error(
                        Location.ofFile(file.toString()),
                        "unknown-file",
                        "no message is written with this file",
                        Suggestion.remedy(name, names())));
                continue;
            }
            template(file, kind.get(), name.split("\\.")[1], texts, problems)
                    .ifPresent(template -> byFile.put(name, template));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return new MessageTemplates(byFile, texts);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProblemsException(List.of(Problem.error(
                    Location.ofFile(folder.toString()),
                    "unreadable",
                    "cannot list the folder: " + e.getMessage(),
                    "check its permissions")));
        }
    }

    private static List<String> names() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(kind.file("ja"), kind.file("en")))
                .toList();
    }

    private static Optional<Kind> kind(String name) {
        return Stream.of(Kind.values())
                .filter(kind -> name.equals(kind.file("ja")) || name.equals(kind.file("en")))
                .findFirst();
    }

    private static Optional<Template> template(
            Path file, Kind kind, String language, Texts texts, List<Problem> problems) {
        int before = problems.size();
        try {
            String source = Files.readString(file);
            Matcher refused = REFUSED.matcher(source);
            if (refused.find()) {
                problems.add(Problem.error(
                        at(file, line(source, refused.start())),
                        "unescaped",
                        "'{{" + refused.group(1) + "' is not allowed here: text from logs could become markup",
                        "write {{name}}"));
            } else if (kind.needsLink && !source.matches("(?s).*\\{\\{\\s*" + LINK + "\\s*}}.*")) {
                problems.add(Problem.error(
                        Location.ofFile(file.toString()),
                        "no-link",
                        "whoever gets this cannot answer: the link is missing",
                        "write {{" + LINK + "}} somewhere"));
            } else {
                Template template = compile(source, kind);
                for (Notice sample : SampleNotices.of(language)) {
                    template.execute(new TemplateValues(texts).of(sample));
                }
                return Optional.of(template);
            }
        } catch (MustacheException.Context e) {
            problems.add(Problem.error(
                    at(file, e.lineNo),
                    "unknown-value",
                    "there is no value '" + e.key + "'",
                    Suggestion.remedy(
                            e.key,
                            new TemplateValues(texts)
                                    .of(SampleNotices.of(language).get(0))
                                    .keySet())));
        } catch (MustacheParseException e) {
            problems.add(Problem.error(
                    Location.ofFile(file.toString()),
                    "syntax",
                    "this is no Mustache template: " + e.getMessage(),
                    "close every section: {{#name}} … {{/name}}"));
        } catch (IOException e) {
            problems.add(Problem.error(
                    Location.ofFile(file.toString()),
                    "unreadable",
                    "cannot be read as UTF-8: " + e.getMessage(),
                    "check its permissions and its encoding"));
        }
        if (problems.size() == before) {
            throw new IllegalStateException("neither a template nor a problem: " + file);
        }
        return Optional.empty();
    }

    private static Template compile(String source, Kind kind) {
        return Mustache.compiler()
                .withEscaper(kind.escape::apply)
                .withCollector(new OnlyMaps())
                .strictSections(true)
                .emptyStringIsFalse(true)
                .compile(source);
    }

    /** Values are texts, lists and maps of ours: nothing is looked up by reflection. */
    private static final class OnlyMaps extends BasicCollector {
        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    private static Location at(Path file, int line) {
        return new Location(file.toString(), line, 0);
    }

    private static int line(String source, int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The subject of a mail; empty where the city has no template for it. */
    Optional<String> mailSubject(Notice notice) {
        return write(Kind.MAIL_SUBJECT, notice)
                .map(text -> Cut.to(text.replaceAll("\\s+", " ").strip(), 300));
    }

    Optional<String> mailText(Notice notice) {
        return write(Kind.MAIL_TEXT, notice);
    }

    Optional<String> mailHtml(Notice notice) {
        return write(Kind.MAIL_HTML, notice);
    }

    /** The text of a message over that kind of channel, escaped for it. */
    Optional<String> text(String channel, Notice notice) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.channel.equals(channel) && kind.end.equals("txt"))
                .findFirst()
                .flatMap(kind -> write(kind, notice));
    }

    private Optional<String> write(Kind kind, Notice notice) {
        return Optional.ofNullable(byFile.get(kind.file(notice.language())))
                .map(template -> Cut.to(template.execute(values.of(notice)).strip(), LIMIT));
    }
}
