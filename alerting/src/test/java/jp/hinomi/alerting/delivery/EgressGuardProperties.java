package jp.hinomi.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class EgressGuardProperties {
    private static final EgressGuard STRICT = new EgressGuard(List.of());

    private static boolean refused(EgressGuard guard, String host, String address) throws UnknownHostException {
        return guard.refusal(host, InetAddress.getByName(address)).isPresent();
    }

    /** The JDK's own idea of what is not public is narrower than ours, never wider. */
    @Property
    void whatTheJdkCallsLocalIsRefused(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            assertThat(STRICT.refusal("x", address)).isPresent();
        }
    }

    @Property
    void anAddressInsideAnotherIsJudgedByTheInnerOne(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        assertThat(STRICT.refusal("x", InetAddress.getByAddress(mapped)).isPresent())
                .isEqualTo(STRICT.refusal("x", InetAddress.getByAddress(bytes)).isPresent());
        byte[] translated = new byte[16];
        translated[1] = 0x64;
        translated[2] = (byte) 0xff;
        translated[3] = (byte) 0x9b;
        System.arraycopy(bytes, 0, translated, 12, 4);
        assertThat(STRICT.refusal("x", InetAddress.getByAddress(translated))).isPresent();
    }

    @Example
    void theEdgesOfWhatIsPublic() throws UnknownHostException {
        for (String inside : List.of(
                "0.0.0.0",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.255.255",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "fd00:ec2::254",
                "2002:7f00:1::",
                "64:ff9b::7f00:1")) {
            assertThat(refused(STRICT, "x", inside)).as(inside).isTrue();
        }
        for (String outside : List.of(
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "203.0.113.7",
                "2001:db8::1",
                "2400:4000::1")) {
            assertThat(refused(STRICT, "x", outside)).as(outside).isFalse();
        }
    }

    @Example
    void namingAHostAllowsItsNetworkButNoTrick() throws UnknownHostException {
        EgressGuard guard = new EgressGuard(List.of("siem.city.example.jp", "*.os.example.jp", "10.20.0.0/16"));
        assertThat(refused(guard, "siem.city.example.jp", "192.168.1.1")).isFalse();
        assertThat(refused(guard, "SIEM.city.example.jp", "127.0.0.1")).isFalse();
        assertThat(refused(guard, "a.os.example.jp", "10.1.1.1")).isFalse();
        assertThat(refused(guard, "os.example.jp", "10.1.1.1")).isTrue();
        assertThat(refused(guard, "eviltestos.example.jp", "10.1.1.1")).isTrue();
        assertThat(refused(guard, "anything", "10.20.255.1")).isFalse();
        assertThat(refused(guard, "anything", "10.21.0.1")).isTrue();
        assertThat(refused(guard, "siem.city.example.jp", "169.254.169.254")).isTrue();
        assertThat(refused(new EgressGuard(List.of("169.254.169.254")), "x", "169.254.169.254"))
                .isFalse();
    }
}
