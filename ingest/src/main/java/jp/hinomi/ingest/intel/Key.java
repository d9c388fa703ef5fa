package jp.hinomi.ingest.intel;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
        Subject subject = Subject.of(observable.type());
        Key key = of(subject, observable.value());
        if (key == null) {
            String shown = observable.value();
            throw new IllegalArgumentException("'" + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
                    + "' is not of type " + observable.type().word() + ": " + example(subject));
        }
        if (observable.type() == Observable.Type.DOMAIN_TREE) {
            return new Key(Kinds.TREE, key.text());
        }
        if (subject == Subject.IP && key.addressType() != observable.type()) {
            throw new IllegalArgumentException("'" + observable.value() + "' is not of type "
                    + observable.type().word() + ": use " + key.addressType().word());
        }
        return key;
    }

    /** The key of a value, which may be a block where addresses are asked for; null if it is no such value. */
    static Key of(Subject subject, String text) {
        String value = text.strip();
        int slash = subject == Subject.IP ? value.indexOf('/') : -1;
        if (slash >= 0) {
            return block(value, slash);
        }
        String canonical = subject.canonical(value);
        return canonical == null ? null : new Key(subject.ordinal(), canonical);
    }

    /** Feeds write {@code 198.51.100.7/24} too, and mean the block; a block of one address is that address. */
    private static Key block(String value, int slash) {
        IpBits bits = new IpBits();
        String length = value.substring(slash + 1);
        if (!bits.parse(value.substring(0, slash)) || !length.matches("[0-9]{1,3}")) {
            return null;
        }
        int prefix = Integer.parseInt(length);
        if (prefix > bits.width) {
            return null;
        }
        return prefix == bits.width
                ? new Key(Subject.IP.ordinal(), Subject.IP.canonical(value.substring(0, slash)))
                : block(bits.width, prefix, bits.maskedHigh(prefix), bits.maskedLow(prefix));
    }

    /** What a value of the subject looks like. */
    static String example(Subject subject) {
        return switch (subject) {
            case IP -> "write 203.0.113.7, 198.51.100.0/24, 2001:db8::7 or 2001:db8::/32";
            case DOMAIN -> "write c2.example";
            case URL -> "write http://c2.example/path";
            case MD5 -> "write 32 hexadecimal digits";
            case SHA1 -> "write 40 hexadecimal digits";
            case SHA256 -> "write 64 hexadecimal digits";
            case SHA512 -> "write 128 hexadecimal digits";
            case EMAIL -> "write someone@c2.example";
            case MAC -> "write 00:00:5e:00:53:01";
            case AS_NUMBER -> "write 64500";
            default -> "write a text";
        };
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

    /** What an indicator names by this key; null if there is no type of observable for it. */
    Observable observable() {
        Observable.Type type = switch (kind) {
            case Kinds.BLOCK -> addressType();
            case Kinds.TREE -> Observable.Type.DOMAIN_TREE;
            case Kinds.ID, Kinds.URL_HOST -> null;
            default ->
                switch (Subject.at(kind)) {
                    case IP -> addressType();
                    case DOMAIN -> Observable.Type.DOMAIN_NAME;
                    case URL -> Observable.Type.URL;
                    case MD5 -> Observable.Type.MD5;
                    case SHA1 -> Observable.Type.SHA1;
                    case SHA256 -> Observable.Type.SHA256;
                    case SHA512 -> Observable.Type.SHA512;
                    case EMAIL -> Observable.Type.EMAIL_ADDR;
                    default -> null;
                };
        };
        return type == null ? null : new Observable(type, text);
    }

    private Observable.Type addressType() {
        return text.indexOf(':') < 0 ? Observable.Type.IPV4_ADDR : Observable.Type.IPV6_ADDR;
    }
}
