package jp.hinomi.ingest.intel;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import jp.hinomi.events.Observable;

/**
 * One thing that leads to an indicator, in the form in which it is compared.
 *
 * @param kind ordinal of a {@link Subject}, or one of {@link Kinds}
 * @param text the canonical value; of a block its canonical address and prefix length
 */
record Key(int kind, String text) {
    /** @throws IllegalArgumentException if the value is none of its type; the message says what one looks like */
    static Key of(Observable observable) {
        String value = observable.value().strip();
        return switch (observable.type()) {
            case IPV4_ADDR, IPV6_ADDR -> address(observable, value);
            case DOMAIN_TREE -> new Key(Kinds.TREE, canonical(observable, Subject.DOMAIN, value));
            default -> {
                Subject subject = Subject.of(observable.type());
                yield new Key(subject.ordinal(), canonical(observable, subject, value));
            }
        };
    }

    private static String canonical(Observable observable, Subject subject, String value) {
        String canonical = subject.canonical(value);
        if (canonical == null) {
            throw wrong(observable);
        }
        return canonical;
    }

    private static Key address(Observable observable, String value) {
        int slash = value.indexOf('/');
        String address = Subject.IP.canonical(slash < 0 ? value : value.substring(0, slash));
        if (address == null) {
            throw wrong(observable);
        }
        boolean v4 = address.indexOf(':') < 0;
        if (v4 != (observable.type() == Observable.Type.IPV4_ADDR)) {
            throw new IllegalArgumentException("'" + value + "' is not of type "
                    + observable.type().word() + ": use "
                    + (v4 ? Observable.Type.IPV4_ADDR : Observable.Type.IPV6_ADDR).word());
        }
        int width = v4 ? IpBits.V4_BITS : IpBits.V6_BITS;
        if (slash < 0) {
            return new Key(Subject.IP.ordinal(), address);
        }
        String length = value.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > width) {
            throw wrong(observable);
        }
        int prefix = Integer.parseInt(length);
        return prefix == width
                ? new Key(Subject.IP.ordinal(), address)
                : new Key(Kinds.BLOCK, firstOf(address, prefix) + "/" + prefix);
    }

    /** The first address of a block: feeds write {@code 198.51.100.7/24} too, and mean the block. */
    private static String firstOf(String address, int prefix) {
        IpBits bits = new IpBits();
        bits.parse(address);
        return text(bits.width, bits.maskedHigh(prefix), bits.maskedLow(prefix));
    }

    private static IllegalArgumentException wrong(Observable observable) {
        String example = switch (observable.type()) {
            case IPV4_ADDR -> "203.0.113.7 or 198.51.100.0/24";
            case IPV6_ADDR -> "2001:db8::7 or 2001:db8::/32";
            case DOMAIN_NAME, DOMAIN_TREE -> "c2.example";
            case URL -> "http://c2.example/path";
            case MD5 -> "32 hexadecimal digits";
            case SHA1 -> "40 hexadecimal digits";
            case SHA256 -> "64 hexadecimal digits";
            case SHA512 -> "128 hexadecimal digits";
            case EMAIL_ADDR -> "someone@c2.example";
        };
        String shown =
                observable.value().length() > 80 ? observable.value().substring(0, 80) + "…" : observable.value();
        return new IllegalArgumentException(
                "'" + shown + "' is not of type " + observable.type().word() + ": write " + example);
    }

    static Key block(int width, int prefix, long high, long low) {
        return new Key(Kinds.BLOCK, text(width, high, low) + "/" + prefix);
    }

    /** The hash under which the key is found. */
    long hash(Hashing hashing) {
        if (kind == Kinds.BLOCK) {
            int slash = text.indexOf('/');
            IpBits bits = new IpBits();
            bits.parse(text.substring(0, slash));
            return blockHash(hashing, bits.width, Integer.parseInt(text.substring(slash + 1)), bits.high, bits.low);
        }
        if (kind == Subject.IP.ordinal()) {
            IpBits bits = new IpBits();
            bits.parse(text);
            return ipHash(hashing, bits);
        }
        return switch (kind) {
            case Kinds.TREE, Kinds.URL_HOST -> hashing.name(kind, text, 0, text.length());
            case Kinds.ID -> hashing.text(kind, text);
            default ->
                switch (Subject.at(kind)) {
                    case DOMAIN -> hashing.name(kind, text, 0, text.length());
                    case MD5, SHA1, SHA256, SHA512 -> hashing.lowered(kind, text);
                    default -> hashing.text(kind, text);
                };
        };
    }

    static long ipHash(Hashing hashing, IpBits bits) {
        return hashing.bits(bits.width == IpBits.V4_BITS ? 1 : 2, bits.high, bits.low);
    }

    static long blockHash(Hashing hashing, int width, int prefix, long high, long low) {
        return hashing.bits(width << 8 | prefix, high, low);
    }

    /** As it is kept: addresses and hashes as bits, all else in UTF-8. */
    byte[] bytes() {
        if (kind == Kinds.BLOCK) {
            int slash = text.indexOf('/');
            byte[] address = addressBytes(text.substring(0, slash));
            byte[] block = new byte[address.length + 1];
            block[0] = (byte) Integer.parseInt(text.substring(slash + 1));
            System.arraycopy(address, 0, block, 1, address.length);
            return block;
        }
        if (kind == Subject.IP.ordinal()) {
            return addressBytes(text);
        }
        return isHash() ? HexFormat.of().parseHex(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isHash() {
        return kind >= Subject.MD5.ordinal() && kind <= Subject.SHA512.ordinal();
    }

    static Key ofBytes(int kind, byte[] bytes) {
        if (kind == Kinds.BLOCK) {
            return new Key(kind, addressText(bytes, 1) + "/" + (bytes[0] & 0xFF));
        }
        if (kind == Subject.IP.ordinal()) {
            return new Key(kind, addressText(bytes, 0));
        }
        Key key = new Key(kind, "");
        return new Key(
                kind, key.isHash() ? HexFormat.of().formatHex(bytes) : new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] addressBytes(String address) {
        IpBits bits = new IpBits();
        bits.parse(address);
        byte[] bytes = new byte[bits.width / 8];
        for (int i = 0; i < bytes.length; i++) {
            int shift = bits.width - 8 * (i + 1);
            bytes[i] = (byte) (shift >= 64 ? bits.high >>> shift - 64 : bits.low >>> shift);
        }
        return bytes;
    }

    private static String addressText(byte[] bytes, int from) {
        long high = 0;
        long low = 0;
        for (int i = from; i < bytes.length; i++) {
            high = high << 8 | low >>> 56;
            low = low << 8 | bytes[i] & 0xFF;
        }
        return text((bytes.length - from) * 8, high, low);
    }

    private static String text(int width, long high, long low) {
        if (width == IpBits.V4_BITS) {
            return (low >>> 24) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF);
        }
        StringBuilder groups = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            long half = i < 4 ? high : low;
            groups.append(i == 0 ? "" : ":").append(Long.toHexString(half >>> 16 * (3 - (i & 3)) & 0xFFFF));
        }
        return Subject.IP.canonical(groups.toString());
    }

    /** What an indicator names by this key. */
    Observable observable() {
        Observable.Type type = switch (kind) {
            case Kinds.BLOCK -> text.indexOf(':') < 0 ? Observable.Type.IPV4_ADDR : Observable.Type.IPV6_ADDR;
            case Kinds.TREE -> Observable.Type.DOMAIN_TREE;
            default ->
                switch (Subject.at(kind)) {
                    case IP -> text.indexOf(':') < 0 ? Observable.Type.IPV4_ADDR : Observable.Type.IPV6_ADDR;
                    case DOMAIN -> Observable.Type.DOMAIN_NAME;
                    case URL -> Observable.Type.URL;
                    case MD5, SHA1, SHA256, SHA512 ->
                        Observable.Type.ofWord(Subject.at(kind).name().toLowerCase(Locale.ROOT));
                    case EMAIL -> Observable.Type.EMAIL_ADDR;
                };
        };
        return new Observable(type, text);
    }
}
