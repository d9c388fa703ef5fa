package jp.hinomi.alerting.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.alerting.channel.ChannelRow;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;

/**
 * Who takes part, and whether they can be reached.
 *
 * @param unreachable how many contacts have no channel that works, as far as anybody can know
 * @param silent how many were reached and never answered
 */
public record MapPeople(List<Party> parties, int unreachable, int silent) {
    /** @param contacts in the order of the files */
    public record Party(Stakeholder stakeholder, List<Reach> contacts) {}

    /**
     * @param channels what is known of each; empty where a past map is looked at, since nobody kept how channels were
     * @param silent messages reached it, and it never answered one
     */
    public record Reach(Contact contact, List<ChannelRow> channels, boolean reachable, boolean silent) {}

    static MapPeople of(City city, List<ChannelRow> channels, Set<String> silent) {
        Map<String, List<ChannelRow>> byContact = new LinkedHashMap<>();
        channels.forEach(row -> byContact
                .computeIfAbsent(row.contact(), any -> new ArrayList<>())
                .add(row));
        List<Party> parties = city.stakeholders().values().stream()
                .map(stakeholder -> new Party(
                        stakeholder,
                        stakeholder.contacts().stream()
                                .map(contact -> reach(
                                        contact,
                                        byContact.getOrDefault(contact.id(), List.of()),
                                        silent.contains(contact.id())))
                                .toList()))
                .toList();
        List<Reach> all =
                parties.stream().flatMap(party -> party.contacts().stream()).toList();
        return new MapPeople(
                parties, (int) all.stream().filter(reach -> !reach.reachable()).count(), (int)
                        all.stream().filter(Reach::silent).count());
    }

    private static Reach reach(Contact contact, List<ChannelRow> channels, boolean silent) {
        boolean dead = !channels.isEmpty()
                && channels.stream()
                        .allMatch(row -> row.state() == ChannelRow.State.FAILS || row.state() == ChannelRow.State.GONE);
        return new Reach(contact, channels, !contact.channels().isEmpty() && !dead, silent);
    }
}
