package jp.hinomi.city;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;

/**
 * What is wrong with a city although every file can be read: things nobody answers for, things two answer for, reviews
 * that are overdue, contacts that cannot be reached, escalations that end nowhere, times at which nobody is on duty. Findings
 * are warnings, but for what no city may be written with that older ones still have; {@link CityPhrases} has them in Japanese. Stateless
 * and thread-safe.
 */
public final class CityCheck {
    private CityCheck() {}

    /**
     * Reads and checks a folder; findings name file and line.
     *
     * @param formats names of the formats that can be decoded; empty = any name will do
     * @param today in the city's zone
     * @return warnings of reading, then findings, ordered by file and line
     * @throws ProblemsException if the folder cannot be read as a city
     */
    public static List<Problem> check(Path folder, Set<String> formats, LocalDate today) {
        List<Problem> warnings = new ArrayList<>();
        CityReader.Located read = CityReader.readWithPlaces(folder, formats, warnings::add);
        Stream<Problem> findings = check(read.city(), read.places(), today).stream()
                .map(finding -> new Problem(
                        finding.line() > 0
                                ? finding.file()
                                : folder.resolve(finding.file()).toString(),
                        finding.line(),
                        finding.column(),
                        finding.severity(),
                        finding.code(),
                        finding.message(),
                        finding.remedy()));
        return Stream.concat(warnings.stream().map(Tolerated::strict), findings).toList();
    }

    /** Checks a city that is in memory; findings name the file alone. */
    public static List<Problem> check(City city, LocalDate today) {
        return check(city, new Places(), today);
    }

    private static List<Problem> check(City city, Places places, LocalDate today) {
        Findings findings = new Findings(places);
        ResponsibilityChecks.check(city, today, findings);
        ValidityChecks.check(city, today, findings);
        SelectorChecks.check(city, findings);
        ContactChecks.check(city, findings);
        DutyTimeChecks.check(city, today, findings);
        return findings.sorted();
    }

    /** Collects what is found. Not thread-safe. */
    static final class Findings {
        private final Places places;
        private final List<Problem> found = new ArrayList<>();

        Findings(Places places) {
            this.places = places;
        }

        void add(Object part, String file, String code, String message, String remedy) {
            Location at = places.of(part, file);
            found.add(Problem.warning(at, code, message, remedy));
        }

        /** The line of a part, for messages that name two; 0 if unknown. */
        int line(Object part) {
            return places.of(part, "").line();
        }

        List<Problem> sorted() {
            return found.stream()
                    .sorted(Comparator.comparing(Problem::file)
                            .thenComparing(Problem::line)
                            .thenComparing(Problem::code)
                            .thenComparing(Problem::message))
                    .toList();
        }
    }
}
