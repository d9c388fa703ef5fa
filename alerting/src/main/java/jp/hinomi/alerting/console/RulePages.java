package jp.hinomi.alerting.console;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.learning.Fault;
import jp.hinomi.alerting.learning.Learning;
import jp.hinomi.alerting.learning.Precision;
import jp.hinomi.alerting.learning.RuleBook;
import jp.hinomi.alerting.learning.RuleStanding;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.rules.coverage.AttackCatalogue;
import jp.hinomi.rules.coverage.Coverage;
import jp.hinomi.rules.coverage.Guideline;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What verdicts say about rules, and what the rules watch for. */
@Controller
@Needs(Permission.SEE_RULES)
public class RulePages {
    private static final int PAGE = 50;
    private static final int MOST_SKIPPED = 10_000;

    private final CityInForce city;
    private final Learning learning;
    private final RuleBook book;
    private final Texts texts;
    private final InstantSource clock;

    public RulePages(CityInForce city, Learning learning, RuleBook book, Texts texts, InstantSource clock) {
        this.city = city;
        this.learning = learning;
        this.book = book;
        this.texts = texts;
        this.clock = clock;
    }

    /** A rule as its row shows it. @param alerts of each day as a line, the same height for all rules of the page */
    public record Row(RuleStanding standing, Sparkline alerts) {}

    @GetMapping("/rules")
    String rules(
            @RequestParam(defaultValue = "") String fault,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int skip,
            Model model,
            Locale locale) {
        ZoneId zone = city.get().zone();
        List<RuleStanding> all = learning.all(zone, clock.instant());
        Optional<Fault> chosen = fault(fault);
        List<RuleStanding> found = all.stream()
                .filter(each -> chosen.isEmpty() || each.has(chosen.get()))
                .filter(each -> matches(each, q, locale.getLanguage()))
                .toList();
        int skipped = Math.max(0, Math.min(skip, MOST_SKIPPED));
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        model.addAttribute(
                "rows",
                found.stream()
                        .skip(skipped)
                        .limit(PAGE)
                        .map(each -> new Row(each, line(each, today)))
                        .toList());
        model.addAttribute("total", all.size());
        model.addAttribute("found", found.size());
        model.addAttribute("counts", counts(all));
        model.addAttribute("fault", chosen.map(Fault::word).orElse(""));
        model.addAttribute("q", q);
        model.addAttribute("days", Learning.DAYS);
        model.addAttribute("next", found.size() > skipped + PAGE ? skipped + PAGE : null);
        return "rules";
    }

    private static Sparkline line(RuleStanding standing, LocalDate today) {
        if (standing.figures().alerts() == 0) {
            return Sparkline.of(List.of(), 1);
        }
        List<Long> days = standing.figures().lastDays(today, Learning.DAYS);
        List<Sparkline.Point> points = new ArrayList<>();
        for (int i = 0; i < days.size(); i++) {
            points.add(new Sparkline.Point(i / (days.size() - 1.0), days.get(i)));
        }
        return Sparkline.of(points, 1);
    }

    private static Map<String, Long> counts(List<RuleStanding> all) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            long n = all.stream().filter(each -> each.has(fault)).count();
            if (n > 0) {
                counts.put(fault.word(), n);
            }
        }
        return counts;
    }

    private static Optional<Fault> fault(String word) {
        return Arrays.stream(Fault.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
    }

    private static boolean matches(RuleStanding standing, String search, String language) {
        String text = (standing.figures().name() + ' ' + standing.figures().id() + ' ' + standing.title(language))
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(search.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .allMatch(text::contains);
    }

    @GetMapping("/rules.csv")
    ResponseEntity<byte[]> rulesFile(Locale locale) {
        Csv csv = new Csv(heads(
                locale,
                "id",
                "name",
                "title",
                "level",
                "status",
                "state",
                "faults",
                "alerts",
                "acknowledged",
                "seconds",
                "worthwhile",
                "judged",
                "precision",
                "low",
                "high",
                "silent"));
        for (RuleStanding each : learning.all(city.get().zone(), clock.instant())) {
            Precision precision = each.figures().precision();
            csv.row(
                    each.figures().id(),
                    each.figures().name(),
                    each.title(locale.getLanguage()),
                    each.info().map(info -> info.level().word()).orElse(""),
                    each.info().map(info -> info.status()).orElse(""),
                    each.health().map(health -> health.state().word()).orElse(""),
                    Csv.list(each.faults().stream().sorted().map(Fault::word).toList()),
                    each.figures().alerts(),
                    each.figures().acknowledged(),
                    each.figures()
                            .toAcknowledge()
                            .<Object>map(time -> time.toSeconds())
                            .orElse(""),
                    precision.worthwhile(),
                    precision.judged(),
                    share(precision, precision.share()),
                    share(precision, precision.low()),
                    share(precision, precision.high()),
                    Csv.list(each.silent()));
        }
        return csv.file("rules.csv");
    }

    private static Object share(Precision precision, double value) {
        return precision.isKnown() ? (Object) (Math.round(value * 1000) / 1000.0) : "";
    }

    private String[] heads(Locale locale, String... keys) {
        return Arrays.stream(keys)
                .map(key -> texts.get(locale.getLanguage(), "rules.csv." + key))
                .toArray(String[]::new);
    }

    /** A tactic of ATT&CK. @param rules names of those that have one of its techniques */
    public record Tactic(String matrix, String name, List<Technique> covered, int all, long rules) {}

    public record Technique(String id, String name, List<String> rules) {}

    @GetMapping("/rules/coverage")
    String coverage(Model model) {
        Coverage coverage = book.coverage();
        model.addAttribute("coverage", coverage);
        model.addAttribute("layers", Guideline.LAYERS);
        model.addAttribute("gaps", coverage.controlsWithoutRules());
        model.addAttribute("tactics", tactics(coverage));
        return "rules-coverage";
    }

    private static List<Tactic> tactics(Coverage coverage) {
        List<Tactic> tactics = new ArrayList<>();
        AttackCatalogue catalogue = AttackCatalogue.standard();
        catalogue
                .matrices()
                .forEach((matrix, names) -> names.forEach(name -> {
                    List<Technique> covered = coverage.covered(matrix, name).stream()
                            .map(id -> new Technique(
                                    id.toUpperCase(Locale.ROOT),
                                    catalogue
                                            .technique(id)
                                            .map(AttackCatalogue.Technique::name)
                                            .orElse(""),
                                    coverage.techniques().get(id)))
                            .toList();
                    tactics.add(new Tactic(
                            matrix,
                            name,
                            covered,
                            catalogue.techniques(matrix, name).size(),
                            covered.stream()
                                    .flatMap(one -> one.rules().stream())
                                    .distinct()
                                    .count()));
                }));
        return tactics;
    }

    @GetMapping("/rules/controls.csv")
    ResponseEntity<byte[]> controlsFile(Locale locale) {
        Csv csv = new Csv(heads(locale, "control", "layer", "count", "names"));
        book.coverage()
                .controls()
                .forEach((control, layers) -> layers.forEach((layer, names) ->
                        csv.row(control.toUpperCase(Locale.ROOT), layer, names.size(), Csv.list(names))));
        return csv.file("controls.csv");
    }

    @GetMapping("/rules/attack.csv")
    ResponseEntity<byte[]> attackFile(Locale locale) {
        Csv csv = new Csv(heads(locale, "matrix", "tactic", "technique", "technique-name", "count", "names"));
        Coverage coverage = book.coverage();
        AttackCatalogue catalogue = AttackCatalogue.standard();
        catalogue
                .matrices()
                .forEach((matrix, tactics) -> tactics.forEach(tactic -> {
                    for (AttackCatalogue.Technique technique : catalogue.techniques(matrix, tactic)) {
                        List<String> names = coverage.techniques().getOrDefault(technique.id(), List.of());
                        csv.row(
                                matrix,
                                tactic,
                                technique.id().toUpperCase(Locale.ROOT),
                                technique.name(),
                                names.size(),
                                Csv.list(names));
                    }
                }));
        return csv.file("attack.csv");
    }
}
