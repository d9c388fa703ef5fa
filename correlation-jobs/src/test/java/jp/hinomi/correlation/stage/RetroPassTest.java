package jp.hinomi.correlation.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.correlation.kafka.AlertRecords;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Alert.Part;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.ingest.intel.IntelIndex;
import org.junit.jupiter.api.Test;

class RetroPassTest {
    private static final City CITY = CityReader.read(Path.of("../examples/city"), warning -> {});
    private static final long TIME = 1_800_000_000_000L;

    private static Indicator.Builder indicator(String id, String address) {
        return Indicator.builder(id, "feed").observable(Observable.Type.IPV4_ADDR, address);
    }

    /** Something of the city's that opened a connection to the address. */
    private static SecurityEvent.Builder contact(int number, String address) {
        return new SecurityEvent.Builder("logs.firewall-0-" + number, TIME + number)
                .put(Fields.CITY_SOURCE, "fw-edge-01")
                .put(Fields.SOURCE_IP, "10.20.10.11")
                .put(Fields.DESTINATION_IP, address);
    }

    private static List<Alert> alerts(List<Indicator> indicators, List<SecurityEvent> events) {
        RetroPass pass = new RetroPass(indicators, CITY, "threat-intel-0-5");
        events.forEach(pass::look);
        return alerts(pass);
    }

    @Test
    void saysWhoMetWhatBeforeItWasKnown() {
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(contact(i, i % 2 == 0 ? "203.0.113.7" : "203.0.113.8").build());
        }
        Alert alert = alerts(
                        List.of(indicator("i-1", "203.0.113.7")
                                .confidence(80)
                                .tlp(Tlp.RED)
                                .build()),
                        events)
                .get(0);
        assertThat(alert.rule().id()).isEqualTo("threat_intel_retro_match");
        assertThat(alert.rule().title("en")).endsWith(": 203.0.113.7");
        assertThat(alert.rule().title("ja")).contains("判明する前");
        assertThat(alert.rule().level()).isEqualTo(Severity.HIGH);
        assertThat(alert.tlp()).isEqualTo(Tlp.RED);
        assertThat(alert.count()).isEqualTo(30);
        assertThat(alert.evidence())
                .hasSize(30)
                .allSatisfy(each ->
                        assertThat(each.event().text(Fields.DESTINATION_IP)).isEqualTo("203.0.113.7"));
        assertThat(alert.first()).isEqualTo(TIME);
        assertThat(alert.last()).isEqualTo(TIME + 58);
        assertThat(alert.resources())
                .contains(new AffectedResource("city-os-core", Part.ORIGIN))
                .contains(new AffectedResource("edge-network", Part.OBSERVER));
        assertThat(alert.indicators())
                .singleElement()
                .satisfies(
                        each -> assertThat(each).containsEntry("id", "i-1").containsEntry("field", "destination.ip"));
        assertThat(alert.group()).containsEntry("threat.indicator.id", "i-1").containsKey("city.resource");
    }

    @Test
    void anEventThatWasMatchedWhenItWasReadIsNoNews() {
        SecurityEvent known = contact(1, "203.0.113.7")
                .put(Fields.of("threat.indicator.id"), List.of("other", "i-1"))
                .build();
        SecurityEvent full = contact(2, "203.0.113.7")
                .put(Fields.of("threat.indicator.id"), List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"))
                .build();
        SecurityEvent byAnother = contact(3, "203.0.113.7")
                .put(Fields.of("threat.indicator.id"), "other")
                .build();
        List<Alert> alerts = alerts(List.of(indicator("i-1", "203.0.113.7").build()), List.of(known, full, byAnother));
        assertThat(alerts)
                .singleElement()
                .satisfies(alert -> assertThat(alert.evidence())
                        .extracting(each -> each.event().id())
                        .containsExactly("logs.firewall-0-3"));
    }

    @Test
    void anIndicatorSpeaksOfTheTimeInWhichItIsValid() {
        List<Indicator> indicators = List.of(indicator("i-1", "203.0.113.7")
                .validFrom(TIME + 2)
                .validUntil(TIME + 4)
                .build());
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            events.add(contact(i, "203.0.113.7").build());
        }
        assertThat(alerts(indicators, events)).singleElement().satisfies(alert -> {
            assertThat(alert.first()).isEqualTo(TIME + 2);
            assertThat(alert.last()).isEqualTo(TIME + 3);
            assertThat(alert.count()).isEqualTo(2);
        });
        assertThat(new RetroPass(indicators, CITY, "p").earliest()).isEqualTo(TIME + 2);
    }

    @Test
    void whoKnockedIsLessThanWhereSomethingOfOursWent() {
        Indicator sure = indicator("i-1", "203.0.113.7").confidence(80).build();
        SecurityEvent.Builder knock = new SecurityEvent.Builder("logs.firewall-0-1", TIME)
                .put(Fields.SOURCE_IP, "203.0.113.7")
                .put(Fields.DESTINATION_IP, "10.20.10.11");
        assertThat(level(sure, knock.build())).isEqualTo(Severity.LOW);
        SecurityEvent login = knock.put(Fields.of("event.category"), List.of("authentication", "session"))
                .put(Fields.of("event.outcome"), "success")
                .build();
        assertThat(level(sure, login)).isEqualTo(Severity.HIGH);
        assertThat(level(
                        indicator("i-1", "203.0.113.7").build(),
                        contact(1, "203.0.113.7").build()))
                .isEqualTo(Severity.MEDIUM);
        assertThat(level(
                        indicator("i-1", "203.0.113.7").confidence(10).build(),
                        contact(1, "203.0.113.7").build()))
                .isEqualTo(Severity.LOW);
        assertThat(level(indicator("i-1", "203.0.113.7").confidence(10).build(), login))
                .isEqualTo(Severity.LOW);
    }

    private static Severity level(Indicator indicator, SecurityEvent event) {
        return alerts(List.of(indicator), List.of(event)).get(0).rule().level();
    }

    /** A scanner list of a hundred addresses, all of which were here. */
    @Test
    void manyIndicatorsShareAnAlertAndNoneIsLeftOut() {
        List<Indicator> indicators = new ArrayList<>();
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            indicators.add(indicator("i-" + i, "203.0.113." + i).confidence(i).build());
            for (int j = 0; j < 3; j++) {
                events.add(contact(i * 3 + j, "203.0.113." + i).build());
            }
        }
        List<Alert> alerts = alerts(indicators, events);
        assertThat(alerts).hasSize(RetroPass.MOST_ALERTS + 1);
        assertThat(alerts.stream().mapToLong(Alert::count).sum()).isEqualTo(300);
        Alert shared = alerts.get(RetroPass.MOST_ALERTS);
        assertThat(shared.rule().title("en")).contains("80 more");
        assertThat(shared.count()).isEqualTo(240);
        assertThat(shared.evidence()).hasSize(Alert.MAX_EVIDENCE);
        assertThat(shared.indicators())
                .hasSize(50)
                .first()
                .satisfies(each -> assertThat(each).containsEntry("id", "i-79"));
        assertThat(alerts.subList(0, RetroPass.MOST_ALERTS))
                .as("the surest")
                .allSatisfy(alert -> assertThat(alert.rule().level()).isEqualTo(Severity.HIGH));
    }

    /** Partitions are read in any order, and after a crash in another. */
    @Test
    void theOrderOfTheEventsChangesNothing() {
        Random random = new Random(5);
        for (int run = 0; run < 20; run++) {
            List<Indicator> indicators = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                indicators.add(indicator("i-" + i, "203.0.113." + i)
                        .confidence(random.nextInt(3) * 40)
                        .build());
            }
            List<SecurityEvent> events = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                events.add(contact(i, "203.0.113." + random.nextInt(50))
                        .put(Fields.SOURCE_IP, random.nextBoolean() ? "10.20.10.11" : "10.40.10." + i % 256)
                        .build());
            }
            List<String> expected = json(alerts(indicators, events));
            Collections.shuffle(events, random);
            Collections.shuffle(indicators, random);
            assertThat(json(alerts(indicators, events))).isEqualTo(expected).hasSizeGreaterThan(20);
        }
    }

    private static List<String> json(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> new String(AlertRecords.fitting(alert), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void memoryIsBoundedByKeepingFewerEvents() {
        List<Indicator> indicators = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            indicators.add(indicator("i-" + i, "203.0.113." + i).build());
        }
        RetroPass pass = new RetroPass(indicators, Map.of(), CITY, "p", 100_000);
        for (int i = 0; i < 2_000; i++) {
            pass.look(contact(i, "203.0.113." + i % 20)
                    .put(Fields.MESSAGE, "x".repeat(500))
                    .build());
        }
        List<Alert> alerts = alerts(pass);
        assertThat(alerts).hasSize(20).allSatisfy(alert -> {
            assertThat(alert.count()).isEqualTo(100);
            assertThat(alert.evidence()).hasSizeBetween(1, 10);
            assertThat(alert.last())
                    .isEqualTo(alert.evidence()
                            .get(alert.evidence().size() - 1)
                            .event()
                            .correlationMillis());
        });
        assertThat(alerts.stream()
                        .mapToInt(alert -> AlertRecords.fitting(alert).length)
                        .sum())
                .isLessThan(150_000);
    }

    /** Long lines about more indicators than there may be alerts: what is kept at the least is bounded too. */
    @Test
    void wherePastMatchesEverythingEvenTheLeastIsSmallAndCountedUpToAThousand() {
        List<Indicator> indicators = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            indicators.add(indicator("i-" + i, "203.0." + i / 250 + "." + i % 250)
                    .confidence(i < RetroPass.MOST_ALERTS ? 90 : 50)
                    .build());
        }
        RetroPass pass = new RetroPass(indicators, Map.of(), CITY, "p", 200_000);
        for (int i = 0; i < 2_000; i++) {
            SecurityEvent.Builder event = contact(i, "203.0." + i / 250 + "." + i % 250);
            pass.look((i < 60 ? event.put(Fields.MESSAGE, "x".repeat(50_000)) : event).build());
        }
        List<Alert> alerts = alerts(pass);
        assertThat(alerts).hasSize(RetroPass.MOST_ALERTS + 1);
        assertThat(alerts).allSatisfy(alert -> assertThat(alert.evidence()).hasSize(1));
        assertThat(alerts.get(RetroPass.MOST_ALERTS).rule().title("en"))
                .endsWith(": over " + RetroFinding.MOST_COUNTED + " more indicators");
        assertThat(alerts.get(RetroPass.MOST_ALERTS).count()).isEqualTo(2_000 - RetroPass.MOST_ALERTS);
        assertThat(alerts.stream()
                        .mapToInt(alert -> AlertRecords.fitting(alert).length)
                        .sum())
                .isLessThan(300_000);
    }

    /** It lapsed at 10 and holds again: events up to then were told. */
    @Test
    void whatComesAgainIsTheSameAlertAndNewsOnlyIfSomethingHappenedSince() {
        Indicator said = indicator("i-1", "203.0.113.7").build();
        long minute = 60_000;
        List<SecurityEvent> before = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            before.add(contact(i, "203.0.113.7").build());
        }
        Alert once = alerts(List.of(said), before).get(0);
        Map<String, Long> told = Map.of("i-1", TIME + 10);
        assertThat(again(said, told, before)).as("nothing since").isEmpty();

        // The past has expired but for one event, and one came in the gap: fewer than were told.
        List<SecurityEvent> since =
                List.of(before.get(8), contact((int) minute, "203.0.113.7").build());
        assertThat(again(said.toBuilder().validFrom(5).build(), told, since))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.id()).isEqualTo(once.id());
                    assertThat(alert.count()).isEqualTo(2);
                    assertThat(alert.revision())
                            .as("a later one, or nobody would see it")
                            .isGreaterThan(once.revision());
                });
        assertThat(again(said, Map.of(), before.subList(0, 5)))
                .as("a part of what was told is no news")
                .singleElement()
                .satisfies(alert -> assertThat(alert.revision()).isLessThanOrEqualTo(once.revision()));
    }

    private static List<Alert> again(Indicator indicator, Map<String, Long> toldUntil, List<SecurityEvent> events) {
        RetroPass pass = new RetroPass(List.of(indicator), toldUntil, CITY, "threat-intel-0-9");
        events.forEach(pass::look);
        return alerts(pass);
    }

    @Test
    void ofManyThatComeAgainOnlyWhatNobodyWasToldOfIsShared() {
        List<Indicator> indicators = new ArrayList<>();
        List<SecurityEvent> events = new ArrayList<>();
        Map<String, Long> told = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            indicators.add(indicator("i-" + i, "203.0.113." + i).confidence(i).build());
            told.put("i-" + i, TIME + 1_000);
            events.add(contact(i, "203.0.113." + i).build());
        }
        for (int i = 0; i < RetroPass.MOST_ALERTS + 5; i++) {
            events.add(contact(1_001 + i, "203.0.113." + i).build());
        }
        Collections.shuffle(events, new Random(7));
        RetroPass pass = new RetroPass(indicators, told, CITY, "threat-intel-0-9");
        events.forEach(pass::look);
        List<Alert> alerts = alerts(pass);
        assertThat(alerts).hasSize(RetroPass.MOST_ALERTS + 1);
        assertThat(alerts.subList(0, RetroPass.MOST_ALERTS))
                .extracting(Alert::count)
                .containsOnly(2L);
        Alert shared = alerts.get(RetroPass.MOST_ALERTS);
        assertThat(shared.count()).isEqualTo(5);
        assertThat(shared.rule().title("en")).endsWith(": 5 more indicators");
    }

    @Test
    void aRepetitionIsTheSameAlertAndMoreOfItALaterRevision() {
        Indicator said = indicator("i-1", "203.0.113.7").build();
        Alert once = alerts(List.of(said), List.of(contact(1, "203.0.113.7").build()))
                .get(0);
        Alert again = alerts(
                        List.of(said.toBuilder()
                                .confidence(20)
                                .validUntil(TIME + 1_000)
                                .build()),
                        List.of(
                                contact(1, "203.0.113.7").build(),
                                contact(2, "203.0.113.7").build()))
                .get(0);
        assertThat(again.id()).isEqualTo(once.id());
        assertThat(again.revision()).isGreaterThan(once.revision());
        Alert other = alerts(
                        List.of(IntelIndex.canonical(said.toBuilder()
                                .observables(List.of(new Observable(Observable.Type.IPV4_ADDR, "203.0.113.0/24")))
                                .build())),
                        List.of(contact(1, "203.0.113.7").build()))
                .get(0);
        assertThat(other.id()).as("it says something else now").isNotEqualTo(once.id());
    }

    /** A feed moves the beginning back: the last event is the same, and what was told must not be all that is known. */
    @Test
    void clearlyMoreOrEarlierEventsAreALaterRevisionThoughTheLastIsTheSame() {
        Indicator said = indicator("i-1", "203.0.113.7").build();
        List<SecurityEvent> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add(contact(i, "203.0.113.7").build());
        }
        int once = revision(said, events.subList(360, 400));
        assertThat(revision(said, events)).isGreaterThan(once);
        List<SecurityEvent> withEarlier = new ArrayList<>(events.subList(360, 400));
        withEarlier.add(contact(-86_400_000, "203.0.113.7").build());
        assertThat(revision(said, withEarlier)).as("one of the day before").isGreaterThan(once);
        assertThat(revision(said, events.subList(380, 400)))
                .as("the others have expired")
                .isLessThan(once);
        int least = 0;
        for (long count = 1; count < 1L << 40; count += 1 + count / 7) {
            int size = RetroFinding.size(count, 0);
            assertThat(size).isGreaterThanOrEqualTo(least);
            assertThat(RetroFinding.size(count, Long.MAX_VALUE)).isBetween(size, 63);
            least = size;
        }
        assertThat(least).isEqualTo(63);
    }

    private static int revision(Indicator indicator, List<SecurityEvent> events) {
        return alerts(List.of(indicator), events).get(0).revision();
    }

    /** Whoever was told of all takes no place from whoever has news. */
    @Test
    void surerIndicatorsWithoutNewsLeaveTheirPlacesToThoseWithNews() {
        List<Indicator> indicators = new ArrayList<>();
        List<SecurityEvent> events = new ArrayList<>();
        Map<String, Long> told = new HashMap<>();
        for (int i = 0; i < RetroPass.MOST_ALERTS + 5; i++) {
            indicators.add(
                    indicator("old-" + i, "203.0.113." + i).confidence(90).build());
            told.put("old-" + i, TIME + 1_000);
            events.add(contact(i, "203.0.113." + i).build());
        }
        indicators.add(indicator("new", "203.0.113.200").confidence(20).build());
        events.add(contact(500, "203.0.113.200").build());
        events.add(contact(2_000, "203.0.113.24").build());
        for (int run = 0; run < 3; run++) {
            Collections.shuffle(events, new Random(run));
            RetroPass pass = new RetroPass(indicators, told, CITY, "threat-intel-0-9");
            events.forEach(pass::look);
            assertThat(alerts(pass))
                    .extracting(alert -> alert.group().get("threat.indicator.id") + " " + alert.count())
                    .containsExactly("old-24 2", "new 1");
        }
    }

    /** More findings than memory has room for with one event each: a list of scanners that were at every device. */
    @Test
    void whereEvenOneEventOfEachIsTooMuchTheySharePerResource() {
        List<Indicator> indicators = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            indicators.add(indicator("i-" + i, "203.0.113." + i).confidence(50).build());
        }
        RetroPass pass = new RetroPass(indicators, Map.of(), CITY, "p", 30_000);
        for (int i = 0; i < 1_000; i++) {
            pass.look(contact(i, "203.0.113." + i % 100)
                    .put(Fields.MESSAGE, "x".repeat(10_000))
                    .build());
        }
        List<Alert> alerts = alerts(pass);
        assertThat(alerts)
                .hasSizeLessThan(10)
                .allSatisfy(alert -> assertThat(alert.evidence()).hasSize(1));
        assertThat(alerts.stream().mapToLong(Alert::count).sum()).isEqualTo(1_000);
        assertThat(alerts.get(alerts.size() - 1).rule().title("en")).endsWith(": over 50 more indicators");
    }

    private static List<Alert> alerts(RetroPass pass) {
        List<Alert> alerts = new java.util.ArrayList<>();
        pass.takeAlerts(alerts::add);
        return alerts;
    }
}
