package jp.hinomi.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import jp.hinomi.events.EventJson;
import jp.hinomi.rules.Logsource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogsourceTableTest {
    private static final String NGINX =
            "'\"event.module\":\"nginx\",\"event.dataset\":\"nginx.access\",\"event.category\":\"web\"'";

    @ParameterizedTest
    @CsvSource({
        // category, product, service, event, belongs
        "webserver, , , " + NGINX + ", true",
        "webserver, nginx, , " + NGINX + ", true",
        "webserver, apache, , " + NGINX + ", false",
        ", linux, sshd, " + NGINX + ", false",
        "firewall, , , " + NGINX + ", false",
        ", linux, sshd, '\"event.module\":\"openssh\",\"event.dataset\":\"openssh.auth\",\"process.name\":\"sshd\"', true",
        ", linux, sshd, '\"event.module\":\"openssh\",\"event.dataset\":\"openssh.auth\",\"process.name\":\"sudo\"', false",
        ", linux, sudo, '\"event.module\":\"openssh\",\"event.dataset\":\"openssh.auth\",\"process.name\":\"sudo\"', true",
        ", linux, auth, '\"event.module\":\"openssh\",\"event.dataset\":\"openssh.auth\",\"process.name\":\"sudo\"', true",
        "authentication, , , '\"event.dataset\":\"openssh.auth\"', true",
        ", suricata, alert, '\"event.module\":\"suricata\",\"event.dataset\":\"suricata.alert\"', true",
        ", suricata, alert, '\"event.module\":\"suricata\",\"event.dataset\":\"suricata.dns\"', false",
        "dns, , , '\"event.module\":\"suricata\",\"event.dataset\":\"suricata.dns\",\"event.category\":\"network\"', true",
        "firewall, , , '\"event.module\":\"suricata\",\"event.dataset\":\"suricata.flow\",\"event.category\":\"network\"', false",
        // one event belongs to several log sources
        "firewall, , , '\"event.module\":\"fortinet\",\"event.dataset\":\"fortinet.traffic\"', true",
        "network_connection, , , '\"event.module\":\"fortinet\",\"event.dataset\":\"fortinet.traffic\"', true",
        ", fortigate, traffic, '\"event.module\":\"fortinet\",\"event.dataset\":\"fortinet.traffic\"', true",
        // other shippers: the category decides where the data set is unknown
        "process_creation, linux, , '\"event.dataset\":\"acme.edr\",\"event.category\":[\"process\",\"host\"]', true",
        "process_creation, linux, , '\"event.dataset\":\"acme.edr\",\"event.category\":[\"file\"]', false",
        "process_creation, windows, , '\"event.category\":\"process\",\"host.os.type\":\"linux\"', false",
        // an event that says nothing, and a rule that nobody knows
        "process_creation, windows, , '\"acme\":1', true",
        "unheard_of, , , " + NGINX + ", true",
    })
    void belongs(String category, String product, String service, String fields, boolean belongs) {
        var event = EventJson.read(("{\"@timestamp\":0," + fields + "}").getBytes(), "test-0-1");
        Logsource logsource = new Logsource(
                Optional.ofNullable(category), Optional.ofNullable(product), Optional.ofNullable(service));
        assertThat(LogsourceTable.standard().accepts(logsource, EventKind.of(event)))
                .isEqualTo(belongs);
    }
}
