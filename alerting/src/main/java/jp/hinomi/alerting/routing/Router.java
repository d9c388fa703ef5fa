package jp.hinomi.alerting.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;

/**
 * Decides who is told of an alert: its resources, their responsibilities valid on the alert's day, those who hold them,
 * and how they are reached. All duties count; system boundary and data boundary are separate entries of the map. Where the
 * map has nobody, the promoter is told and the gap is named. Of experimental rules, and of what concerns the rules themselves,
 * only the city's authors of rules are told.
 *
 * <p>Deterministic: the same city and alert give the same decision. Immutable and thread-safe.
 */
public final class Router {
    /** Ids of the built-in rules whose alerts are about rules. */
    private static final Set<String> ABOUT_RULES = Set.of("exception_expiring", "exception_expired");

    private final City city;
    private final SelectorFinder selectors;

    public Router(City city, SelectorFinder selectors) {
        this.city = city;
        this.selectors = selectors;
    }

    public RoutingDecision decide(Alert alert) {
        LocalDate day = Instant.ofEpochMilli(alert.time()).atZone(city.zone()).toLocalDate();
        Set<String> onlookers = onlookers(alert);
        boolean forAuthors = isForAuthors(alert);
        List<Finding> findings = alert.resources().stream()
                .distinct()
                .map(touched -> finding(alert, touched, day, onlookers.contains(touched.id()), forAuthors))
                .toList();
        Recipients recipients = new Recipients(city, alert.tlp());
        if (forAuthors) {
            return toAuthors(alert, day, findings, recipients);
        }
        Set<String> escalations = new LinkedHashSet<>();
        List<Gap> gaps = new ArrayList<>();
        Map<String, List<Finding>> byResource = new LinkedHashMap<>();
        findings.forEach(finding -> byResource
                .computeIfAbsent(finding.resource(), any -> new ArrayList<>())
                .add(finding));
        for (List<Finding> parts : byResource.values()) {
            // Which responsibilities apply depends on the resource, not on its part.
            for (Considered considered : parts.get(0).considered()) {
                if (considered.verdict() == Verdict.APPLIES) {
                    tell(parts, considered.responsibility(), recipients, escalations, gaps);
                }
            }
        }
        List<Finding> hit = findings.stream()
                .filter(finding -> !onlookers.contains(finding.resource()))
                .toList();
        gaps.addAll(Gaps.of(city, hit, alert.severity(), day));
        if (recipients.isEmpty() && gaps.isEmpty()) {
            throw new IllegalStateException("alert " + alert.id() + " has neither a recipient nor a gap");
        }
        gaps.forEach(gap -> recipients.addContactPointOf(city.promoter(), gap.resource(), Gaps.toPromoter(gap)));
        return new RoutingDecision(
                day,
                findings,
                recipients.inOrder(),
                List.copyOf(escalations),
                gaps.stream().distinct().toList());
    }

    /** What is tried out, and what concerns the rules themselves. */
    private static boolean isForAuthors(Alert alert) {
        return Reasons.isExperimental(alert)
                || ABOUT_RULES.contains(alert.rule().id());
    }

    /** The authors of rules that the city names, and who answers for an exception; the promoter if there is nobody. */
    private RoutingDecision toAuthors(Alert alert, LocalDate day, List<Finding> findings, Recipients recipients) {
        for (String id : city.ruleAuthors()) {
            recipients.addContactPointOf(city.stakeholders().get(id), Optional.empty(), Reasons.author(alert));
        }
        List<Gap> gaps = recipients.isEmpty()
                ? List.of(Gaps.noRuleAuthors(!city.ruleAuthors().isEmpty()))
                : List.of();
        if (ABOUT_RULES.contains(alert.rule().id())) {
            Stakeholder owner = city.stakeholders().get(alert.group().get("owner"));
            if (owner != null) {
                recipients.addContactPointOf(
                        owner,
                        Optional.empty(),
                        Reasons.ownerOfException(alert.group().getOrDefault("exception", "")));
            }
        }
        gaps.forEach(gap -> recipients.addContactPointOf(city.promoter(), gap.resource(), Gaps.toPromoter(gap)));
        return new RoutingDecision(day, findings, recipients.inOrder(), List.of(), gaps);
    }

    private void tell(
            List<Finding> parts,
            Responsibility responsibility,
            Recipients recipients,
            Set<String> escalations,
            List<Gap> gaps) {
        Bilingual why = Reasons.responsible(city, parts, responsibility);
        String resource = parts.get(0).resource();
        Stakeholder stakeholder = city.stakeholders().get(responsibility.stakeholder());
        Optional<String> firstStep = responsibility
                .escalation()
                .map(city.escalations()::get)
                .flatMap(escalation -> escalation.steps().stream().findFirst())
                .map(step -> step.contact());
        responsibility.escalation().filter(id -> firstStep.isPresent()).ifPresent(escalations::add);
        boolean reached = firstStep.isPresent()
                ? recipients.add(firstStep.get(), resource, why)
                : recipients.addContactPointOf(stakeholder, Optional.of(resource), why);
        if (!reached) {
            gaps.add(Gaps.noChannel(city, resource, responsibility));
        }
    }

    /**
     * Resources that only saw what happened to others. Empty when there are no others: then those who saw it are the best
     * that the city can tell.
     */
    private static Set<String> onlookers(Alert alert) {
        Set<String> hit = new HashSet<>();
        Set<String> saw = new HashSet<>();
        for (Alert.AffectedResource touched : alert.resources()) {
            (touched.part() == Alert.Part.OBSERVER ? saw : hit).add(touched.id());
        }
        if (hit.isEmpty()) {
            return Set.of();
        }
        saw.removeAll(hit);
        return saw;
    }

    private Finding finding(
            Alert alert, Alert.AffectedResource touched, LocalDate day, boolean onlooker, boolean forAuthors) {
        List<Considered> considered = city.responsibilities().stream()
                .filter(responsibility -> responsibility.resource().equals(touched.id()))
                .map(responsibility -> {
                    Verdict valid = Verdict.of(responsibility, day, alert.severity());
                    Verdict verdict = valid != Verdict.APPLIES
                            ? valid
                            : forAuthors ? Verdict.FOR_AUTHORS : onlooker ? Verdict.ONLY_OBSERVED : valid;
                    return new Considered(
                            responsibility, verdict, Reasons.verdict(city, responsibility, verdict, alert.severity()));
                })
                .toList();
        return new Finding(touched.id(), touched.part(), recognised(alert, touched), considered);
    }

    private Optional<Finding.Recognised> recognised(Alert alert, Alert.AffectedResource touched) {
        for (Alert.Evidence evidence : alert.evidence()) {
            for (ResourceResolver.Touched candidate : selectors.resolve(evidence.event())) {
                if (candidate.resource().id().equals(touched.id()) && candidate.part() == touched.part()) {
                    return Optional.of(new Finding.Recognised(
                            candidate.by(), evidence.event().id()));
                }
            }
        }
        return Optional.empty();
    }
}
