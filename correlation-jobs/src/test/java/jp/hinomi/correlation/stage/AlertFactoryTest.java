package jp.hinomi.correlation.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.city.Criticality;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.correlation.engine.Sigma;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Alert.Part;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.MatchedIndicators;
import jp.hinomi.events.Observable;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.ingest.intel.IntelIndex;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;

class AlertFactoryTest {
    private static final City CITY = CityReader.read(Path.of("../examples/city"), warning -> {});

    private static SecurityEvent event() {
        return new SecurityEvent.Builder("logs.firewall-0-1", 1_800_000_000_000L)
                .put(Fields.CITY_SOURCE, "fw-edge-01")
                .put(Fields.SOURCE_IP, "203.0.113.7")
                .put(Fields.DESTINATION_IP, "10.20.10.11")
                .build();
    }

    @Test
    void theCitySaysWhatIsTouchedAndHowBadItIs() {
        Alert alert = new AlertFactory(Optional.of(CITY)).ofDetection(Sigma.detection("scan"), event());
        AffectedResource target = alert.resources().get(0);
        assertThat(target.part()).isEqualTo(Part.TARGET);
        assertThat(alert.resources()).contains(new AffectedResource("edge-network", Part.OBSERVER));
        Criticality criticality = CITY.resources().get(target.id()).criticality();
        assertThat(alert.severity()).isEqualTo(CITY.severity().severity(Severity.MEDIUM, Optional.of(criticality)));
        assertThat(alert.tlp()).isEqualTo(Tlp.AMBER);
    }

    @Test
    void withoutACityTheLevelIsTheSeverity() {
        Alert alert = new AlertFactory(Optional.empty()).ofDetection(Sigma.detection("scan"), event());
        assertThat(alert.resources()).isEmpty();
        assertThat(alert.severity()).isEqualTo(Severity.MEDIUM);
    }

    /** Seen to fail with one id: after the promotion nobody but the authors would hear of an alert that is open. */
    @Test
    void aRuleThatIsPromotedGivesOtherAlerts() {
        Alert experimental = new AlertFactory(Optional.of(CITY)).ofDetection(scan("experimental"), event());
        Alert test = new AlertFactory(Optional.of(CITY)).ofDetection(scan("test"), event());
        Alert stable = new AlertFactory(Optional.of(CITY)).ofDetection(scan("stable"), event());
        assertThat(test.id()).isNotEqualTo(experimental.id()).isEqualTo(stable.id());
    }

    private static DetectionRule scan(String status) {
        String text = "title: Scan\nname: scan\nstatus: " + status
                + "\nlogsource: {category: firewall}\ndetection:\n  it: {source.ip: 203.0.113.7}\n  condition: it\n";
        return RuleReader.readTexts(List.of(new RuleSource("scan.yml", text)), Placeholders.NONE)
                .rules()
                .detections()
                .iterator()
                .next();
    }

    @Test
    void anEventLearnsWhatItTouches() {
        Preparation preparation =
                new Preparation(new ClockCheck(Duration.ofHours(1), Duration.ofSeconds(10)), Optional.of(CITY));
        SecurityEvent prepared = preparation.prepare(event(), 1_800_000_000_000L);
        assertThat(prepared.text(Fields.CITY_RESOURCE)).isEqualTo("city-os-core");
        assertThat(prepared.text(Fields.CITY_LAYER)).isEqualTo("city-os");
        assertThat(prepared.has(Fields.CLOCK_SUSPECT)).isFalse();
    }

    @Test
    void aSuspectClockIsCorrelatedAtAppendTime() {
        Preparation preparation =
                new Preparation(new ClockCheck(Duration.ofHours(1), Duration.ofSeconds(10)), Optional.empty());
        SecurityEvent prepared = preparation.prepare(event(), 1_700_000_000_000L);
        assertThat(prepared.correlationMillis()).isEqualTo(1_700_000_000_000L);
        assertThat(prepared.timestampMillis()).isEqualTo(1_800_000_000_000L);
        assertThat(prepared.get(Fields.CLOCK_SUSPECT)).isEqualTo(true);
        assertThat(prepared.get(Fields.CLOCK_OFFSET_MS)).isEqualTo(100_000_000_000L);
    }

    @Test
    void anAlertListsTheIndicatorsOfItsEvidenceOnceAndIsAsRestrictedAsThey() {
        IntelIndex index = new IntelIndex();
        index.put(Indicator.builder("a", "f")
                .observable(Observable.Type.IPV4_ADDR, "203.0.113.7")
                .tlp(Tlp.AMBER_STRICT)
                .confidence(80)
                .build());
        index.put(Indicator.builder("b", "f")
                .observable(Observable.Type.IPV4_ADDR, "203.0.113.0/24")
                .tlp(Tlp.CLEAR)
                .build());
        Preparation preparation = new Preparation(
                new ClockCheck(Duration.ofHours(1), Duration.ofSeconds(10)),
                Optional.of(new ResourceResolver(CITY)),
                new IntelEnricher(index.matcher()));
        SecurityEvent prepared = preparation.prepare(event(), 1_800_000_000_000L);
        assertThat(prepared.text(Fields.CITY_RESOURCE)).isEqualTo("city-os-core");
        Alert alert = new AlertFactory(Optional.of(CITY)).ofDetection(Sigma.detection("scan"), prepared);
        assertThat(alert.indicators()).extracting(each -> each.get("id")).containsExactly("a", "b");
        assertThat(alert.tlp()).isEqualTo(Tlp.AMBER_STRICT);
    }

    @Test
    void aLogThatSpeaksOfIndicatorsInItsOwnWayDoesNoHarm() {
        SecurityEvent odd = event().toBuilder()
                .put(MatchedIndicators.FIELD, List.of("{", "7", "{\"id\":3}", "null", "{\"id\":\"x\",\"tlp\":[]}"))
                .build();
        Alert alert = new AlertFactory(Optional.of(CITY)).ofDetection(Sigma.detection("scan"), odd);
        assertThat(alert.indicators()).extracting(each -> each.get("id")).containsExactly("x");
        assertThat(alert.tlp()).isEqualTo(Tlp.AMBER);
    }
}
