package jp.hinomi.alerting;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Criticality;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Escalation;
import jp.hinomi.city.Gateway;
import jp.hinomi.city.Layer;
import jp.hinomi.city.Notification;
import jp.hinomi.city.Resource;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Role;
import jp.hinomi.city.Selector;
import jp.hinomi.city.SeverityMatrix;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.city.Storm;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Builds small cities for tests. The promoter, with one mailbox, is always there. */
public final class SampleCity {
    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private final Map<String, Stakeholder> stakeholders = new LinkedHashMap<>();
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final List<Responsibility> responsibilities = new ArrayList<>();
    private final Map<String, Escalation> escalations = new LinkedHashMap<>();
    private final Map<String, Schedule> schedules = new LinkedHashMap<>();
    private List<String> ruleAuthors = List.of();

    /** The receivers of tests are on this machine. */
    private Notification notification = new Notification(
            List.of("127.0.0.1"),
            Map.of(),
            Optional.empty(),
            new Storm(10_000, Duration.ofMinutes(10)),
            List.of(),
            List.of());

    public SampleCity() {
        stakeholder("promoter", Role.PROMOTER, "ja", Tlp.RED, contact("promoter-csirt", mail("csirt@city.example.jp")));
    }

    public static Channel mail(String address) {
        return new Channel.Email(address);
    }

    public static Channel webhook(String url, String secret) {
        return new Channel.Webhook(URI.create(url), Optional.ofNullable(secret));
    }

    /** Of 300 characters, five messages in a quarter of an hour. */
    public static Gateway smsGateway() {
        return new Gateway(
                "main",
                Gateway.Kind.SMS,
                URI.create("https://sms.example.jp/"),
                Gateway.Method.POST,
                Map.of(),
                Gateway.Encoding.JSON,
                "{{number}}{{text}}",
                Optional.empty(),
                300,
                5,
                Duration.ofMinutes(15));
    }

    public static Contact contact(String id, Channel... channels) {
        return new Contact(id, Contact.Kind.DESK, TOKYO, "24x7", List.of(channels));
    }

    /** One that answers in those hours only: {@code Mon-Fri 09:00-17:00}, in Tokyo. */
    public static Contact contact(String id, String hours, Channel... channels) {
        return new Contact(id, Contact.Kind.DESK, TOKYO, hours, List.of(channels));
    }

    public SampleCity stakeholder(String id, Role role, String locale, Tlp maxTlp, Contact... contacts) {
        stakeholders.put(
                id,
                new Stakeholder(
                        id, Map.of("ja", id + "社", "en", id + " Ltd"), role, locale, maxTlp, List.of(contacts)));
        return this;
    }

    public SampleCity resource(String id, Selector... selectors) {
        resources.put(
                id,
                new Resource(
                        id,
                        Map.of("ja", id + "資産", "en", id + " resource"),
                        Layer.CITY_OS,
                        Criticality.HIGH,
                        List.of(selectors)));
        return this;
    }

    public SampleCity responsible(String resource, String stakeholder) {
        return responsible(resource, stakeholder, Duty.OPERATOR, null, null, null, null);
    }

    public SampleCity responsible(
            String resource, String stakeholder, Duty duty, Severity min, String escalation, String from, String to) {
        responsibilities.add(new Responsibility(
                resource,
                stakeholder,
                duty,
                Optional.ofNullable(min),
                Optional.ofNullable(escalation),
                Optional.ofNullable(from).map(LocalDate::parse),
                Optional.ofNullable(to).map(LocalDate::parse),
                Optional.empty(),
                Optional.of("契約 第1条")));
        return this;
    }

    public SampleCity responsible(Responsibility responsibility) {
        responsibilities.add(responsibility);
        return this;
    }

    public SampleCity schedule(Schedule schedule) {
        schedules.put(schedule.id(), schedule);
        return this;
    }

    /** Steps of contacts; all but the last have that long to answer. */
    public SampleCity escalation(String id, Duration within, String... contacts) {
        List<Escalation.Step> steps = new ArrayList<>();
        for (int i = 0; i < contacts.length; i++) {
            steps.add(new Escalation.Step(
                    contacts[i], i == contacts.length - 1 ? Optional.empty() : Optional.of(within)));
        }
        escalations.put(id, new Escalation(id, steps));
        return this;
    }

    public SampleCity escalation(Escalation escalation) {
        escalations.put(escalation.id(), escalation);
        return this;
    }

    public SampleCity ruleAuthors(String... stakeholders) {
        ruleAuthors = List.of(stakeholders);
        return this;
    }

    public SampleCity notification(Notification other) {
        notification = other;
        return this;
    }

    public City build() {
        Map<Severity, Map<Criticality, Severity>> cells = new EnumMap<>(Severity.class);
        for (Severity level : Severity.values()) {
            Map<Criticality, Severity> row = new EnumMap<>(Criticality.class);
            for (Criticality criticality : Criticality.values()) {
                row.put(criticality, level);
            }
            cells.put(level, row);
        }
        return new City(
                "minato",
                Map.of("ja", "みなと市", "en", "Minato City"),
                TOKYO,
                stakeholders,
                resources,
                responsibilities,
                escalations,
                new LinkedHashMap<>(),
                new SeverityMatrix(cells),
                Map.of(),
                ruleAuthors,
                schedules,
                notification,
                List.of(),
                Map.of(),
                Map.of());
    }
}
