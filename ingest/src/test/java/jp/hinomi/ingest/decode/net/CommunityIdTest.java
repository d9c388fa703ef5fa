package jp.hinomi.ingest.decode.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values are those of the specification's baseline; leaving out the swap or the padding byte breaks half of them. */
class CommunityIdTest {
    @ParameterizedTest
    @CsvSource({
        "6, 128.232.110.120, 66.35.250.204, 34855, 80, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "17, 192.168.1.52, 8.8.8.8, 54585, 53, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
        "1, 192.168.0.89, 192.168.0.1, 8, 0, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
    })
    void namesTheFlowOfTheBaseline(
            int protocol, String source, String destination, int sourcePort, int destinationPort, String expected) {
        assertThat(CommunityId.of(protocol, source, destination, sourcePort, destinationPort))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 192.0.2.1, 198.51.100.7, 40000, 443",
        "17, 2001:db8::1, 2001:db8::2, 5353, 53",
        "132, 192.0.2.1, 192.0.2.1, 9, 8",
    })
    void isTheSameInBothDirections(int protocol, String one, String other, int onePort, int otherPort) {
        assertThat(CommunityId.of(protocol, one, other, onePort, otherPort))
                .isNotNull()
                .isEqualTo(CommunityId.of(protocol, other, one, otherPort, onePort));
    }

    @Test
    void anEchoAndItsReplyAreOneFlow() {
        assertThat(CommunityId.of(1, "192.0.2.1", "198.51.100.7", 8, 0))
                .isEqualTo(CommunityId.of(1, "198.51.100.7", "192.0.2.1", 0, 0));
        assertThat(CommunityId.of(58, "2001:db8::1", "2001:db8::2", 128, 0))
                .isEqualTo(CommunityId.of(58, "2001:db8::2", "2001:db8::1", 129, 0));
    }

    @Test
    void aProtocolWithoutPortsNeedsNone() {
        assertThat(CommunityId.of(47, "192.0.2.1", "198.51.100.7", CommunityId.NO_PORT, CommunityId.NO_PORT))
                .isEqualTo(CommunityId.of(47, "198.51.100.7", "192.0.2.1", 7, 9))
                .startsWith("1:");
    }

    @Test
    void saysNothingWhereAPartIsMissing() {
        assertThat(CommunityId.of(6, "192.0.2.1", "198.51.100.7", CommunityId.NO_PORT, 80))
                .isNull();
        assertThat(CommunityId.of(6, "192.0.2.1", "2001:db8::1", 1, 80)).isNull();
        assertThat(CommunityId.of(6, "city.example", "198.51.100.7", 1, 80)).isNull();
        assertThat(CommunityId.of(6, "192.0.2.1", null, 1, 80)).isNull();
        assertThat(CommunityId.of(256, "192.0.2.1", "198.51.100.7", 1, 80)).isNull();
    }
}
