package jp.hinomi.alerting.escalation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;

/** Who comes next when somebody says that an alert is not theirs. Stateless. */
public final class NextResponsible {
    /** Who acts comes before who owns, and who is merely informed comes last. */
    private static final List<Duty> ORDER =
            List.of(Duty.OPERATOR, Duty.RESPONDER, Duty.DATA_CONTROLLER, Duty.OWNER, Duty.INFORMED);

    private NextResponsible() {}

    /** @param entry of the map that leads there; absent for the promoter, who answers for what nobody else does */
    public record Choice(Stakeholder stakeholder, Contact contact, Optional<Responsibility> entry) {
        public Choice {
            Objects.requireNonNull(stakeholder, "stakeholder");
            Objects.requireNonNull(contact, "contact");
            Objects.requireNonNull(entry, "entry");
        }
    }

    /**
     * The first who answers for something that the alert hits, has a channel, did not say no and was not asked before: whatever
     * severity they usually want to hear of, because nobody else is left. Who knows of the alert, but was never asked to answer
     * for it, is asked now. Who stands above one that said no comes first, the promoter last.
     *
     * @param day on which entries of the map count
     * @param refused ids of organisations that said no
     * @param asked ids of organisations that an escalation of the alert has asked to answer
     */
    public static Optional<Choice> of(City city, Alert alert, LocalDate day, Set<String> refused, Set<String> asked) {
        Set<String> hit = alert.resources().stream()
                .filter(touched -> touched.part() != Alert.Part.OBSERVER)
                .map(Alert.AffectedResource::id)
                .collect(Collectors.toSet());
        List<Responsibility> entries = new ArrayList<>(city.responsibilities().stream()
                .filter(entry -> hit.contains(entry.resource()))
                .filter(entry -> entry.isValidOn(day))
                .filter(entry -> !refused.contains(entry.stakeholder()) && !asked.contains(entry.stakeholder()))
                .toList());
        Set<String> above = city.responsibilities().stream()
                .filter(entry -> hit.contains(entry.resource()) && refused.contains(entry.stakeholder()))
                .flatMap(entry -> entry.under().stream())
                .collect(Collectors.toSet());
        entries.sort(Comparator.comparing((Responsibility entry) -> !above.contains(entry.stakeholder()))
                .thenComparingInt(entry -> ORDER.indexOf(entry.duty())));
        Stakeholder promoter = city.promoter();
        for (Responsibility entry : entries) {
            Stakeholder stakeholder = city.stakeholders().get(entry.stakeholder());
            if (stakeholder != null && !stakeholder.id().equals(promoter.id())) {
                Optional<Contact> contact = contactPoint(stakeholder);
                if (contact.isPresent()) {
                    return Optional.of(new Choice(stakeholder, contact.get(), Optional.of(entry)));
                }
            }
        }
        return refused.contains(promoter.id()) || asked.contains(promoter.id())
                ? Optional.empty()
                : contactPoint(promoter).map(contact -> new Choice(promoter, contact, Optional.empty()));
    }

    private static Optional<Contact> contactPoint(Stakeholder stakeholder) {
        return stakeholder.contacts().stream()
                .filter(contact -> !contact.channels().isEmpty())
                .findFirst();
    }
}
