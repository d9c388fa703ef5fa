package jp.hinomi.standalone;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import jp.hinomi.alerting.notice.MessageTemplates;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.City;
import jp.hinomi.city.CityCheck;
import jp.hinomi.city.CityReader;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.mapped.LogFormatTests;

/** Reads a city's folder with the formats that this program can decode, so that a misspelt one is found at once. */
public final class CityFolder {
    private CityFolder() {}

    /**
     * @param warnings receives what is odd but usable
     * @throws jp.hinomi.events.document.ProblemsException with every error of every file at once
     */
    public static City read(Path folder, Consumer<Problem> warnings) {
        return CityReader.read(folder, Set.copyOf(Decoders.formats()), warnings);
    }

    /**
     * Gaps, overlaps, dead ends, overdue reviews, tests of formats that fail, templates of messages that do not work, and what
     * else is odd, with file and line.
     *
     * @param today in the city's zone
     * @throws jp.hinomi.events.document.ProblemsException with every error of every file at once
     */
    public static List<Problem> check(Path folder, LocalDate today) {
        List<Problem> findings = new ArrayList<>(CityCheck.check(folder, Set.copyOf(Decoders.formats()), today));
        City city = read(folder, reported -> {});
        city.formats().values().forEach(format -> findings.addAll(LogFormatTests.run(format, city.zone())));
        findings.addAll(templates(folder));
        return findings;
    }

    private static List<Problem> templates(Path folder) {
        try {
            MessageTemplates.read(folder.resolve("templates"), new Texts(Texts.source()));
            return List.of();
        } catch (ProblemsException e) {
            return e.problems();
        }
    }
}
