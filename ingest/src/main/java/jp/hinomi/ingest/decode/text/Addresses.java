package jp.hinomi.ingest.decode.text;

/**
 * IP addresses in canonical text: IPv4 dotted, IPv6 as RFC 5952 says, IPv4-mapped IPv6 as IPv4, without zone id.
 * Stateless. Never asks a name server.
 */
public final class Addresses {
    private static final int GROUPS = 8;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Addresses() {}

    /** The canonical text, or null if it is not an address. */
    public static String canonical(String text) {
        return text == null ? null : canonical(text, 0, text.length());
    }

    /** As the other, for a part of the text; square brackets around it are dropped. */
    public static String canonical(String text, int from, int to) {
        if (to - from >= 2 && text.charAt(from) == '[' && text.charAt(to - 1) == ']') {
            from++;
            to--;
        }
        if (to - from < 2 || to - from > 100) {
            return null;
        }
        int end = Math.min(to, from + 5);
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return v6(text, from, to);
            }
            if (c == '.') {
                return v4(text, from, to) == NOT_V4 ? null : text.substring(from, to);
            }
        }
        return null;
    }

    private static final long NOT_V4 = -1;

    /** The 32 bits, or -1. Leading zeros are refused: some read them as octal. */
    private static long v4(String text, int from, int to) {
        if (to - from > 15) {
            return NOT_V4;
        }
        long bits = 0;
        int parts = 1;
        int value = -1;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (value < 0 || ++parts > 4) {
                    return NOT_V4;
                }
                bits = bits << 8 | value;
                value = -1;
            } else if (c >= '0' && c <= '9') {
                if (value == 0) {
                    return NOT_V4;
                }
                value = (value < 0 ? 0 : value) * 10 + (c - '0');
                if (value > 255) {
                    return NOT_V4;
                }
            } else {
                return NOT_V4;
            }
        }
        return parts == 4 && value >= 0 ? bits << 8 | value : NOT_V4;
    }

    private static String v6(String text, int from, int to) {
        int zone = text.indexOf('%', from);
        if (zone >= 0 && zone < to) {
            to = zone;
        }
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int i = from;
        if (to - from >= 2 && text.charAt(from) == ':') {
            if (text.charAt(from + 1) != ':') {
                return null;
            }
            gap = 0;
            i = from + 2;
        }
        while (i < to) {
            if (count == GROUPS) {
                return null;
            }
            int end = i;
            int value = 0;
            while (end < to && end - i < 5) {
                int digit = Character.digit(text.charAt(end), 16);
                if (digit < 0 || text.charAt(end) > 'f') {
                    break;
                }
                value = value << 4 | digit;
                end++;
            }
            if (end < to && text.charAt(end) == '.') {
                long bits = v4(text, i, to);
                if (bits == NOT_V4 || count > GROUPS - 2) {
                    return null;
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) (bits & 0xFFFF);
                i = to;
                break;
            }
            if (end == i || end - i > 4) {
                return null;
            }
            groups[count++] = value;
            i = end;
            if (i == to) {
                break;
            }
            if (text.charAt(i) != ':') {
                return null;
            }
            i++;
            if (i < to && text.charAt(i) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                i++;
            } else if (i == to) {
                return null;
            }
        }
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return null;
        }
        if (gap >= 0) {
            int tail = count - gap;
            System.arraycopy(groups, gap, groups, GROUPS - tail, tail);
            java.util.Arrays.fill(groups, gap, GROUPS - tail, 0);
        }
        return format(groups);
    }

    private static String format(int[] groups) {
        if ((groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0 && groups[5] == 0xFFFF) {
            return (groups[6] >> 8) + "." + (groups[6] & 0xFF) + "." + (groups[7] >> 8) + "." + (groups[7] & 0xFF);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; ) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
            i = Math.max(end, i + 1);
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
                continue;
            }
            if (out.length() > 0 && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            hex(out, groups[i]);
        }
        return out.toString();
    }

    private static void hex(StringBuilder out, int group) {
        boolean started = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = group >> shift & 0xF;
            if (digit != 0 || started || shift == 0) {
                out.append(HEX[digit]);
                started = true;
            }
        }
    }

    /** True for addresses that no packet from the internet carries: private, shared, loopback, link-local, multicast. */
    public static boolean isInternal(String canonical) {
        if (canonical.indexOf(':') >= 0) {
            return canonical.startsWith("fc")
                    || canonical.startsWith("fd")
                    || canonical.startsWith("fe8")
                    || canonical.startsWith("fe9")
                    || canonical.startsWith("fea")
                    || canonical.startsWith("feb")
                    || canonical.startsWith("ff")
                    || canonical.equals("::1");
        }
        long bits = v4(canonical, 0, canonical.length());
        int first = (int) (bits >>> 24);
        int second = (int) (bits >>> 16 & 0xFF);
        return first == 10
                || first == 127
                || first >= 224
                || first == 172 && second >= 16 && second < 32
                || first == 192 && second == 168
                || first == 169 && second == 254
                || first == 100 && second >= 64 && second < 128;
    }
}
