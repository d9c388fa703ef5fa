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
        // a web application firewall sees requests as the web server does
        "webserver, , , '\"event.module\":\"modsecurity\",\"event.dataset\":\"modsecurity.auditlog\",\"event.category\":[\"web\",\"intrusion_detection\"]', true",
        "webserver, , , '\"event.module\":\"aws\",\"event.dataset\":\"aws.waf\",\"event.category\":[\"web\",\"network\"]', true",
        "waf, , , '\"event.module\":\"f5\",\"event.dataset\":\"f5.asm\",\"event.category\":\"web\"', true",
        "waf, , , '\"event.module\":\"nginx\",\"event.dataset\":\"nginx.access\",\"event.category\":\"web\"', false",
        ", modsecurity, , '\"event.module\":\"modsecurity\",\"event.dataset\":\"modsecurity.error\",\"event.category\":[\"web\",\"intrusion_detection\"]', true",
        ", aws, waf, '\"event.module\":\"aws\",\"event.dataset\":\"aws.waf\",\"event.category\":[\"web\",\"network\"]', true",
        ", aws, cloudtrail, '\"event.module\":\"aws\",\"event.dataset\":\"aws.waf\",\"event.category\":[\"web\",\"network\"]', false",
        // error logs are the service, and no access log
        ", , apache, '\"event.module\":\"apache\",\"event.dataset\":\"apache.error\",\"event.category\":\"web\"', true",
        ", nginx, error, '\"event.module\":\"nginx\",\"event.dataset\":\"nginx.error\",\"event.category\":\"web\"', true",
        ", nginx, access, '\"event.module\":\"nginx\",\"event.dataset\":\"nginx.error\",\"event.category\":\"web\"', false",
        "webserver, , , '\"event.module\":\"nginx\",\"event.dataset\":\"nginx.error\",\"event.category\":\"web\"', false",
        // firewalls of one data set: traffic and logins by their category, not both
        "firewall, , , '\"event.module\":\"cisco\",\"event.dataset\":\"cisco.asa\",\"event.category\":\"network\"', true",
        "authentication, , , '\"event.module\":\"cisco\",\"event.dataset\":\"cisco.asa\",\"event.category\":\"authentication\"', true",
        "authentication, , , '\"event.module\":\"cisco\",\"event.dataset\":\"cisco.asa\",\"event.category\":\"network\"', false",
        "firewall, , , '\"event.module\":\"checkpoint\",\"event.dataset\":\"checkpoint.firewall\",\"event.category\":\"network\"', true",
        "authentication, , , '\"event.module\":\"checkpoint\",\"event.dataset\":\"checkpoint.firewall\",\"event.category\":\"authentication\"', true",
        "authentication, , , '\"event.module\":\"checkpoint\",\"event.dataset\":\"checkpoint.firewall\",\"event.category\":\"network\"', false",
        "firewall, , , '\"event.module\":\"juniper\",\"event.dataset\":\"juniper.srx\",\"event.category\":\"network\"', true",
        "authentication, , , '\"event.module\":\"juniper\",\"event.dataset\":\"juniper.srx\",\"event.category\":\"authentication\"', true",
        "authentication, , , '\"event.module\":\"juniper\",\"event.dataset\":\"juniper.srx\",\"event.category\":\"network\"', false",
        "firewall, , , '\"event.module\":\"yamaha\",\"event.dataset\":\"yamaha.rtx\",\"event.category\":\"network\"', true",
        "authentication, , , '\"event.module\":\"yamaha\",\"event.dataset\":\"yamaha.rtx\",\"event.category\":\"authentication\"', true",
        "authentication, , , '\"event.module\":\"yamaha\",\"event.dataset\":\"yamaha.rtx\",\"event.category\":\"network\"', false",
        ", juniper, , '\"event.module\":\"juniper\",\"event.dataset\":\"juniper.srx\",\"event.category\":\"network\"', true",
        ", cisco, , '\"event.module\":\"juniper\",\"event.dataset\":\"juniper.srx\",\"event.category\":\"network\"', false",
        // and of several
        "firewall, paloalto, , '\"event.module\":\"panw\",\"event.dataset\":\"panw.traffic\",\"event.category\":\"network\"', true",
        "authentication, , , '\"event.module\":\"panw\",\"event.dataset\":\"panw.globalprotect\",\"event.category\":\"authentication\"', true",
        "authentication, , , '\"event.module\":\"panw\",\"event.dataset\":\"panw.traffic\",\"event.category\":\"network\"', false",
        "antivirus, , , '\"event.module\":\"panw\",\"event.dataset\":\"panw.threat\",\"event.category\":[\"malware\",\"network\"]', true",
        "authentication, fortigate, , '\"event.module\":\"fortinet\",\"event.dataset\":\"fortinet.event\",\"event.category\":\"authentication\"', true",
        // applications
        "application, spring, , '\"event.module\":\"spring\",\"event.dataset\":\"spring.log\"', true",
        "application, jvm, , '\"event.module\":\"tomcat\",\"event.dataset\":\"tomcat.log\"', true",
        "application, python, , '\"event.module\":\"otel\",\"event.dataset\":\"otel.log\"', true",
        "application, django, , '\"event.module\":\"spring\",\"event.dataset\":\"spring.log\"', false",
        "authentication, , , '\"event.module\":\"spring\",\"event.dataset\":\"spring.log\",\"event.category\":\"authentication\"', true",
        "webserver, , , '\"event.module\":\"spring\",\"event.dataset\":\"spring.log\"', false",
        "webserver, , , '\"event.module\":\"tomcat\",\"event.dataset\":\"tomcat.access\",\"event.category\":\"web\"', true",
        // programs that write to syslog or the journal
        ", linux, vsftpd, '\"event.module\":\"linux\",\"event.dataset\":\"journald.log\",\"process.name\":\"vsftpd\"', true",
        ", linux, vsftpd, '\"event.module\":\"linux\",\"event.dataset\":\"journald.log\",\"process.name\":\"dhclient\"', false",
        ", linux, cron, '\"event.module\":\"syslog\",\"event.dataset\":\"syslog.log\",\"process.name\":\"CRON\"', true",
        ", linux, syslog, '\"event.module\":\"syslog\",\"event.dataset\":\"syslog.log\",\"process.name\":\"kernel\"', true",
        "firewall, linux, , '\"event.module\":\"iptables\",\"event.dataset\":\"iptables.log\",\"event.category\":\"network\"', true",
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
