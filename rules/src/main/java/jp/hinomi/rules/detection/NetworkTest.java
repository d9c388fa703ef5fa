package jp.hinomi.rules.detection;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.SecurityEvent;

/** The value is an address inside the network. IPv4 addresses mapped into IPv6 count as IPv4. */
public record NetworkTest(IPAddress network) implements ValueTest {
    /** Only whole addresses: no wildcards, ranges, host names, or short forms such as {@code 10.1}. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowBinary(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBinary(false)
            .allowBase85(false)
            .getParentBuilder()
            .toParams();

    /** No address is longer. */
    private static final int LONGEST = 45;

    public NetworkTest {
        Objects.requireNonNull(network, "network");
    }

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one address; empty if the text is none of these. */
    public static Optional<NetworkTest> parse(String written) {
        IPAddress address = new IPAddressString(written.strip(), STRICT).getAddress();
        return address == null ? Optional.empty() : Optional.of(new NetworkTest(normal(address.toPrefixBlock())));
    }

    @Override
    public boolean holds(Object value, SecurityEvent event) {
        if (!(value instanceof String text) || !mayBeAddress(text)) {
            return false;
        }
        IPAddress address = new IPAddressString(text, STRICT).getAddress();
        return address != null && !address.isPrefixed() && network.contains(normal(address));
    }

    private static boolean mayBeAddress(String text) {
        return text.length() <= LONGEST && !text.isEmpty() && (text.indexOf('.') > 0 || text.indexOf(':') >= 0);
    }

    private static IPAddress normal(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }
}
