package jp.hinomi.ingest.decode.auth;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * Where sshd names the other end: {@code 203.0.113.7 port 4242}.
 *
 * @param port or -1
 * @param end index after it
 */
record Peer(String address, long port, int end) {
    private static final String PORT = " port ";

    /** @return null if there is no address at that index */
    static Peer at(String text, int from) {
        int end = text.indexOf(' ', from);
        end = end < 0 ? text.length() : end;
        int addressEnd = end;
        while (addressEnd > from
                && (text.charAt(addressEnd - 1) == ':' || text.charAt(addressEnd - 1) == ',')
                && Addresses.canonical(text, from, addressEnd) == null) {
            addressEnd--;
        }
        String address = Addresses.canonical(text, from, addressEnd);
        if (address == null) {
            // "[203.0.113.7]:4242", as in messages about dropped connections.
            int bracket = from < end && text.charAt(from) == '[' ? text.indexOf(']', from) : -1;
            address = bracket > 0 && bracket < end ? Addresses.canonical(text, from, bracket + 1) : null;
            if (address == null) {
                return null;
            }
            int digits = bracket + 1 < end && text.charAt(bracket + 1) == ':' ? bracket + 2 : end;
            int digitsEnd = Numbers.endOfDigits(text, digits);
            return new Peer(address, Numbers.parse(text, digits, digitsEnd), digitsEnd);
        }
        if (!text.startsWith(PORT, end)) {
            return new Peer(address, -1, addressEnd);
        }
        int digits = end + PORT.length();
        int digitsEnd = Numbers.endOfDigits(text, digits);
        return new Peer(address, Numbers.parse(text, digits, digitsEnd), digitsEnd);
    }

    void describe(EventDraft event) {
        event.source(address).number(Fields.SOURCE_PORT, port);
    }
}
