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
import jp.hinomi.city.Escalation;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;

/**
 * Decides who is told of an alert: its resources, their responsibilities valid on the alert's day, those who hold them,
 * and how they are reached. All duties count; system boundary and data boundary are separate entries of the map. Where the
 * map has nobody, the promoter is told and the gap is named. Of experimental rules, and of what concerns the rules themselves,
 * only the city's authors of rules are told.
 *
 * <p>Deterministic: the same city, alert and time give the same decision, in whatever order the city's files name their
 * entries. Immutable and thread-safe.
 */
public final class Router {
    /** Ids of the built-in rules whose alerts are about rules. */
    private static final Set<String> ABOUT_RULES = Set.of("exception_expiring", "exception_expired");

    private final City city;
    private final SelectorFinder selectors;
    private final Map<String, List<Responsibility>> byResource;

    public Router(City city, SelectorFinder selectors) {
        this.city = city;
        this.selectors = selectors;
        this.byResource = Precedence.byResource(city.responsibilities());
    }

    /** Who would have been told when the alert was raised. */
    public RoutingDecision decide(Alert alert) {
        return decide(alert, Instant.ofEpochMilli(alert.time()));
    }

    /**
     * Who is told of the alert.
     *
     * @param now when: who is on duty then is told, of responsibilities that were valid on the alert's day
     */
    public RoutingDecision decide(Alert alert, Instant now) {
        LocalDate day = Instant.ofEpochMilli(alert.time()).atZone(city.zone()).toLocalDate();
        Set<String> onlookers = onlookers(alert);
        boolean forAuthors = isForAuthors(alert);
        Evidence evidence = new Evidence(alert, selectors);
        List<Finding> findings = alert.resources().stream()
                .distinct()
                .map(touched -> finding(alert, evidence, touched, day, onlookers.contains(touched.id()), forAuthors))
                .toList();
        Recipients recipients = new Recipients(city, alert.tlp(), now);
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
                    tell(parts, considered.responsibility(), day, recipients, escalations, gaps);
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
            LocalDate day,
            Recipients recipients,
            Set<String> escalations,
            List<Gap> gaps) {
        Bilingual why = Reasons.responsible(city, parts, responsibility);
        String resource = parts.get(0).resource();
        List<String> to = addressees(responsibility);
        responsibility.escalation().filter(id -> !to.isEmpty()).ifPresent(escalations::add);
        if (tell(responsibility, resource, why, recipients)) {
            return;
        }
        gaps.add(to.stream()
                .filter(recipients::isNobodyOnDuty)
                .findFirst()
                .map(schedule -> Gaps.nobodyOnDuty(city, resource, responsibility, schedule))
                .orElseGet(() -> Gaps.noChannel(city, resource, responsibility)));
        above(responsibility, day)
                .forEach(
                        each -> tell(each, resource, Reasons.inPlaceOf(city, parts, each, responsibility), recipients));
    }

    /** False if nobody could be told. */
    private boolean tell(Responsibility responsibility, String resource, Bilingual why, Recipients recipients) {
        List<String> to = addressees(responsibility);
        if (to.isEmpty()) {
            Stakeholder stakeholder = city.stakeholders().get(responsibility.stakeholder());
            return recipients.addContactPointOf(stakeholder, Optional.of(resource), why);
        }
        boolean reached = false;
        for (String id : to) {
            reached |= recipients.add(id, resource, why);
        }
        return reached;
    }

    /** The contacts and schedules that the map names: the first step of the escalation, or whom the entry itself says. */
    private List<String> addressees(Responsibility responsibility) {
        return responsibility
                .escalation()
                .map(city.escalations()::get)
                .flatMap(escalation -> escalation.steps().stream().findFirst())
                .map(Escalation.Step::targets)
                .or(() -> responsibility.told().map(List::of))
                .orElse(List.of());
    }

    /** What those hold who stand directly above, valid that day. */
    private List<Responsibility> above(Responsibility responsibility, LocalDate day) {
        return byResource.getOrDefault(responsibility.resource(), List.of()).stream()
                .filter(each -> responsibility.under().equals(Optional.of(each.stakeholder())))
                .filter(each -> each.isValidOn(day))
                .toList();
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
            Alert alert,
            Evidence evidence,
            Alert.AffectedResource touched,
            LocalDate day,
            boolean onlooker,
            boolean forAuthors) {
        List<Considered> considered = byResource.getOrDefault(touched.id(), List.of()).stream()
                .map(responsibility -> {
                    Verdict valid = Verdict.of(responsibility, day, alert.severity());
                    Verdict verdict = valid != Verdict.APPLIES
                            ? valid
                            : forAuthors ? Verdict.FOR_AUTHORS : onlooker ? Verdict.ONLY_OBSERVED : valid;
                    return new Considered(
                            responsibility, verdict, Reasons.verdict(city, responsibility, verdict, alert.severity()));
                })
                .toList();
        return new Finding(touched.id(), touched.part(), evidence.recognised(touched), considered);
    }
}
