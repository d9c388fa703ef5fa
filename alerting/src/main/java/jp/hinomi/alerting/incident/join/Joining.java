package jp.hinomi.alerting.incident.join;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.events.Tlp;

/**
 * Decides where an alert belongs. It joins one story at most, and only by something central to both, seen shortly before or
 * after, that is not in everything; all else is a proposal for people. Nobody gets to see by a join what was not meant for
 * them. The order in which stories and sightings are given does not matter. Stateless.
 */
public final class Joining {
    /** Of one incident, by itself; people may add more. */
    public static final int FULL = 200;

    /** A reason names so many at most. */
    static final int NAMED = 5;

    private static final Comparator<Link> STRONGEST = Comparator.comparing(Link::isStrong, Comparator.reverseOrder())
            .thenComparing(Link::apart)
            .thenComparing(link -> link.entity().kind())
            .thenComparing(link -> link.entity().value())
            .thenComparing(Link::central, Comparator.reverseOrder());

    private static final Comparator<Proposal> BEST = Comparator.comparing(
                    (Proposal proposal) -> strong(proposal.links()), Comparator.reverseOrder())
            .thenComparing(proposal -> proposal.links().get(0).apart())
            .thenComparing(Proposal::incident);

    private Joining() {}

    /** Best first; at most one of them joins. Stories without a reason are left out. */
    public static List<Proposal> decide(Newcomer newcomer, Collection<Sighting> sightings, Collection<Story> stories) {
        Map<Long, List<Sighting>> within = new HashMap<>();
        sightings.forEach(each -> each.incident()
                .ifPresent(id ->
                        within.computeIfAbsent(id, any -> new ArrayList<>()).add(each)));
        Map<Entity, Set<String>> all = alerts(sightings);
        List<Proposal> proposals = new ArrayList<>();
        for (Story story : stories) {
            List<Sighting> its = within.getOrDefault(story.incident(), List.of());
            List<Link> links = links(newcomer.first(), newcomer.last(), its, strangers(all, its));
            if (!story.wasThere() && !links.isEmpty()) {
                proposals.add(new Proposal(story.incident(), hold(newcomer, story, links), links));
            }
        }
        proposals.sort(BEST);
        boolean joined = false;
        for (int i = 0; i < proposals.size(); i++) {
            Proposal each = proposals.get(i);
            if (each.joins() && joined) {
                proposals.set(i, new Proposal(each.incident(), Proposal.Hold.ANOTHER, each.links()));
            }
            joined |= each.joins();
        }
        return proposals;
    }

    /**
     * Of an alert that was just made a part of an incident: alerts in no incident that have something central in common with
     * it, and what. Whoever opened the incident may have left them out on purpose, so they are proposed and never join.
     *
     * @param first time of the first event of the alert in the incident
     */
    public static Map<String, List<Link>> before(
            Instant first, Instant last, long incident, Collection<Sighting> sightings) {
        Map<String, List<Sighting>> free = new TreeMap<>();
        sightings.forEach(each ->
                free.computeIfAbsent(each.alert(), any -> new ArrayList<>()).add(each));
        sightings.stream().filter(each -> each.incident().isPresent()).forEach(each -> free.remove(each.alert()));
        Map<Entity, Integer> strangers = strangers(
                alerts(sightings),
                sightings.stream()
                        .filter(each -> each.incident().equals(Optional.of(incident)))
                        .toList());
        Map<String, List<Link>> found = new TreeMap<>();
        free.forEach((alert, its) -> {
            List<Link> links = links(first, last, its, strangers);
            if (strong(links) > 0) {
                found.put(alert, links);
            }
        });
        return found;
    }

    private static Map<Entity, Set<String>> alerts(Collection<Sighting> sightings) {
        Map<Entity, Set<String>> alerts = new HashMap<>();
        sightings.forEach(each ->
                alerts.computeIfAbsent(each.entity(), any -> new HashSet<>()).add(each.alert()));
        return alerts;
    }

    /** By entity, how many alerts of all name it that are none of the story's. */
    private static Map<Entity, Integer> strangers(Map<Entity, Set<String>> all, List<Sighting> ofStory) {
        Map<Entity, Set<String>> own = alerts(ofStory);
        Map<Entity, Integer> strangers = new HashMap<>();
        all.forEach((entity, alerts) -> strangers.put(
                entity, alerts.size() - own.getOrDefault(entity, Set.of()).size()));
        return strangers;
    }

    /** What of the alerts on the other side counts: near enough in time, and not in everything. Strongest first. */
    private static List<Link> links(
            Instant first, Instant last, List<Sighting> others, Map<Entity, Integer> strangers) {
        Map<Entity, Link> best = new LinkedHashMap<>();
        for (Sighting each : others) {
            Duration apart = each.apart(first, last);
            if (apart.compareTo(each.entity().kind().window()) <= 0) {
                Link link = new Link(each.entity(), apart, each.central(), strangers.get(each.entity()));
                best.merge(each.entity(), link, (had, now) -> STRONGEST.compare(now, had) < 0 ? now : had);
            }
        }
        return best.values().stream()
                .filter(link -> !link.isTooCommon())
                .sorted(STRONGEST)
                .limit(NAMED)
                .toList();
    }

    private static Proposal.Hold hold(Newcomer newcomer, Story story, List<Link> links) {
        if (strong(links) == 0) {
            return Proposal.Hold.WEAK;
        }
        if (newcomer.received().isBefore(story.opened())) {
            return Proposal.Hold.EARLIER;
        }
        if (newcomer.tlp() == Tlp.RED || newcomer.tlp().compareTo(story.tlp()) > 0) {
            return Proposal.Hold.RESTRICTED;
        }
        if (story.hasWordsForAll() && !story.parties().containsAll(newcomer.parties())) {
            return Proposal.Hold.NEW_PARTY;
        }
        return story.alerts() >= FULL ? Proposal.Hold.FULL : Proposal.Hold.NONE;
    }

    private static long strong(List<Link> links) {
        return links.stream().filter(Link::isStrong).count();
    }
}
