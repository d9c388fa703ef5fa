package jp.hinomi.city;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.schedule.Schedule;

/**
 * A city's own files, read and checked as a whole: every reference leads somewhere. Immutable and thread-safe; made by
 * {@link CityReader}.
 *
 * @param zone in which dates of the files are meant
 * @param formats log formats that the city describes itself, by name
 * @param notification how it notifies
 * @param ruleAuthors ids of the stakeholders who write and try out its rules: they alone hear what experimental rules say
 * @param schedules who is on duty when, by id; no contact has the id of a schedule
 * @param ruleKeys keys by which publications of rules are verified; without any, rules are taken from anybody
 * @param ownReportForms forms of reports that the city describes itself, by id
 * @param templates the city's own words for messages by file name, as they were written: whoever writes messages reads them
 */
public record City(
        String id,
        Map<String, String> name,
        ZoneId zone,
        Map<String, Stakeholder> stakeholders,
        Map<String, Resource> resources,
        List<Responsibility> responsibilities,
        Map<String, Escalation> escalations,
        Map<String, Source> sources,
        SeverityMatrix severity,
        Map<String, LogFormat> formats,
        List<String> ruleAuthors,
        Map<String, Schedule> schedules,
        Notification notification,
        List<RuleKey> ruleKeys,
        Map<String, ReportForm> ownReportForms,
        Map<String, String> templates) {

    public City {
        templates = java.util.Collections.unmodifiableMap(new TreeMap<>(templates));
        ownReportForms = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ownReportForms));
        schedules = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
        ruleAuthors = List.copyOf(ruleAuthors);
        ruleKeys = List.copyOf(ruleKeys);
        name = Map.copyOf(name);
        formats = Map.copyOf(formats);
        responsibilities = List.copyOf(responsibilities);
    }

    /** Every form that reports can be written on, by id: those that come with Hinomi, and the city's, which go first. */
    public Map<String, ReportForm> reportForms() {
        Map<String, ReportForm> forms = new LinkedHashMap<>(ownReportForms);
        ReportFormFiles.builtIn().forEach(forms::putIfAbsent);
        return forms;
    }

    /** Every city has exactly one: who is told when nobody else is responsible. */
    public Stakeholder promoter() {
        return stakeholders.values().stream()
                .filter(stakeholder -> stakeholder.role() == Role.PROMOTER)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("city " + id + " has no promoter"));
    }

    /** The contact of that id and whose it is. */
    public Optional<ContactOf> contact(String contactId) {
        for (Stakeholder stakeholder : stakeholders.values()) {
            for (Contact contact : stakeholder.contacts()) {
                if (contact.id().equals(contactId)) {
                    return Optional.of(new ContactOf(stakeholder, contact));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whom an id stands for at that time, in order: a contact for itself, a schedule for those who are on duty. Empty if nobody is,
     * or if the id is neither.
     */
    public List<ContactOf> onDuty(String contactOrSchedule, Instant at) {
        Schedule schedule = schedules.get(contactOrSchedule);
        return schedule == null
                ? contact(contactOrSchedule).stream().toList()
                : schedule.contacts(at).stream()
                        .flatMap(id -> contact(id).stream())
                        .toList();
    }

    /** Everybody whom an id may stand for at some time, in order. */
    public List<ContactOf> anybodyOf(String contactOrSchedule) {
        Schedule schedule = schedules.get(contactOrSchedule);
        return schedule == null
                ? contact(contactOrSchedule).stream().toList()
                : schedule.members().stream()
                        .flatMap(id -> contact(id).stream())
                        .toList();
    }

    /** Who answers for the resource on that day (of the city's zone), in the order of the file. */
    public List<Responsibility> responsibilities(String resourceId, LocalDate day) {
        return responsibilities.stream()
                .filter(responsibility -> responsibility.resource().equals(resourceId))
                .filter(responsibility -> responsibility.isValidOn(day))
                .toList();
    }

    public record ContactOf(Stakeholder stakeholder, Contact contact) {}

    /** By id, in the order of the file. */
    static <T> Map<String, T> byId(List<T> things, Function<T, String> id) {
        Map<String, T> map = new LinkedHashMap<>();
        things.forEach(thing -> map.put(id.apply(thing), thing));
        return java.util.Collections.unmodifiableMap(map);
    }
}
