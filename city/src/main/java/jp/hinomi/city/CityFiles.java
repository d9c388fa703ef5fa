package jp.hinomi.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;

/**
 * The text of every file that makes up a city, whole, so that a version of it can be kept and read again. Names are relative to
 * the folder, with {@code /}. Immutable.
 */
public record CityFiles(SortedMap<String, String> texts) {
    /** What a city's folder may have, besides formats, forms of reports and templates of messages. */
    public static final List<String> NAMES = CityReader.FILES;

    /** Tables that a city may be read from, as a spreadsheet writes them. */
    public static final List<String> TABLES =
            CityTable.ALL.stream().map(CityTable::csv).toList();

    /** A city is written by people: what is longer is no city. In characters, all files together. */
    public static final int LIMIT = 16 * 1024 * 1024;

    /** Where the city's own words for messages lie. Which names and values they may have alerting knows. */
    public static final String TEMPLATES = "templates/";

    private static final List<String> FOLDERS = List.of("formats", "reports", "templates");
    private static final Pattern IN_FOLDER =
            Pattern.compile("(formats|reports)/[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ya?ml|" + TEMPLATES
                    + "[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.(txt|html)");

    /** @throws IllegalArgumentException naming the file that no city has, or that all are too long */
    public CityFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        long length = 0;
        for (Map.Entry<String, String> file : texts.entrySet()) {
            if (!isOfACity(file.getKey())) {
                throw new IllegalArgumentException("'" + file.getKey() + "' is no file of a city: it has "
                        + String.join(", ", CityReader.FILES)
                        + ", formats/*.yaml, reports/*.yaml, templates/*.txt and templates/*.html");
            }
            length += file.getValue().length();
        }
        if (length > LIMIT) {
            throw new IllegalArgumentException(
                    "the files have " + length + " characters, at most " + LIMIT + " are taken");
        }
    }

    /** Whether a city's folder may have a file of that name that is read. */
    public static boolean isOfACity(String name) {
        return CityReader.FILES.contains(name) || IN_FOLDER.matcher(name).matches();
    }

    /** The files of a folder that are read; others are left out. */
    public static CityFiles of(Path folder) throws IOException {
        TreeMap<String, String> texts = new TreeMap<>();
        for (String name : CityReader.FILES) {
            if (Files.isRegularFile(folder.resolve(name))) {
                texts.put(name, Files.readString(folder.resolve(name)));
            }
        }
        for (String inner : FOLDERS) {
            if (Files.isDirectory(folder.resolve(inner))) {
                try (Stream<Path> files = Files.list(folder.resolve(inner))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        String name = inner + "/" + file.getFileName();
                        if (isOfACity(name)) {
                            texts.put(name, Files.readString(file));
                        }
                    }
                }
            }
        }
        return new CityFiles(texts);
    }

    /** The same with other text in some of the files; an empty text takes the file away. */
    public CityFiles with(Map<String, String> others) {
        TreeMap<String, String> both = new TreeMap<>(texts);
        both.putAll(others);
        others.forEach((name, text) -> {
            if (text.isBlank() && isOfACity(name)) {
                both.remove(name);
            }
        });
        return new CityFiles(both);
    }

    /** The city's own words for messages, by name without the folder. */
    public SortedMap<String, String> templates() {
        return templates(texts);
    }

    static SortedMap<String, String> templates(Map<String, String> texts) {
        SortedMap<String, String> templates = new TreeMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(TEMPLATES)) {
                templates.put(name.substring(TEMPLATES.length()), text);
            }
        });
        return templates;
    }

    /** The same without them, or with others in their place. @param others by name without the folder */
    public CityFiles withTemplates(Map<String, String> others) {
        TreeMap<String, String> both = new TreeMap<>(texts);
        both.keySet().removeIf(name -> name.startsWith(TEMPLATES));
        others.forEach((name, text) -> both.put(TEMPLATES + name, text));
        return new CityFiles(both);
    }

    /** SHA-256 over names and texts, in hex: the same files have the same, wherever they lie. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach((name, text) -> {
                for (String part : List.of(name, text)) {
                    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                    // The length goes before, so that no file can pass for the end of another.
                    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                }
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads them as {@link CityReader} reads a folder.
     *
     * @throws ProblemsException with every mistake, by file name and line
     */
    public City read(Set<String> formats, Consumer<Problem> warnings) {
        return inFolder(folder -> CityReader.read(folder, formats, problem -> warnings.accept(named(folder, problem))));
    }

    /**
     * The same for files that somebody has just written, who may bring in nothing that only older cities may have, such as webhooks
     * that nobody says are unsigned.
     *
     * @param before what they were made from: whoever changes something else need not mend what stands there already
     * @throws ProblemsException with every mistake, by file name and line
     */
    public City readNew(Optional<CityFiles> before, Set<String> formats) {
        List<Problem> warnings = new ArrayList<>();
        City city = read(formats, warnings::add);
        long tolerated = Tolerated.count(warnings);
        if (tolerated > 0) {
            List<Problem> known = new ArrayList<>();
            before.ifPresent(files -> files.read(formats, known::add));
            if (tolerated > Tolerated.count(known)) {
                Tolerated.refuse(warnings);
            }
        }
        return city;
    }

    /** What {@link CityCheck} finds, by file name and line. */
    public List<Problem> check(Set<String> formats, LocalDate today) {
        return inFolder(folder -> CityCheck.check(folder, formats, today).stream()
                .map(problem -> named(folder, problem))
                .toList());
    }

    /**
     * Writes them into a folder, each under its name. Files there of the same name are replaced; any other stays, and
     * {@link #othersIn} says which of those a reader would take for a part of this city.
     */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : texts.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    /** Names of the files of a city that lie in the folder and that these do not have; none if there is no folder. */
    public List<String> othersIn(Path folder) throws IOException {
        return of(folder).texts().keySet().stream()
                .filter(name -> !texts.containsKey(name))
                .toList();
    }

    /** Takes tables of a spreadsheet over, by file name such as {@code responsibilities.csv}. */
    public CityFiles withTables(Map<String, byte[]> tables, Set<String> formats) {
        return inFolder(folder -> {
            Path csv = Files.createDirectory(folder.resolve(".tables"));
            for (Map.Entry<String, byte[]> table : tables.entrySet()) {
                if (CityTable.ALL.stream().noneMatch(each -> each.csv().equals(table.getKey()))) {
                    throw new IllegalArgumentException("'" + table.getKey() + "' is no table of a city: it has "
                            + String.join(
                                    ", ",
                                    CityTable.ALL.stream().map(CityTable::csv).toList()));
                }
                Files.write(csv.resolve(table.getKey()), table.getValue());
            }
            return with(CityTables.read(csv, folder, formats, warning -> {}));
        });
    }

    /** Its tables for a spreadsheet, by file name: see {@link CityTables#write}. */
    public SortedMap<String, byte[]> tables(Charset charset) {
        return inFolder(folder -> {
            SortedMap<String, byte[]> tables = new TreeMap<>();
            for (Path table : CityTables.write(folder, folder.resolve(".tables"), charset)) {
                tables.put(table.getFileName().toString(), Files.readAllBytes(table));
            }
            return tables;
        });
    }

    private interface Reading<T> {
        T in(Path folder) throws IOException;
    }

    private <T> T inFolder(Reading<T> reading) {
        try {
            Path folder = Files.createTempDirectory("hinomi-city-");
            try {
                writeTo(folder);
                return reading.in(folder);
            } catch (ProblemsException e) {
                List<Problem> problems = new ArrayList<>();
                e.problems().forEach(problem -> problems.add(named(folder, problem)));
                throw new ProblemsException(problems);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the city's files cannot be laid down to be read", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> all = Files.walk(folder)) {
            inside = new ArrayList<>(all.toList());
        }
        Collections.reverse(inside);
        for (Path each : inside) {
            Files.delete(each);
        }
    }

    private static Problem named(Path folder, Problem problem) {
        Function<String, String> short_ = text -> text == null
                ? null
                : text.replace(folder.resolve(".tables") + "/", "").replace(folder + "/", "");
        return new Problem(
                short_.apply(problem.file()),
                problem.line(),
                problem.column(),
                problem.severity(),
                problem.code(),
                short_.apply(problem.message()),
                short_.apply(problem.remedy()));
    }
}
