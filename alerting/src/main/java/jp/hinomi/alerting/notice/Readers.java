package jp.hinomi.alerting.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.alerting.store.ToldScopes;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Tlp;

/**
 * As whom somebody reads an alert that does not get it as a message now but opens it: never more than what they were told of it by the
 * decisions that are stored, and cleared as far as the way on which they come. Thread-safe.
 */
public final class Readers {
    private static final List<Bilingual> WHY = List.of(new Bilingual("関係者として", "As a stakeholder"));

    private final CityInForce city;
    private final ToldScopes told;

    public Readers(CityInForce city, ToldScopes told) {
        this.city = city;
        this.told = told;
    }

    /**
     * Whoever has a link that was sent to a contact.
     *
     * @param way what could be sent the way on which the link came; absent = the least of all the contact's ways
     */
    public Recipient byLink(Alert alert, City.ContactOf of, Optional<Tlp> way) {
        Stakeholder stakeholder = of.stakeholder();
        Contact contact = of.contact();
        Scope scope = told.ofContact(alert.id(), contact.id())
                // Whoever took over a duty has the link of another's.
                .orElseGet(() -> scope(alert, stakeholder.id()));
        return Recipient.of(
                alert.tlp(),
                stakeholder,
                contact,
                scope,
                WHY,
                way.orElseGet(() -> Recipient.leastClearance(stakeholder, contact)));
    }

    /**
     * An account of the stakeholder, which is cleared as the stakeholder is: it comes over no channel of a contact.
     *
     * @param contact for whom it would answer
     */
    public Recipient byLogin(Alert alert, Stakeholder stakeholder, Contact contact) {
        Contact unlimited = new Contact(
                contact.id(), contact.kind(), contact.zone(), contact.onCall(), contact.channels(), Optional.empty());
        return Recipient.of(
                alert.tlp(), stakeholder, unlimited, scope(alert, stakeholder.id()), WHY, stakeholder.maxTlp());
    }

    /** What they saw, for the audit log: small, and with {@code revision} enough to say which lines it was. */
    public static Map<String, Object> facts(Alert alert, Recipient reader, Notice notice) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("revision", alert.revision());
        facts.put("clearance", reader.clearance().word());
        facts.put("disclosure", notice.disclosure().word());
        facts.put(
                "resources",
                notice.resources().stream().map(Notice.TouchedResource::id).toList());
        facts.put("group", notice.group());
        facts.put("lines", notice.evidence().size());
        facts.put("indicators", notice.indicators().size());
        return facts;
    }

    /** What the stakeholder was told of; of what nobody wrote that down what it answered for on that day. */
    public Scope scope(Alert alert, String stakeholder) {
        return Optional.ofNullable(told.of(alert.id()).get(stakeholder)).orElseGet(() -> duties(alert, stakeholder));
    }

    private Scope duties(Alert alert, String stakeholder) {
        City now = city.get();
        LocalDate day = Instant.ofEpochMilli(alert.time()).atZone(now.zone()).toLocalDate();
        Set<String> touched =
                alert.resources().stream().map(Alert.AffectedResource::id).collect(Collectors.toSet());
        return Scope.of(now.responsibilities().stream()
                .filter(entry -> entry.stakeholder().equals(stakeholder) && entry.isValidOn(day))
                .map(Responsibility::resource)
                .filter(touched::contains)
                .collect(Collectors.toSet()));
    }
}
