package jp.hinomi.city;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import java.util.Optional;

/** IP addresses and blocks as people and logs write them; IPv4 inside IPv6 counts as IPv4. */
final class Addresses {
    private static final IPAddressStringParameters ADDRESS = parameters(false);
    private static final IPAddressStringParameters BLOCK = parameters(true);

    /** The longest text of one address: IPv6 with an IPv4 tail and a zone. */
    private static final int LONGEST = 80;

    private Addresses() {}

    /** The address, or empty if the text is none: names, ranges, prefixes and octal digits are not. */
    static Optional<IPAddress> parse(String text) {
        if (text == null || text.length() > LONGEST || !looksLikeAddress(text)) {
            return Optional.empty();
        }
        int zone = text.indexOf('%');
        try {
            return Optional.of(
                    plain(new IPAddressString(zone < 0 ? text : text.substring(0, zone), ADDRESS).toAddress()));
        } catch (AddressStringException | IncompatibleAddressException e) {
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

    /** Spares the parser most host names, which it would refuse at the price of an exception. */
    private static boolean looksLikeAddress(String text) {
        boolean colon = false;
        boolean onlyDigitsAndDots = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            colon |= c == ':';
            onlyDigitsAndDots &= c == '.' || (c >= '0' && c <= '9');
        }
        return colon || onlyDigitsAndDots;
    }

    private static IPAddressStringParameters parameters(boolean prefix) {
        return new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowWildcardedSeparator(false)
                .allowMask(false)
                .allowPrefix(prefix)
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
