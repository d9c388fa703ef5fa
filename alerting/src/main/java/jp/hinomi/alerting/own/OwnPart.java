package jp.hinomi.alerting.own;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.AnswerReason;
import jp.hinomi.alerting.ack.Answerer;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.IncidentEdit;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.notice.Notice;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Readers;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.security.RowScope;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.city.StakeholderContacts;
import jp.hinomi.city.StakeholderDuty;
import jp.hinomi.city.StakeholderPart;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;

/**
 * What the people of a stakeholder see and do. Each method first asks, within their rows, whether the object is theirs; only then is
 * anything done for them beyond those. Thread-safe.
 */
public final class OwnPart {
    private static final int NOTE = 2000;
    private static final Duration ROSTER = Duration.ofDays(14);

    private final OwnQueries queries;
    private final Alerts alerts;
    private final Notices notices;
    private final Readers readers;
    private final Acknowledgements acknowledgements;
    private final Incidents incidents;
    private final EvidenceFiles files;
    private final EvidenceLooks looks;
    private final CityInForce city;
    private final InstantSource clock;

    public OwnPart(
            OwnQueries queries,
            Alerts alerts,
            Notices notices,
            Readers readers,
            Acknowledgements acknowledgements,
            Incidents incidents,
            EvidenceFiles files,
            EvidenceLooks looks,
            CityInForce city,
            InstantSource clock) {
        this.queries = queries;
        this.alerts = alerts;
        this.notices = notices;
        this.readers = readers;
        this.acknowledgements = acknowledgements;
        this.incidents = incidents;
        this.files = files;
        this.looks = looks;
        this.city = city;
        this.clock = clock;
    }

    /** @param notice absent if the map does not have the stakeholder or a contact of it any more */
    public record AlertView(
            OwnRecords.AlertLine line,
            Optional<Notice> notice,
            List<String> contacts,
            List<OwnRecords.Message> messages,
            List<OwnRecords.Given> given) {}

    /**
     * The alert as its next notice would tell them: cut down by TLP and resource. That they looked is written into the audit log.
     *
     * @return absent if it is not theirs
     */
    public Optional<AlertView> alert(String own, String id, String actor) {
        Optional<OwnRecords.AlertLine> line = queries.alert(own, id);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        List<String> contacts = contacts(own, id);
        List<OwnRecords.Message> messages = queries.messages(own, id);
        List<OwnRecords.Given> given = queries.given(own, id);
        Optional<Notice> notice = RowScope.lifted(() -> notice(own, id, contacts, actor));
        return Optional.of(new AlertView(line.get(), notice, contacts, messages, given));
    }

    /** Theirs, the one that is waited for first. */
    private List<String> contacts(String own, String alert) {
        List<String> contacts = new ArrayList<>(queries.awaited(own, alert));
        stakeholder(own).stream()
                .flatMap(known -> known.contacts().stream())
                .map(Contact::id)
                .filter(id -> !contacts.contains(id))
                .forEach(contacts::add);
        return contacts;
    }

    private Optional<Stakeholder> stakeholder(String own) {
        return Optional.ofNullable(city.get().stakeholders().get(own));
    }

    private Optional<Notice> notice(String own, String id, List<String> contacts, String actor) {
        Optional<Stakeholder> stakeholder = stakeholder(own);
        Optional<City.ContactOf> contact = contacts.stream()
                .flatMap(each -> city.get().contact(each).stream())
                .findFirst();
        Optional<String> body = alerts.body(id);
        if (stakeholder.isEmpty() || contact.isEmpty() || body.isEmpty()) {
            return Optional.empty();
        }
        Alert alert = AlertJson.read(body.get().getBytes(StandardCharsets.UTF_8));
        Recipient reader =
                readers.byLogin(alert, stakeholder.get(), contact.get().contact());
        Instant now = clock.instant();
        Notice notice = notices.write(alert, reader, List.of(stakeholder.get()), new Cause.First(), now);
        if (notice.isFull()) {
            looks.shown(actor, "alert:" + id, "stakeholder", Readers.facts(alert, reader, notice));
        }
        return Optional.of(notice);
    }

    /** What became of an answer; absent if the alert is not theirs. @param contact for whom; empty = who is waited for */
    public Optional<Outcome> answer(
            String own, String id, String contact, Answer answer, String note, String via, String account) {
        if (queries.alert(own, id).isEmpty()) {
            return Optional.empty();
        }
        List<String> contacts = contacts(own, id);
        String speaks = contact.isEmpty() ? contacts.stream().findFirst().orElse("") : contact;
        if (!contacts.contains(speaks)) {
            throw new Refused(AnswerReason.NOT_YOUR_CONTACT, speaks, String.join(", ", contacts));
        }
        String kept = note.substring(0, Math.min(NOTE, note.length()));
        return Optional.of(RowScope.lifted(() -> acknowledgements.answer(
                id, Answerer.forContact(via, account, speaks, own), answer, kept, clock.instant())));
    }

    public record IncidentView(
            OwnRecords.IncidentLine line,
            List<OwnRecords.AlertLine> alerts,
            List<EvidenceFile> files,
            List<OwnRecords.ReportLine> reports,
            List<OwnRecords.Entry> timeline) {}

    /** Absent if they are no part of it. */
    public Optional<IncidentView> incident(String own, String number, String actor) {
        Optional<OwnRecords.IncidentLine> line = queries.incident(own, number);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        RowScope.lifted(() -> {
            looks.seen(actor, "incident:" + line.get().number(), "stakeholder");
            incidents.find(number).ifPresent(incident -> incidents.refresh(incident, clock.instant()));
            return null;
        });
        return line.map(known -> new IncidentView(
                known,
                queries.alertsOf(own, known.id()),
                queries.files(own, known.id()),
                queries.reportsOf(own, known.id()),
                queries.timeline(own, known.id(), actor)));
    }

    /** What to send of a file of an incident. */
    public record Handed(EvidenceFile file, InputStream bytes) {}

    /** Absent if they have no part in the incident, or may not have the file. The caller closes the bytes. */
    public Optional<Handed> file(String own, String number, long id, String actor) throws IOException {
        Optional<EvidenceFile> file = queries.incident(own, number).stream()
                .flatMap(known -> queries.files(own, known.id()).stream())
                .filter(known -> known.id() == id)
                .findFirst();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Incident incident = RowScope.lifted(() -> incidents.find(number)).orElseThrow();
        return Optional.of(new Handed(file.get(), files.read(incident, file.get(), actor, clock.instant())));
    }

    /**
     * Writes into the timeline; false if they are no part of the incident.
     *
     * @param shared with all who are a part of it; else the CSIRT alone reads it
     * @throws Refused if there is no text, or too much, or a type that comes by itself
     */
    public boolean note(String own, String number, String type, String text, boolean shared, String actor) {
        Optional<OwnRecords.IncidentLine> line = queries.incident(own, number);
        if (line.isEmpty()) {
            return false;
        }
        String kept = IncidentText.clean(text);
        if (kept.isEmpty() || kept.length() > IncidentEdit.IMPACT) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.ENTRY_TEXT, IncidentEdit.IMPACT);
        }
        TimelineEntry.Type which = TimelineEntry.Type.ofWord(type);
        if (!which.isManual()) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.ENTRY_AUTOMATIC, type);
        }
        Instant now = clock.instant();
        return RowScope.lifted(() -> {
            Incident incident = incidents.find(number).orElseThrow();
            boolean whole = incident.tlp().compareTo(clearance(own)) <= 0;
            return incidents.note(
                    incident,
                    new TimelineEntry(
                            0,
                            now,
                            now,
                            city.get().zone().getId(),
                            which,
                            false,
                            actor,
                            kept,
                            kept,
                            false,
                            whole ? incident.tlp() : clearance(own),
                            whole && shared,
                            shared ? List.of() : List.of(own),
                            Optional.empty(),
                            Optional.empty()),
                    actor,
                    now);
        });
    }

    private jp.hinomi.events.Tlp clearance(String own) {
        return stakeholder(own).map(Stakeholder::maxTlp).orElse(jp.hinomi.events.Tlp.values()[0]);
    }

    /** Their contacts in the map, and whether each channel works. */
    public List<OwnRecords.ContactLine> contacts(String own) {
        List<Contact> contacts = stakeholder(own).map(Stakeholder::contacts).orElse(List.of());
        Map<List<String>, OwnQueries.Known> known =
                queries.channels(contacts.stream().map(Contact::id).collect(Collectors.toSet()));
        Instant now = clock.instant();
        return contacts.stream()
                .map(contact -> new OwnRecords.ContactLine(
                        contact.id(),
                        contact.kind().word(),
                        contact.onCall(),
                        contact.answersAt(now),
                        IntStream.range(0, contact.channels().size())
                                .mapToObj(place -> {
                                    Channel channel = contact.channels().get(place);
                                    Optional<OwnQueries.Known> state = Optional.ofNullable(
                                            known.get(List.of(contact.id(), channel.type(), channel.address())));
                                    return new OwnRecords.ChannelLine(
                                            place,
                                            channel.type(),
                                            channel.address(),
                                            StakeholderContacts.isAddress(channel),
                                            state.flatMap(OwnQueries.Known::lastOk),
                                            state.flatMap(OwnQueries.Known::error));
                                })
                                .toList()))
                .toList();
    }

    /** The schedules that name a contact of theirs: who is on duty, and who will be in the next two weeks. */
    public List<OwnRecords.Duty> roster(String own) {
        Set<String> contacts = stakeholder(own).stream()
                .flatMap(known -> known.contacts().stream())
                .map(Contact::id)
                .collect(Collectors.toSet());
        Instant now = clock.instant();
        StakeholderDuty duty = new StakeholderPart(own, Set.of()).duty();
        return city.get().schedules().values().stream()
                .filter(schedule -> schedule.members().stream().anyMatch(contacts::contains))
                .sorted(Comparator.comparing(jp.hinomi.city.schedule.Schedule::id))
                .map(schedule -> {
                    LocalDateTime clockOfIt = LocalDateTime.ofInstant(now, schedule.zone());
                    return new OwnRecords.Duty(
                            schedule.id(),
                            schedule.name(),
                            schedule.zone().getId(),
                            schedule.members().stream()
                                    .filter(contacts::contains)
                                    .toList(),
                            schedule.contacts(now),
                            schedule.handOvers(now, now.plus(ROSTER)).stream()
                                    .limit(20)
                                    .map(change -> new OwnRecords.DutyChange(change.at(), change.coming()))
                                    .toList(),
                            schedule.substitutions().stream()
                                    .filter(each -> each.to().isAfter(clockOfIt))
                                    .map(each -> new OwnRecords.StandInLine(
                                            each.from(),
                                            each.to(),
                                            each.replaces(),
                                            each.onDuty(),
                                            each.reason(),
                                            duty.isOwn(each, city.get())))
                                    .toList(),
                            schedule.rotations().stream()
                                    .filter(each -> duty.isOwn(each, city.get()))
                                    .map(each ->
                                            new OwnRecords.TurnsLine(each, each.firstTurn(clockOfIt.toLocalDate())))
                                    .toList());
                })
                .toList();
    }
}
