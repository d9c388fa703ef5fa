package jp.hinomi.ingest.decode.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The flow hash that gives one flow the same name in every device that saw it: {@code network.community_id}, version 1
 * of Corelight's Community ID specification with seed 0. The same for both directions. Stateless and thread-safe.
 */
public final class CommunityId {
    /** Means that the port is not known or the protocol has none. */
    public static final int NO_PORT = -1;

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP6 = 58;
    private static final int SCTP = 132;
    private static final int[] NO_ANSWER = {};

    /** A digest is costly to make and cannot be shared. */
    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(CommunityId::sha1);

    /** ICMP types that answer each other, in pairs; a flow is named by the pair, whoever asks. */
    private static final int[] ICMP_PAIRS = {0, 8, 9, 10, 13, 14, 15, 16, 17, 18};

    private static final int[] ICMP6_PAIRS = {128, 129, 130, 131, 133, 134, 135, 136, 139, 140, 144, 145};

    private CommunityId() {}

    /**
     * @param protocol the IANA number, 0–255
     * @param source a canonical address, as {@link jp.hinomi.ingest.decode.text.Addresses} writes it
     * @param destination likewise
     * @param sourcePort 0–65535, for ICMP the type; {@link #NO_PORT} if unknown
     * @param destinationPort 0–65535, for ICMP the code; {@link #NO_PORT} if unknown
     * @return null if a part that the protocol needs is missing, or the addresses are of different families
     */
    public static String of(int protocol, String source, String destination, int sourcePort, int destinationPort) {
        byte[] from = bytes(source);
        byte[] to = bytes(destination);
        if (from == null || to == null || from.length != to.length || protocol < 0 || protocol > 255) {
            return null;
        }
        if (!hasPorts(protocol)) {
            return hash(protocol, from, to, NO_PORT, NO_PORT, false);
        }
        if (outside(sourcePort) || outside(destinationPort)) {
            return null;
        }
        int answer = answerTo(protocol, sourcePort);
        boolean icmp = protocol == ICMP || protocol == ICMP6;
        return icmp && answer >= 0
                ? hash(protocol, from, to, sourcePort, answer, false)
                : hash(protocol, from, to, sourcePort, destinationPort, icmp);
    }

    private static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP || protocol == ICMP || protocol == ICMP6;
    }

    private static boolean outside(int port) {
        return port < 0 || port > 0xFFFF;
    }

    private static int answerTo(int protocol, int type) {
        int[] pairs = protocol == ICMP ? ICMP_PAIRS : protocol == ICMP6 ? ICMP6_PAIRS : NO_ANSWER;
        for (int i = 0; i < pairs.length; i++) {
            if (pairs[i] == type) {
                return pairs[i ^ 1];
            }
        }
        return -1;
    }

    private static String hash(
            int protocol, byte[] from, byte[] to, int sourcePort, int destinationPort, boolean oneWay) {
        int order = Arrays.compareUnsigned(from, to);
        boolean swap = !oneWay && (order > 0 || order == 0 && sourcePort > destinationPort);
        byte[] text = new byte[2 + 2 * from.length + 2 + (sourcePort == NO_PORT ? 0 : 4)];
        System.arraycopy(swap ? to : from, 0, text, 2, from.length);
        System.arraycopy(swap ? from : to, 0, text, 2 + from.length, from.length);
        int at = 2 + 2 * from.length;
        text[at] = (byte) protocol;
        if (sourcePort != NO_PORT) {
            put(text, at + 2, swap ? destinationPort : sourcePort);
            put(text, at + 4, swap ? sourcePort : destinationPort);
        }
        return "1:" + Base64.getEncoder().encodeToString(SHA1.get().digest(text));
    }

    private static void put(byte[] text, int at, int port) {
        text[at] = (byte) (port >>> 8);
        text[at + 1] = (byte) port;
    }

    private static byte[] bytes(String canonical) {
        if (canonical == null
                || canonical.isEmpty()
                || Character.digit(canonical.charAt(0), 16) < 0 && canonical.charAt(0) != ':') {
            return null; // a name would be looked up
        }
        if (canonical.indexOf(':') < 0) {
            return v4(canonical);
        }
        try {
            return InetAddress.getByName(canonical).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Four decimal numbers; null if it is none. The library's way to them costs as much as the digest. */
    private static byte[] v4(String text) {
        byte[] bytes = new byte[4];
        int part = 0;
        int value = 0;
        int digits = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.' && digits > 0 && part < 4) {
                bytes[part++] = (byte) value;
                value = 0;
                digits = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                value = value * 10 + c - '0';
                digits++;
                if (value > 255) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return part == 4 ? bytes : null;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
