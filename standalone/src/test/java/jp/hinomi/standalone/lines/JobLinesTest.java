package jp.hinomi.standalone.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.map.LineDecoder;
import jp.hinomi.alerting.map.Pasted;
import jp.hinomi.alerting.notice.ShownLines;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.standalone.CityFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the console answers of a pasted line, in the example city. */
class JobLinesTest {
    private static CityMap map;
    private static Optional<LineDecoder> decoder;

    @BeforeAll
    static void read() throws IOException {
        map = CityMap.of(CityFolder.read(Path.of("../examples/city"), problem -> {}));
        decoder = ServiceLoader.load(LineDecoder.class).findFirst();
    }

    private static Pasted ask(String text, String... source) {
        return Pasted.ask(
                map,
                new Pasted.Question(
                        text,
                        List.of(source).stream().findFirst(),
                        Severity.HIGH,
                        Tlp.AMBER,
                        Instant.parse("2026-12-07T03:00:00Z")),
                decoder);
    }

    /** {@code field = value → part resource}, of what led somewhere. */
    private static List<String> led(Pasted answer) {
        return answer.lines().stream()
                .flatMap(line -> line.readings().stream())
                .flatMap(reading -> reading.led().stream()
                        .map(led -> reading.field().name() + " = " + reading.value() + " → "
                                + led.part().word() + " " + led.resource().id()))
                .toList();
    }

    @Test
    void aLineIsReadAsTheJobWouldAndLeadsByHostDeviceServiceAndDataClass() {
        Pasted firewall = ask("date=2026-04-01 time=10:00:00 devname=\"edge\" devid=\"FGT60FTK00000001\""
                + " logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"notice\" vd=\"root\""
                + " srcip=203.0.113.9 srcport=4242 dstip=10.30.10.11 dstport=443 proto=6 action=\"accept\" policyid=1");
        assertThat(firewall.lines()).extracting(line -> line.format()).containsExactly("fortigate");
        assertThat(led(firewall))
                .contains(
                        "destination.ip = 10.30.10.11 → target bousai-portal",
                        "observer.serial_number = FGT60FTK00000001 → observer edge-network");
        // Words are not searched any more: what a line only names is not attacked.
        assertThat(firewall.found()).isEmpty();
        assertThat(contacts(firewall)).contains("bousai-noc");

        String json = "{\"@timestamp\":\"2026-04-01T01:00:00Z\",\"event.id\":\"e\",\"%s\":\"%s\"}";
        assertThat(led(ask(json.formatted("service.name", "iryo-portal"))))
                .containsExactly("service.name = iryo-portal → target iryo-portal");
        assertThat(led(ask(json.formatted("city.data_class", "health"))))
                .containsExactly("city.data_class = health → target health-records");
        assertThat(led(ask(json.formatted("host.name", "bastion.os.minato.example.jp"))))
                .containsExactly("host.name = bastion.os.minato.example.jp → target maintenance-bastion");
    }

    @Test
    void whoseLineItIsLeadsToItsResource() {
        String line = "Apr  1 10:00:00 somewhere sshd[1]: Failed password for root from 203.0.113.7 port 4242 ssh2";
        assertThat(ask(line).alert().resources()).isEmpty();
        Pasted answer = ask(line, "bastion-01");
        assertThat(led(answer)).contains("city.source = bastion-01 → target maintenance-bastion");
        assertThatThrownBy(() -> ask(line, "bastion-02")).hasMessageContaining("bastion-01");
        // Cannot be read as its format: said, and searched for what it names.
        Pasted broken = ask("this is no line of nginx, and names 10.30.10.11", "web-bousai-01");
        assertThat(broken.lines().get(0).rejected()).isPresent();
        assertThat(broken.found()).containsOnlyKeys("10.30.10.11");
    }

    @Test
    void whatIsNoLineIsFoundAsBefore() {
        assertThat(ask("10.30.10.11").lines()).isEmpty();
        assertThat(ask("10.30.10.11\nbastion.os.minato.example.jp").found())
                .containsOnlyKeys("10.30.10.11", "bastion.os.minato.example.jp");
        assertThat(ask("who answers for 10.30.10.11 please").found()).containsKey("10.30.10.11");
        assertThat(ask("").alert().resources()).isEmpty();
    }

    /** The line as a message would show it: of others' lines nothing, of people only to whom they are known. */
    @Test
    void eachSeesTheLineAsAMessageWouldShowIt() {
        Pasted answer =
                ask("{\"@timestamp\":\"2026-04-01T01:00:00Z\",\"event.id\":\"e\",\"destination.ip\":\"10.30.10.11\","
                        + "\"message\":\"mail of taro@example.jp\"}");
        List<String> seen = answer.decision().recipients().stream()
                .flatMap(recipient -> ShownLines.of(map, answer.alert(), recipient).stream())
                .toList();
        assertThat(seen).isNotEmpty();
        assertThat(String.join("\n", seen)).contains("[mail]");
        Recipient one = answer.decision().recipients().get(0);
        assertThat(ShownLines.of(
                        map,
                        answer.alert(),
                        one.over(Tlp.RED, one.contact().channels().get(0))))
                .isEmpty();
    }

    private static List<String> contacts(Pasted answer) {
        return answer.decision().recipients().stream()
                .map(recipient -> recipient.contact().id())
                .toList();
    }
}
