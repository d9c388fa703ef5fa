package jp.hinomi.alerting.notice;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.ResourceResolver.Touched;
import jp.hinomi.city.Responsibility;
import jp.hinomi.events.Alert;

/**
 * Whether one stakeholder controls the data about people that a log line may hold, by the map of one day. The data is that of what was
 * hit and of whence it came; of what only looked on where neither has a controller. With several controllers nobody can say whose
 * people the line names: only who controls all of it sees them. Immutable.
 */
final class Controllers {
    private final String stakeholder;
    private final Map<String, Set<String>> byResource = new HashMap<>();

    Controllers(City city, LocalDate day, String stakeholder) {
        this.stakeholder = stakeholder;
        for (Responsibility entry : city.responsibilities()) {
            if (entry.duty() == Duty.DATA_CONTROLLER && entry.isValidOn(day)) {
                byResource
                        .computeIfAbsent(entry.resource(), any -> new HashSet<>())
                        .add(entry.stakeholder());
            }
        }
    }

    /** False if no line can be its. */
    boolean isAny() {
        return byResource.values().stream().anyMatch(controllers -> controllers.contains(stakeholder));
    }

    /** @param line what it touches, in all parts */
    boolean seesPeopleIn(List<Touched> line) {
        List<Set<String>> concerned = of(line, false);
        List<Set<String>> controllers = concerned.isEmpty() ? of(line, true) : concerned;
        return !controllers.isEmpty() && controllers.stream().allMatch(each -> each.contains(stakeholder));
    }

    private List<Set<String>> of(List<Touched> line, boolean observers) {
        return line.stream()
                .filter(touched -> (touched.part() == Alert.Part.OBSERVER) == observers)
                .map(touched -> byResource.getOrDefault(touched.resource().id(), Set.of()))
                .filter(controllers -> !controllers.isEmpty())
                .toList();
    }
}
