package jp.hinomi.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Finding;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.RoutingDecision;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Escalation;

/** Who would be told of one question, and who after them. */
record RouteAnswer(RouteQuestion question, RoutingDecision decision, City city, Instant at) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * A step of an escalation that starts.
     *
     * @param after how long after the first notice, if nobody answers
     * @param contacts who is on duty then
     */
    record Later(Duration after, List<String> targets, List<City.ContactOf> contacts) {}

    /** What happens if nobody answers; the first step is told at once. */
    List<Later> steps(Escalation escalation) {
        List<Later> steps = new ArrayList<>();
        Duration after = Duration.ZERO;
        for (Escalation.Step step : escalation.steps()) {
            Instant then = at.plus(after);
            steps.add(new Later(
                    after,
                    step.targets(),
                    step.targets().stream()
                            .flatMap(target -> city.onDuty(target, then).stream())
                            .distinct()
                            .toList()));
            after = after.plus(step.ackWithin().orElse(Duration.ZERO));
        }
        return steps;
    }

    /** Since when and how the resource was recognised; for things that were named it is the selector that found them. */
    Optional<String> selector(Finding finding) {
        return finding.by()
                .map(by -> by.selector().toString())
                .or(() -> question.found().stream()
                        .filter(found -> found.resource().id().equals(finding.resource()))
                        .findFirst()
                        .map(found -> found.by().map(Object::toString).orElse("id")));
    }

    String json() {
        ObjectNode node =
                MAPPER.createObjectNode().put("asked", question.asked()).put("at", at.toString());
        node.put("severity", question.alert().severity().word());
        node.put("tlp", question.alert().tlp().word());
        question.format().ifPresent(format -> node.put("format", format));
        ArrayNode fields = node.putArray("fields");
        question.readings().forEach(reading -> {
            ObjectNode one =
                    fields.addObject().put("field", reading.field().name()).put("value", reading.value());
            ArrayNode led = one.putArray("led");
            reading.led()
                    .forEach(each -> led.addObject()
                            .put("resource", each.resource().id())
                            .put("selector", each.by().toString()));
        });
        ArrayNode resources = node.putArray("resources");
        for (Finding finding : decision.findings()) {
            ObjectNode one = resources.addObject();
            one.put("id", finding.resource()).put("part", finding.part().word());
            selector(finding).ifPresent(selector -> one.put("selector", selector));
            ArrayNode considered = one.putArray("considered");
            finding.considered().forEach(each -> {
                ObjectNode entry = considered.addObject();
                entry.put("stakeholder", each.responsibility().stakeholder());
                entry.put("duty", each.responsibility().duty().word());
                each.responsibility().under().ifPresent(under -> entry.put("under", under));
                each.responsibility().basis().ifPresent(basis -> entry.put("basis", basis));
                entry.put("verdict", each.verdict().word());
                entry.set("text", text(each.text()));
            });
        }
        ArrayNode recipients = node.putArray("recipients");
        decision.recipients().forEach(recipient -> recipients.add(json(recipient)));
        ArrayNode escalations = node.putArray("escalations");
        for (String id : decision.escalations()) {
            Escalation escalation = city.escalations().get(id);
            ObjectNode one = escalations.addObject().put("id", id).put("loops", escalation.loopMax());
            ArrayNode steps = one.putArray("steps");
            for (Later later : steps(escalation)) {
                ObjectNode step = steps.addObject().put("after", later.after().toString());
                later.targets().forEach(step.putArray("notify")::add);
                ArrayNode contacts = step.putArray("on_duty");
                later.contacts().forEach(of -> contacts.add(of.contact().id()));
            }
        }
        ArrayNode gaps = node.putArray("gaps");
        decision.gaps().forEach(gap -> {
            ObjectNode one = gaps.addObject().put("kind", gap.kind().word());
            gap.resource().ifPresent(resource -> one.put("resource", resource));
            one.set("text", text(gap.text()));
        });
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private ObjectNode json(Recipient recipient) {
        Contact contact = recipient.contact();
        ObjectNode one = MAPPER.createObjectNode()
                .put("stakeholder", recipient.stakeholder().id())
                .put("contact", contact.id())
                .put("disclosure", recipient.disclosure().word())
                .put("max_tlp", recipient.widest().word())
                .put("language", recipient.stakeholder().locale())
                .put("answers_now", contact.answersAt(at));
        contact.channels().forEach(channel -> one.withArray("channels").add(channel.type()));
        recipient
                .ways(question.alert().tlp())
                .forEach(
                        way -> one.withArray("disclosures").add(way.disclosure().word()));
        recipient.resources().forEach(one.putArray("resources")::add);
        ArrayNode reasons = one.putArray("reasons");
        recipient.reasons().forEach(reason -> reasons.add(text(reason)));
        return one;
    }

    private static ObjectNode text(Bilingual text) {
        return MAPPER.createObjectNode().put("ja", text.ja()).put("en", text.en());
    }
}
