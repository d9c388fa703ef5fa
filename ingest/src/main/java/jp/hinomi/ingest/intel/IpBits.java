package jp.hinomi.ingest.intel;

/**
 * The bits of one IP address, parsed from text without making objects: it stands on the path of every event. IPv4 inside
 * IPv6 counts as IPv4; a zone id is ignored. Reused; not thread-safe.
 */
final class IpBits {
    static final int V4_BITS = 32;
    static final int V6_BITS = 128;

    /** 32 or 128. */
    int width;
    /** The upper 64 bits of IPv6; 0 for IPv4. */
    long high;
    /** The lower 64 bits of IPv6; the 32 bits of IPv4. */
    long low;

    /** False if the text is not one address; the fields then mean nothing. */
    boolean parse(String text) {
        int end = text.length();
        if (end < 2 || end > 64) {
            return false;
        }
        if (text.indexOf(':') < 0) {
            width = V4_BITS;
            high = 0;
            low = v4(text, 0, end);
            return low >= 0;
        }
        int zone = text.indexOf('%');
        return v6(text, zone < 0 ? end : zone);
    }

    /** The 32 bits, or -1. Leading zeros are refused: some read them as octal. */
    private static long v4(String text, int from, int to) {
        long bits = 0;
        int parts = 1;
        int part = -1;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (part == 0) {
                    return -1;
                }
                part = (part < 0 ? 0 : part * 10) + c - '0';
                if (part > 255) {
                    return -1;
                }
            } else if (c == '.' && part >= 0) {
                bits = bits << 8 | part;
                part = -1;
                parts++;
            } else {
                return -1;
            }
        }
        return parts == 4 && part >= 0 ? bits << 8 | part : -1;
    }

    private boolean v6(String text, int end) {
        high = 0;
        low = 0;
        int groups = 0;
        int gap = -1;
        int at = 0;
        if (text.charAt(0) == ':') {
            if (end < 2 || text.charAt(1) != ':') {
                return false;
            }
            gap = 0;
            at = 2;
        }
        while (at < end) {
            int stop = at;
            int value = 0;
            while (stop < end && stop - at < 5) {
                int digit = hex(text.charAt(stop));
                if (digit < 0) {
                    break;
                }
                value = value << 4 | digit;
                stop++;
            }
            if (stop < end && text.charAt(stop) == '.') {
                long tail = v4(text, at, end);
                if (tail < 0 || groups > 6) {
                    return false;
                }
                push((int) (tail >>> 16));
                push((int) (tail & 0xFFFF));
                groups += 2;
                break;
            }
            if (stop == at || stop - at > 4 || groups == 8) {
                return false;
            }
            push(value);
            groups++;
            at = stop;
            if (at == end) {
                break;
            }
            if (text.charAt(at) != ':' || ++at == end) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = groups;
                at++;
            }
        }
        if (gap < 0 ? groups != 8 : groups > 7) {
            return false;
        }
        if (gap >= 0) {
            open(groups - gap, 8 - groups);
        }
        width = V6_BITS;
        if (high == 0 && low >>> 32 == 0xFFFF) {
            width = V4_BITS;
            low &= 0xFFFF_FFFFL;
        }
        return true;
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private void push(int group) {
        high = high << 16 | low >>> 48;
        low = low << 16 | group;
    }

    /** Puts {@code zeros} groups before the last {@code tail} groups. */
    private void open(int tail, int zeros) {
        long tailHigh = high & highMask(128 - 16 * tail, true);
        long tailLow = low & lowMask(128 - 16 * tail, true);
        long headHigh = high ^ tailHigh;
        long headLow = low ^ tailLow;
        int shift = 16 * zeros;
        if (shift >= 64) {
            headHigh = shift >= 128 ? 0 : headLow << (shift - 64);
            headLow = 0;
        } else if (shift > 0) {
            headHigh = headHigh << shift | headLow >>> (64 - shift);
            headLow <<= shift;
        }
        high = headHigh | tailHigh;
        low = headLow | tailLow;
    }

    private static long highMask(int prefix, boolean inverse) {
        long mask = prefix >= 64 ? -1L : prefix == 0 ? 0 : -1L << (64 - prefix);
        return inverse ? ~mask : mask;
    }

    private static long lowMask(int prefix, boolean inverse) {
        long mask = prefix <= 64 ? 0 : prefix >= 128 ? -1L : -1L << (128 - prefix);
        return inverse ? ~mask : mask;
    }

    /** The upper half of the block with that prefix length that holds the address. */
    long maskedHigh(int prefix) {
        return width == V4_BITS ? 0 : high & highMask(prefix, false);
    }

    /** The lower half of it. */
    long maskedLow(int prefix) {
        return width == V4_BITS
                ? (prefix == 0 ? 0 : low & (-1L << (V4_BITS - prefix)) & 0xFFFF_FFFFL)
                : low & lowMask(prefix, false);
    }
}
