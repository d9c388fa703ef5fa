package jp.hinomi.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import jp.hinomi.standalone.terminal.Texts;
import org.junit.jupiter.api.Test;

class UpPortsTest {
    private static final Texts ENGLISH = Texts.in(Locale.ENGLISH);

    @Test
    void names_every_taken_port_at_once_with_the_option_that_chooses_another() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket kafka = new ServerSocket(0, 1, loopback);
                ServerSocket console = new ServerSocket(0, 1, loopback);
                DatagramSocket syslog = new DatagramSocket(0, loopback)) {
            UpPorts ports = new UpPorts(console.getLocalPort(), kafka.getLocalPort(), syslog.getLocalPort(), 0, 0);
            assertThat(ports.problems("127.0.0.1", ENGLISH))
                    .hasSize(3)
                    .anySatisfy(text -> assertThat(text)
                            .contains("Console: port " + console.getLocalPort())
                            .contains("--console-port"))
                    .anySatisfy(text -> assertThat(text).contains("--kafka-port"))
                    .anySatisfy(
                            text -> assertThat(text).contains("Syslog (UDP)").contains("--syslog-port"));
        }
    }

    /** Failed with one "port is taken" per port, of which none was. 192.0.2.0/24 is nobody's (RFC 5737). */
    @Test
    void an_address_of_another_machine_is_one_problem_and_not_five_taken_ports() throws Exception {
        assertThat(new UpPorts(18080, 0, 15514, 18088, 0).problems("192.0.2.77", ENGLISH))
                .singleElement()
                .asString()
                .contains("192.0.2.77", "--listen")
                .doesNotContain("taken");
    }

    @Test
    void any_free_port_is_never_a_problem() throws Exception {
        assertThat(new UpPorts(0, 0, 0, 0, 0).problems("127.0.0.1", ENGLISH)).isEmpty();
    }

    @Test
    void refuses_numbers_that_are_no_ports() {
        assertThatThrownBy(() -> new UpPorts(70000, 0, 0, 0, 0)).hasMessageContaining("70000");
    }
}
