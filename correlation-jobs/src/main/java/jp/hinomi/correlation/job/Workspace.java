package jp.hinomi.correlation.job;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.engine.Correlator;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.match.DetectionMatcher;

/** What the operators work by: the city and its rules. Immutable and thread-safe; a change of rules makes another. */
public final class Workspace {
    private final Optional<City> city;
    /** What finds the city's resources for operators that are many and short-lived; others have one each. */
    private final Optional<ResourceResolver> shared;

    private final RuleSet rules;
    private final Correlations correlations;
    private final List<RefusedRule> refused;
    private DetectionMatcher matcher;

    Workspace(Optional<City> city, RuleSet rules, Correlations correlations, List<RefusedRule> refused) {
        this(city, Optional.empty(), rules, correlations, refused);
    }

    private Workspace(
            Optional<City> city,
            Optional<ResourceResolver> shared,
            RuleSet rules,
            Correlations correlations,
            List<RefusedRule> refused) {
        this.city = city;
        this.shared = shared;
        this.rules = rules;
        this.correlations = correlations;
        this.refused = List.copyOf(refused);
    }

    public static Workspace of(Optional<City> city, RuleSet rules) {
        return new Workspace(city, rules, new Correlations(rules), List.of());
    }

    /** As {@link #of(Optional, RuleSet)}, for many small runs in one city. @param resources what finds those of the city */
    public static Workspace of(Optional<City> city, Optional<ResourceResolver> resources, RuleSet rules) {
        return new Workspace(city, resources, rules, new Correlations(rules), List.of());
    }

    public Optional<City> city() {
        return city;
    }

    /** What finds the city's resources, for one operator. */
    Optional<ResourceResolver> resources() {
        return shared.isPresent() ? shared : city.map(ResourceResolver::new);
    }

    /** In which the last day of an exception is a day. */
    ZoneId zone() {
        return city.map(City::zone).orElse(ZoneOffset.UTC);
    }

    public RuleSet rules() {
        return rules;
    }

    public Correlations correlations() {
        return correlations;
    }

    /** Rules that somebody wants and that do not run, or not as they are written now. */
    List<RefusedRule> refused() {
        return refused;
    }

    /** The same rules, with other news about those that are not in force. */
    synchronized Workspace withRefused(List<RefusedRule> others) {
        Workspace same = new Workspace(city, shared, rules, correlations, others);
        same.matcher = matcher;
        return same;
    }

    /** Detections that somebody waits for: those that alert themselves or that a running correlation lists. */
    public List<DetectionRule> wanted() {
        return rules.detections().stream()
                .filter(rule -> correlations.alertsAtOnce(rule)
                        || !correlations.routes(rule.info().name()).isEmpty())
                .toList();
    }

    /** A matcher of the {@link #wanted} detections for one thread; they are compiled once. */
    synchronized DetectionMatcher matcher() {
        if (matcher == null) {
            matcher = DetectionMatcher.compile(wanted(), zone());
        }
        return matcher.fork();
    }

    /** Compiles everything now, so that no event has to wait for it. Takes up to seconds. */
    void compile() {
        matcher();
        Correlator.compile(correlations);
    }
}
