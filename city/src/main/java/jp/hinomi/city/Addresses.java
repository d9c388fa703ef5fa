package jp.hinomi.city;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses and blocks as people and logs write them; IPv4 inside IPv6 counts as IPv4. */
final class Addresses {
    private static final IPAddressStringParameters BLOCK = parameters();

    /** The longest text of one address: IPv6 with an IPv4 tail and a zone. */
    private static final int LONGEST = 80;

    private Addresses() {}

    /**
     * The address, or empty if the text is none: names, ranges, prefixes and octal digits are not. On the path of every
     * event, hence not by the library's parser of everything that was ever an address, which takes some microseconds.
     */
    static Optional<IPAddress> parse(String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? dottedQuad(text) : colons(text);
    }

    /** Four numbers of at most 255 without leading zeros (RFC 6943, 3.1.1: others are read differently by different programs). */
    private static Optional<IPAddress> dottedQuad(String text) {
        int address = 0;
        int part = -1;
        int parts = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (part == 0) {
                    return Optional.empty();
                }
                part = (part < 0 ? 0 : part * 10) + c - '0';
                if (part > 255) {
                    return Optional.empty();
                }
            } else if (c == '.' && part >= 0) {
                address = address << 8 | part;
                part = -1;
                parts++;
            } else {
                return Optional.empty();
            }
        }
        return parts == 4 && part >= 0 ? Optional.of(new IPv4Address(address << 8 | part)) : Optional.empty();
    }

    private static Optional<IPAddress> colons(String text) {
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if ((c >= 0x80 || Character.digit(c, 16) < 0) && c != ':' && c != '.') {
                return Optional.empty();
            }
        }
        try {
            // With a colon in it the JDK takes the text for a literal and asks no name server; it maps IPv4 in IPv6 to
            // IPv4.
            byte[] bytes = plain.indexOf(':') < 0
                    ? new byte[0]
                    : InetAddress.getByName(plain).getAddress();
            return switch (bytes.length) {
                case 4 -> Optional.of(new IPv4Address(bytes));
                case 16 -> Optional.of(new IPv6Address(bytes));
                default -> Optional.empty();
            };
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A block such as {@code 10.20.0.0/16}, or one address. */
    static IPAddress block(String text) {
        IPAddress address;
        try {
            address = new IPAddressString(text, BLOCK).toAddress();
        } catch (AddressStringException | IncompatibleAddressException e) {
            address = null;
        }
        if (address == null) {
            throw new Mistake(
                    "bad-cidr",
                    "'" + text + "' is not an address block",
                    "write it as 10.20.0.0/16 or 2001:db8::/32, or one address");
        }
        if (address.isPrefixed() && !address.isSinglePrefixBlock()) {
            throw new Mistake(
                    "bad-cidr",
                    "'" + text + "' has bits set after its prefix",
                    "did you mean " + address.toPrefixBlock().toCanonicalString() + "?");
        }
        // One address is one address, with /32 or without.
        IPAddress single = address.isPrefixed() && address.getPrefixLength() == address.getBitCount()
                ? address.withoutPrefixLength()
                : address;
        return single.isPrefixed() ? single : plain(single);
    }

    private static IPAddress plain(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    private static IPAddressStringParameters parameters() {
        return new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowWildcardedSeparator(false)
                .allowMask(false)
                .allowPrefix(true)
                .setRangeOptions(RangeParameters.NO_RANGE)
                .getIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowLeadingZeros(false)
                .getParentBuilder()
                .getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .getParentBuilder()
                .toParams();
    }
}
