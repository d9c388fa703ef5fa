package jp.hinomi.alerting.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.escalation.Answers;
import jp.hinomi.alerting.escalation.Ladder;
import jp.hinomi.alerting.escalation.NextResponsible;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.escalation.Roster;
import jp.hinomi.alerting.escalation.Target;
import jp.hinomi.alerting.escalation.Why;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Gap;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.city.City;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;

/**
 * Tells the contacts of a step and writes down who was told, who was passed over and why. Every call belongs into a
 * transaction of the caller that holds the alert's row. Thread-safe.
 */
public final class Steps {
    /** How long somebody has to answer who was told instead of one who said no, where the step itself has no limit. */
    private static final Duration INSTEAD = Duration.ofMinutes(15);

    private final Escalations escalations;
    private final Alerts alerts;
    private final Decisions decisions;
    private final Dispatch dispatch;
    private final AuditLog audit;
    private final CityInForce city;
    private final Roster roster;

    public Steps(
            Escalations escalations,
            Alerts alerts,
            Decisions decisions,
            Dispatch dispatch,
            AuditLog audit,
            CityInForce city,
            Roster roster) {
        this.escalations = escalations;
        this.alerts = alerts;
        this.decisions = decisions;
        this.dispatch = dispatch;
        this.audit = audit;
        this.city = city;
        this.roster = roster;
    }

    /** Whether a step of the policy has somebody who would be told at that time. */
    boolean hasSomebodyOnCall(Policy policy, Instant now) {
        return policy.steps().stream()
                .anyMatch(step -> roster.of(step, now, Set.of()).stream().anyMatch(Roster.Called::isTold));
    }

    /** The contacts that the first step of the policy tells at that time. */
    Set<String> toldFirst(Policy policy, Instant now) {
        return roster.of(policy.steps().get(0), now, Set.of()).stream()
                .filter(Roster.Called::isTold)
                .map(Roster.Called::id)
                .collect(Collectors.toSet());
    }

    /** Those whose contacts the first steps of these policies may tell. */
    Set<String> stakeholders(List<Policy> policies, Instant now) {
        return policies.stream()
                .flatMap(policy -> roster.of(policy.steps().get(0), now, Set.of()).stream())
                .filter(called -> called.of().isPresent())
                .map(Roster.Called::stakeholder)
                .collect(Collectors.toSet());
    }

    /**
     * Starts an escalation with its first step. False if it runs or has run at that severity.
     *
     * @param toldAt when those who were told as responsible have their notice
     */
    boolean start(Alert alert, String json, Policy policy, Map<String, Instant> toldAt, Cause cause, Instant now) {
        Ladder ladder = Ladder.start(policy);
        Optional<Long> id = escalations.start(alert.id(), ladder, alert.severity(), Optional.of(now), now);
        if (id.isEmpty()) {
            return false;
        }
        List<Recipient> told = new ArrayList<>();
        Optional<Instant> next =
                tell(id.get(), ladder, alert, json, cause, Set.of(), toldAt, told, Optional.empty(), now);
        escalations.moveTo(id.get(), ladder, next, now);
        if (!told.isEmpty()) {
            decide(alert, policy, ladder, cause.word(), told, now);
        }
        return true;
    }

    /** Goes to that step. */
    void climb(
            Escalations.Running from, Ladder to, Alert alert, String json, Why why, Set<String> refused, Instant now) {
        Cause cause = new Cause.Escalated(from.id(), to.loop(), to.step(), why);
        List<Recipient> told = new ArrayList<>();
        Bilingual reason = why.reason(to.step() + 1, names(from));
        Optional<Instant> next =
                tell(from.id(), to, alert, json, cause, refused, Map.of(), told, Optional.of(reason), now);
        escalations.moveTo(from.id(), to, next, now);
        if (told.isEmpty()) {
            audit.record(
                    now,
                    "system",
                    "escalation.skipped",
                    "alert:" + alert.id(),
                    Map.of("policy", to.policy().id(), "step", to.step() + 1, "why", why.word()));
            return;
        }
        decide(alert, to.policy(), to, cause.word(), told, now);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("policy", to.policy().id());
        facts.put("loop", to.loop());
        facts.put("step", to.step() + 1);
        facts.put("why", why.word());
        facts.put("contacts", told.stream().map(each -> each.contact().id()).toList());
        audit.record(now, "system", "escalation.advanced", "alert:" + alert.id(), facts);
    }

    /** When the step is over: now if it told nobody, absent if it has no limit. */
    private Optional<Instant> tell(
            long id,
            Ladder ladder,
            Alert alert,
            String json,
            Cause cause,
            Set<String> refused,
            Map<String, Instant> toldAt,
            List<Recipient> told,
            Optional<Bilingual> reason,
            Instant now) {
        List<Roster.Called> called = roster.of(ladder.current(), now, refused);
        if (called.stream().noneMatch(Roster.Called::isTold) && !isSomebodyLaterOnCall(ladder, now, refused)) {
            // Better woken than lost.
            called = called.stream().map(Roster.Called::awake).toList();
        }
        dispatch.lock(called.stream()
                .filter(Roster.Called::isTold)
                .map(Roster.Called::stakeholder)
                .toList());
        List<Target> waiting = new ArrayList<>();
        for (Roster.Called each : called) {
            if (!each.isTold()) {
                escalations.addTarget(
                        id, ladder.loop(), target(ladder.step(), each, Target.State.PASSED, now, Optional.empty()));
                continue;
            }
            Instant at = toldAt.get(each.id());
            if (at == null) {
                City.ContactOf of = each.of().orElseThrow();
                Recipient recipient = recipient(of, ladder.policy().id(), alert, reason.orElseGet(() -> onDuty(each)));
                alerts.addStakeholder(alert.id(), of.stakeholder().id());
                at = dispatch.tell(alert, json, recipient, toldOf(alert), cause, now, now)
                        .at();
                told.add(recipient);
            }
            // Where the notice waits for a digest, so does the time for an answer; whoever is told now has no longer
            // for it.
            Target target = target(ladder.step(), each, Target.State.WAITING, at, ladder.answerBy(at));
            escalations.addTarget(id, ladder.loop(), target);
            waiting.add(target);
        }
        return waiting.isEmpty() ? Optional.of(now) : Answers.overAt(ladder, waiting);
    }

    private boolean isSomebodyLaterOnCall(Ladder ladder, Instant now, Set<String> refused) {
        List<Policy.Step> steps = ladder.policy().steps();
        return steps.subList(ladder.step() + 1, steps.size()).stream()
                .anyMatch(step -> roster.of(step, now, refused).stream().anyMatch(Roster.Called::isTold));
    }

    private static Target target(
            int step, Roster.Called called, Target.State state, Instant at, Optional<Instant> answerBy) {
        return new Target(
                step,
                called.id(),
                called.stakeholder(),
                called.via(),
                state,
                called.passed(),
                at,
                answerBy,
                Optional.empty());
    }

    private static Bilingual onDuty(Roster.Called called) {
        return called.via()
                .map(schedule -> new Bilingual("当番表「" + schedule + "」の当番です。", "You are on duty in '" + schedule + "'."))
                .orElse(new Bilingual("エスカレーションの第1段階です。", "You are step 1 of the escalation."));
    }

    /**
     * Tells the next who is responsible by the map, in place of those who said no.
     *
     * @return false if the map has nobody else
     */
    boolean reroute(Escalations.Running running, Alert alert, String json, Set<String> refused, Instant now) {
        Optional<NextResponsible.Choice> choice = NextResponsible.of(
                city.get(),
                alert,
                Instant.ofEpochMilli(alert.time()).atZone(city.get().zone()).toLocalDate(),
                refused,
                escalations.asked(alert.id()));
        Bilingual names = names(running);
        decisions.addGap(
                alert.id(),
                new Gap(
                        Gap.Kind.DISPUTED,
                        alert.resources().stream()
                                .map(Alert.AffectedResource::id)
                                .findFirst(),
                        new Bilingual(
                                names.ja() + "が「担当ではない」と回答しました。対応表が正しいか確認してください。",
                                names.en() + " answered that it is not theirs: check whether the map is right.")),
                now);
        if (choice.isEmpty()) {
            return false;
        }
        Ladder ladder = running.ladder();
        City.ContactOf of =
                new City.ContactOf(choice.get().stakeholder(), choice.get().contact());
        Cause cause = new Cause.Escalated(running.id(), ladder.loop(), ladder.step(), Why.NOT_OURS);
        Recipient recipient = recipient(of, ladder.policy().id(), alert, Why.NOT_OURS.reason(ladder.step() + 1, names));
        alerts.addStakeholder(alert.id(), of.stakeholder().id());
        Instant at = dispatch.tell(alert, json, recipient, toldOf(alert), cause, now, now)
                .at();
        Instant by = at.plus(ladder.current().ackWithin().orElse(INSTEAD));
        escalations.addTarget(
                running.id(),
                ladder.loop(),
                new Target(
                        ladder.step(),
                        of.contact().id(),
                        of.stakeholder().id(),
                        Optional.empty(),
                        Target.State.WAITING,
                        Optional.empty(),
                        at,
                        Optional.of(by),
                        Optional.empty()));
        // Others of the step have no longer for it than before.
        escalations.moveTo(
                running.id(), ladder, Answers.overAt(ladder, escalations.targets(running.id(), ladder.loop())), now);
        decide(alert, ladder.policy(), ladder, cause.word(), List.of(recipient), now);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("policy", ladder.policy().id());
        facts.put("contact", of.contact().id());
        facts.put("by", choice.get().entry().map(Responsibility::toString).orElse("promoter"));
        facts.put("refused", new java.util.TreeSet<>(refused));
        audit.record(now, "system", "escalation.rerouted", "alert:" + alert.id(), facts);
        return true;
    }

    private void decide(Alert alert, Policy policy, Ladder ladder, String cause, List<Recipient> told, Instant now) {
        decisions.add(
                alert.id(),
                alert.revision(),
                cause,
                city.map().version(),
                now,
                Map.of(
                        "escalation", policy.id(),
                        "loop", ladder.loop(),
                        "step", ladder.step() + 1,
                        "recipients", told.stream().map(Decisions::json).toList()));
    }

    private List<Stakeholder> toldOf(Alert alert) {
        return alerts.stakeholders(alert.id()).stream()
                .map(city.get().stakeholders()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Who was told in the present step, by the names of their organisations. */
    private Bilingual names(Escalations.Running running) {
        List<Target> current = escalations
                .targets(running.id(), running.ladder().loop())
                .stream()
                .filter(target -> target.step() == running.ladder().step())
                .toList();
        List<Target> told = current.stream()
                .filter(target -> target.state() != Target.State.PASSED)
                .toList();
        List<Target> named = told.isEmpty() ? current : told;
        return new Bilingual(names(named, "ja", "、"), names(named, "en", ", "));
    }

    private String names(List<Target> targets, String language, String separator) {
        return targets.stream()
                .map(target -> Optional.ofNullable(city.get().stakeholders().get(target.stakeholder()))
                        .map(stakeholder -> stakeholder.name(language))
                        .orElse(target.contact()))
                .distinct()
                .collect(Collectors.joining(separator));
    }

    private Recipient recipient(City.ContactOf of, String policyId, Alert alert, Bilingual reason) {
        return Recipient.of(
                alert.tlp(),
                of.stakeholder(),
                of.contact(),
                Scope.of(resources(policyId, of.stakeholder().id(), alert)),
                List.of(reason));
    }

    /** Whose escalation this is, or what they answer for: what somebody who may not see the alert whole learns of. */
    private Set<String> resources(String policyId, String stakeholder, Alert alert) {
        Set<String> touched =
                alert.resources().stream().map(Alert.AffectedResource::id).collect(Collectors.toSet());
        return city.get().responsibilities().stream()
                .filter(entry -> entry.escalation().filter(policyId::equals).isPresent()
                        || entry.stakeholder().equals(stakeholder))
                .map(Responsibility::resource)
                .filter(touched::contains)
                .collect(Collectors.toSet());
    }
}
