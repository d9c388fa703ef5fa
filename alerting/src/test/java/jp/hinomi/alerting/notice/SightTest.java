package jp.hinomi.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.alerting.routing.SelectorFinder;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Role;
import jp.hinomi.city.Selector;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.MatchedIndicators;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

/** Who sees what of one alert that touches several. */
class SightTest {
    private static final City CITY = new SampleCity()
            .stakeholder("vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, SampleCity.contact("noc"))
            .stakeholder("clinic", Role.SERVICE_PROVIDER, "ja", Tlp.AMBER, SampleCity.contact("dpo"))
            .resource("api", new Selector(Selector.Kind.CIDR, "10.1.0.0/16"))
            .resource("records", new Selector(Selector.Kind.CIDR, "10.2.0.0/16"))
            .responsible("api", "vendor")
            .responsible("records", "clinic", Duty.DATA_CONTROLLER, null, null, null, null)
            .build();

    private static final SelectorFinder FINDER = new ResourceResolver(CITY)::resolve;

    private static Sight sight(Alert alert, String stakeholder, String... resources) {
        Stakeholder who = CITY.stakeholders().get(stakeholder);
        return sight(alert, who, Scope.of(Set.of(resources)));
    }

    private static Sight sight(Alert alert, Stakeholder who, Scope scope) {
        return Sight.of(
                CITY,
                FINDER,
                alert,
                Recipient.of(alert.tlp(), who, who.contacts().get(0), scope, List.of(new Bilingual("担当", "yours"))));
    }

    private static Alert alert() {
        Alert both = SampleAlert.of("both")
                .target("api")
                .target("records")
                .lines("to the api by taro@example.jp", "to the records 090-1234-5678", "to nobody")
                .build();
        List<String> destinations = List.of("10.1.0.1", "10.2.0.1", "198.51.100.1");
        List<Alert.Evidence> evidence = new java.util.ArrayList<>();
        for (int i = 0; i < 3; i++) {
            evidence.add(new Alert.Evidence(
                    new SecurityEvent.Builder(
                                    "e-" + i, both.evidence().get(i).event().timestampMillis())
                            .put(
                                    Fields.EVENT_ORIGINAL,
                                    both.evidence().get(i).event().text(Fields.EVENT_ORIGINAL))
                            .put(Fields.DESTINATION_IP, destinations.get(i))
                            .build(),
                    List.of("x")));
        }
        return new Alert(
                both.id(),
                both.revision(),
                both.time(),
                both.first(),
                both.last(),
                both.count(),
                both.rule(),
                both.severity(),
                both.tlp(),
                both.group(),
                evidence,
                both.resources(),
                both.indicators(),
                both.notEvaluable());
    }

    private static List<String> ids(Sight sight) {
        return sight.lines().stream().map(one -> one.evidence().event().id()).toList();
    }

    @Test
    void evidenceOfOthersStaysAway() {
        Alert alert = alert();
        assertThat(ids(sight(alert, "vendor", "api"))).containsExactly("e-0", "e-2");
        assertThat(ids(sight(alert, "clinic", "records"))).containsExactly("e-1", "e-2");
        assertThat(ids(sight(alert, "promoter", "api"))).containsExactly("e-0", "e-1", "e-2");
        JsonNode json = Columns.tree(
                sight(alert, "vendor", "api").json(new String(AlertJson.write(alert), StandardCharsets.UTF_8)));
        assertThat(json.get("evidence")).hasSize(2);
        assertThat(json.get("evidence_withheld").asInt()).isEqualTo(1);
        assertThat(json.toString())
                .doesNotContain("to the records", "10.2.0.1", "taro@")
                .contains("[mail]");
    }

    @Test
    void whoAnswersForNothingOfItSeesWhatIsNobodysAndWhoIsToldOfAllOfItSeesAll() {
        Alert alert = alert();
        assertThat(ids(sight(alert, "vendor"))).containsExactly("e-2");
        Stakeholder vendor = CITY.stakeholders().get("vendor");
        assertThat(ids(sight(alert, vendor, Scope.whole()))).containsExactly("e-0", "e-1", "e-2");
    }

    /** Its lines select nothing any more; they are its all the same. */
    @Test
    void whatWasTakenOutOfTheMapDoesNotBecomeNobodys() {
        City without = new SampleCity()
                .stakeholder("vendor", Role.CITY_OS_VENDOR, "ja", Tlp.AMBER, SampleCity.contact("noc"))
                .resource("api", new Selector(Selector.Kind.CIDR, "10.1.0.0/16"))
                .build();
        Stakeholder vendor = without.stakeholders().get("vendor");
        Sight sight = Sight.of(
                without, new ResourceResolver(without)::resolve, alert(), vendor, Scope.of(Set.of("api")), Tlp.AMBER);
        assertThat(ids(sight)).containsExactly("e-0");
    }

    @Test
    void whoIsControllerNoMoreSeesNoPeople() {
        City ended = new SampleCity()
                .stakeholder("clinic", Role.SERVICE_PROVIDER, "ja", Tlp.AMBER, SampleCity.contact("dpo"))
                .resource("api", new Selector(Selector.Kind.CIDR, "10.1.0.0/16"))
                .resource("records", new Selector(Selector.Kind.CIDR, "10.2.0.0/16"))
                .responsible("records", "clinic", Duty.DATA_CONTROLLER, null, null, null, "2026-06-30")
                .build();
        Alert alert = alert();
        Sight sight = Sight.of(
                ended,
                new ResourceResolver(ended)::resolve,
                alert,
                ended.stakeholders().get("clinic"),
                Scope.of(Set.of("records")),
                Tlp.AMBER);
        assertThat(json(sight, alert)).contains("[phone]").doesNotContain("090-1234-5678");
    }

    @Test
    void theControllerOfTheDataSeesIt() {
        Alert alert = alert();
        String json = new String(AlertJson.write(alert), StandardCharsets.UTF_8);
        assertThat(sight(alert, "clinic", "records").json(json)).contains("090-1234-5678");
        assertThat(sight(alert, "promoter", "records").json(json))
                .contains("[phone]")
                .doesNotContain("090-1234-5678");
    }

    /** An alert of several: who controls the data of one line does not control that of the others. */
    @Test
    void peopleAreMaskedLineByLine() {
        City city = new SampleCity()
                .stakeholder("clinic", Role.SERVICE_PROVIDER, "ja", Tlp.AMBER, SampleCity.contact("dpo"))
                .stakeholder("school", Role.SERVICE_PROVIDER, "ja", Tlp.AMBER, SampleCity.contact("office"))
                .resource("records", new Selector(Selector.Kind.CIDR, "10.2.0.0/16"))
                .resource("pupils", new Selector(Selector.Kind.CIDR, "10.3.0.0/16"))
                .resource("watch", new Selector(Selector.Kind.HOST, "ids-01"))
                .responsible("records", "clinic", Duty.DATA_CONTROLLER, null, null, null, null)
                .responsible("pupils", "school", Duty.DATA_CONTROLLER, null, null, null, null)
                .responsible("watch", "promoter", Duty.DATA_CONTROLLER, null, null, null, null)
                .build();
        List<Alert.Evidence> lines = List.of(
                line("records", "taro@a.example.jp", "198.51.100.1", "10.2.0.1"),
                line("pupils", "hana@b.example.jp", "198.51.100.1", "10.3.0.1"),
                // From one to the other: whose people it names nobody can say.
                line("both", "jiro@c.example.jp", "10.3.0.1", "10.2.0.1"),
                line("nobody", "umi@d.example.jp", "198.51.100.1", "198.51.100.2"),
                line("outside", "sora@e.example.jp", "198.51.100.1", "198.51.100.2", "ids-01"));
        Alert alert = with(alert(), lines, Map.of("user.email", "taro@a.example.jp"));
        String clinic = in(city, alert, "clinic");
        assertThat(clinic)
                .contains("to records by taro@a.example.jp", "to both by [mail]", "to nobody by [mail]")
                .contains("to pupils by [mail]")
                .doesNotContain("hana@", "jiro@", "umi@", "sora@");
        assertThat(Columns.tree(clinic).at("/group/user.email").asText()).isEqualTo("taro@a.example.jp");
        String school = in(city, alert, "school");
        assertThat(school)
                .contains("to pupils by hana@b.example.jp", "to records by [mail]", "to both by [mail]")
                .doesNotContain("taro@", "jiro@", "umi@", "sora@");
        // What lines have in common is one of theirs: of nobody whom no line names to them.
        assertThat(Columns.tree(school).at("/group/user.email").asText()).isEqualTo("[mail]");
        // Of what only looked on, where nothing else has a controller.
        assertThat(in(city, alert, "promoter"))
                .contains("to outside by sora@e.example.jp")
                .doesNotContain("taro@", "hana@", "jiro@", "umi@");
    }

    private static String in(City city, Alert alert, String stakeholder) {
        return json(
                Sight.of(
                        city,
                        new ResourceResolver(city)::resolve,
                        alert,
                        city.stakeholders().get(stakeholder),
                        Scope.whole(),
                        Tlp.AMBER),
                alert);
    }

    private static Alert.Evidence line(String id, String mail, String from, String to, String... observer) {
        SecurityEvent.Builder event = new SecurityEvent.Builder(id, 1_780_000_000_000L)
                .put(Fields.EVENT_ORIGINAL, "to " + id + " by " + mail)
                .put(Fields.of("user.email"), mail)
                .put(Fields.SOURCE_IP, from)
                .put(Fields.DESTINATION_IP, to);
        for (String name : observer) {
            event.put(Fields.OBSERVER_NAME, name);
        }
        return new Alert.Evidence(event.build(), List.of("x"));
    }

    private static Alert with(Alert alert, List<Alert.Evidence> evidence, Map<String, String> group) {
        return new Alert(
                alert.id(),
                alert.revision(),
                alert.time(),
                alert.first(),
                alert.last(),
                alert.count(),
                alert.rule(),
                alert.severity(),
                alert.tlp(),
                group,
                evidence,
                alert.resources(),
                alert.indicators(),
                alert.notEvaluable());
    }

    /** An indicator as an alert and its evidence carry it. */
    private static Map<String, Object> indicator(String id, String field, String value, String tlp) {
        return Map.of("id", id, "feed", "partner", "name", "Name-of-" + id, "field", field, "value", value, "tlp", tlp);
    }

    /** The first two lines met an indicator each. */
    private static Alert withIndicators(Map<String, Object> first, Map<String, Object> second) {
        Alert plain = alert();
        List<Alert.Evidence> evidence = new java.util.ArrayList<>(plain.evidence());
        List<Map<String, Object>> both = List.of(first, second);
        for (int i = 0; i < 2; i++) {
            SecurityEvent.Builder event = evidence.get(i).event().toBuilder();
            MatchedIndicators.put(event, List.of(both.get(i)));
            event.put(Fields.of("threat.indicator.marking.tlp"), both.get(i).get("tlp"));
            event.put(Fields.of("threat.indicator.name"), both.get(i).get("name"));
            evidence.set(i, new Alert.Evidence(event.build(), List.of("x")));
        }
        return new Alert(
                plain.id(),
                plain.revision(),
                plain.time(),
                plain.first(),
                plain.last(),
                plain.count(),
                plain.rule(),
                plain.severity(),
                plain.tlp(),
                Map.of("source.ip", "203.0.113.7", "threat.indicator.name", "Name-of-first"),
                evidence,
                plain.resources(),
                both,
                plain.notEvaluable());
    }

    private static String json(Sight sight, Alert alert) {
        return sight.json(new String(AlertJson.write(alert), StandardCharsets.UTF_8));
    }

    @Test
    void intelligenceAboveTheClearanceGoesNowhere() {
        Alert alert = withIndicators(
                indicator("first", "destination.ip", "10.1.0.1", "RED"),
                indicator("second", "destination.ip", "10.2.0.1", "GREEN"));
        Sight vendor = sight(alert, "vendor", "api", "records");
        assertThat(vendor.indicators()).extracting(one -> one.get("id")).containsExactly("second");
        assertThat(vendor.group()).containsOnlyKeys("source.ip");
        JsonNode seen = Columns.tree(json(vendor, alert));
        assertThat(seen.get("indicators")).hasSize(1);
        assertThat(seen.get("indicators_withheld").asInt()).isEqualTo(1);
        assertThat(seen.get("evidence")).hasSize(3);
        assertThat(seen.toString()).doesNotContain("Name-of-first", "RED").contains("Name-of-second");
        assertThat(vendor.fields(vendor.lines().get(0))).doesNotContain("Name-of-first");

        Sight promoter = sight(alert, "promoter", "api", "records");
        assertThat(promoter.indicators()).hasSize(2);
        assertThat(json(promoter, alert)).contains("Name-of-first", "Name-of-second");
    }

    @Test
    void intelligenceAboutOthersSystemsStaysWithTheirLogLines() {
        Alert alert = withIndicators(
                indicator("first", "destination.ip", "10.1.0.1", "GREEN"),
                indicator("second", "destination.ip", "10.2.0.1", "GREEN"));
        Sight vendor = sight(alert, "vendor", "api");
        assertThat(vendor.indicators()).extracting(one -> one.get("id")).containsExactly("first");
        assertThat(json(vendor, alert)).contains("Name-of-first").doesNotContain("Name-of-second", "10.2.0.1");
    }

    @Test
    void aChannelThatMayCarryLessCarriesLessIntelligence() {
        Alert alert = withIndicators(
                indicator("first", "destination.ip", "10.1.0.1", "AMBER+STRICT"),
                indicator("second", "destination.ip", "10.2.0.1", "GREEN"));
        Stakeholder promoter = CITY.promoter();
        Recipient recipient = Recipient.of(
                Tlp.AMBER,
                promoter,
                promoter.contacts().get(0),
                Scope.of(Set.of("api")),
                List.of(new Bilingual("担当", "yours")));
        Recipient overMail =
                recipient.over(Tlp.AMBER, new Channel.Email("csirt@city.example.jp", java.util.Optional.of(Tlp.AMBER)));
        assertThat(Sight.of(CITY, FINDER, alert, recipient).indicators()).hasSize(2);
        assertThat(overMail.disclosure()).isEqualTo(Disclosure.FULL);
        assertThat(json(Sight.of(CITY, FINDER, alert, overMail), alert)).doesNotContain("Name-of-first");
    }
}
