package jp.hinomi.ingest.decode.net;

/** Hardware addresses as ECS writes them (RFC 7042): {@code 00-00-5E-00-53-23}. Stateless. */
public final class MacAddress {
    private static final int OCTETS_48 = 12;
    private static final int OCTETS_64 = 16;

    private MacAddress() {}

    /**
     * @param text with colons, dashes or nothing between the digits, or a dot between groups of four as Cisco writes it; other
     *     dots are an IPv4 address, which may well have twelve digits
     * @return null if it is not an address of 48 or 64 bits
     */
    public static String ecs(String text) {
        if (text == null || text.length() < OCTETS_48 || text.length() > 23) {
            return null;
        }
        boolean dotted = text.indexOf('.') >= 0;
        if (dotted && text.length() % 5 != 4) {
            return null;
        }
        StringBuilder out = new StringBuilder(23);
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (dotted ? c == '.' && i % 5 == 4 : c == ':' || c == '-') {
                continue;
            }
            if (c > 'f' || Character.digit(c, 16) < 0) {
                return null;
            }
            if (digits > 0 && digits % 2 == 0) {
                out.append('-');
            }
            out.append(c >= 'a' ? (char) (c - 'a' + 'A') : c);
            digits++;
        }
        return digits == OCTETS_48 || digits == OCTETS_64 ? out.toString() : null;
    }
}
