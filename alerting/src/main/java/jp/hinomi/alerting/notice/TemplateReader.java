package jp.hinomi.alerting.notice;

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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.Suggestion;

/** Reads a city's templates and tries each on messages with much and with little in them, so that mistakes are found before they are needed. */
final class TemplateReader {
    /** Values that are not escaped, parts from elsewhere, other brackets: with these, log text could become markup. */
    private static final Pattern REFUSED = Pattern.compile("\\{\\{\\s*([{&>=])");

    private final TemplateValues values;
    private final List<Problem> problems = new ArrayList<>();

    TemplateReader(Texts texts) {
        this.values = new TemplateValues(texts);
    }

    /** @throws ProblemsException with everything that is wrong with them */
    Map<TemplateFile, Template> read(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        for (Path path : files(folder)) {
            try {
                texts.put(path.getFileName().toString(), Files.readString(path));
            } catch (IOException e) {
                problems.add(Problem.error(
                        Location.ofFile(path.toString()),
                        "unreadable",
                        "cannot be read as UTF-8: " + e.getMessage(),
                        "check its permissions and its encoding"));
            }
        }
        Map<TemplateFile, Template> templates = read(texts, folder + "/");
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return templates;
    }

    /** What is wrong with those that are missing in the answer is in {@link #problems}. @param under what problems name before the file */
    Map<TemplateFile, Template> read(Map<String, String> texts, String under) {
        Map<TemplateFile, Template> templates = new HashMap<>();
        texts.forEach((name, text) -> {
            Optional<TemplateFile> file = TemplateFile.ofName(name);
            if (file.isPresent()) {
                template(under + name, text, file.get()).ifPresent(template -> templates.put(file.get(), template));
                return;
            }
            problems.add(Problem.error(
                    Location.ofFile(under + name),
                    "unknown-file",
                    "no message is written with this file",
                    Suggestion.remedy(
                            name,
                            TemplateFile.all().stream().map(TemplateFile::name).toList())));
        });
        return templates;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
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

    private List<Map<String, Object>> samples(TemplateFile file) {
        return file.subject() == TemplateFile.Subject.NOTICE
                ? SampleNotices.of(file.language()).stream().map(values::of).toList()
                : SampleNotices.announcements(file).stream().map(values::of).toList();
    }

    private Optional<Template> template(String path, String source, TemplateFile file) {
        int before = problems.size();
        List<Map<String, Object>> samples = samples(file);
        try {
            Matcher refused = REFUSED.matcher(source);
            if (refused.find()) {
                problems.add(Problem.error(
                        at(path, line(source, refused.start())),
                        "unescaped",
                        "'{{" + refused.group(1) + "' is not allowed here: text from logs could become markup",
                        "write {{name}}"));
            } else if (file.form().needsLink() && !source.matches("(?s).*\\{\\{\\s*" + file.link() + "\\s*}}.*")) {
                problems.add(Problem.error(
                        Location.ofFile(path),
                        "no-link",
                        "whoever gets this cannot answer: the link is missing",
                        "write {{" + file.link() + "}} somewhere"));
            } else {
                Template template = compile(source, file.form());
                samples.forEach(template::execute);
                return Optional.of(template);
            }
        } catch (MustacheException.Context e) {
            problems.add(Problem.error(
                    at(path, e.lineNo),
                    "unknown-value",
                    "there is no value '" + e.key + "'",
                    Suggestion.remedy(e.key, samples.get(0).keySet())));
        } catch (MustacheParseException e) {
            problems.add(Problem.error(
                    Location.ofFile(path),
                    "syntax",
                    "this is no Mustache template: " + e.getMessage(),
                    "close every section: {{#name}} … {{/name}}"));
        }
        if (problems.size() == before) {
            throw new IllegalStateException("neither a template nor a problem: " + path);
        }
        return Optional.empty();
    }

    private static Template compile(String source, TemplateForm form) {
        return Mustache.compiler()
                .withEscaper(form::escape)
                .withCollector(new OnlyMaps())
                .strictSections(true)
                .emptyStringIsFalse(true)
                .compile(source);
    }

    private static Location at(String path, int line) {
        return new Location(path, line, 0);
    }

    private static int line(String source, int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
