package jp.hinomi.ingest.geo;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small databases by the specification "MaxMind DB File Format", version 2.0; IPv4 stands at ::/96. */
public final class MmdbWriter {
    private static final int EMPTY = -1;

    /** Two records per node: a node's number, {@link #EMPTY}, or the one's complement minus one of a data offset. */
    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    public MmdbWriter add(String network, Map<String, Object> record) throws IOException {
        IPAddress parsed = new IPAddressString(network).getAddress();
        boolean v4 = parsed.isIPv4();
        byte[] bytes = new byte[16];
        byte[] own = parsed.getLower().getBytes();
        System.arraycopy(own, 0, bytes, 16 - own.length, own.length);
        int length = (parsed.isPrefixed() ? parsed.getNetworkPrefixLength() : parsed.getBitCount()) + (v4 ? 96 : 0);
        int offset = data.size();
        value(record, data);
        int node = 0;
        for (int bit = 0; bit < length; bit++) {
            int side = bytes[bit / 8] >> (7 - bit % 8) & 1;
            if (bit == length - 1) {
                nodes.get(node)[side] = -2 - offset;
            } else {
                if (nodes.get(node)[side] == EMPTY) {
                    nodes.add(new int[] {EMPTY, EMPTY});
                    nodes.get(node)[side] = nodes.size() - 1;
                }
                node = nodes.get(node)[side];
            }
        }
        return this;
    }

    public void write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int side : node) {
                int number = side == EMPTY ? nodes.size() : side >= 0 ? side : nodes.size() + 16 + (-2 - side);
                out.write(number >> 16);
                out.write(number >> 8);
                out.write(number);
            }
        }
        out.write(new byte[16]);
        data.writeTo(out);
        out.write(new byte[] {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF});
        out.write("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("binary_format_major_version", (short) 2);
        metadata.put("binary_format_minor_version", (short) 0);
        metadata.put("build_epoch", 1_775_000_000L);
        metadata.put("database_type", "Test");
        metadata.put("description", Map.of("en", "test"));
        metadata.put("ip_version", (short) 6);
        metadata.put("languages", List.of("en"));
        metadata.put("node_count", nodes.size());
        metadata.put("record_size", (short) 24);
        value(metadata, out);
        Files.write(file, out.toByteArray());
    }

    private static void value(Object value, ByteArrayOutputStream out) throws IOException {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            control(2, bytes.length, out);
            out.write(bytes);
        } else if (value instanceof Double number) {
            control(3, 8, out);
            out.write(ByteBuffer.allocate(8).putDouble(number).array());
        } else if (value instanceof Short number) {
            control(5, 2, out);
            out.write(ByteBuffer.allocate(2).putShort(number).array());
        } else if (value instanceof Integer number) {
            control(6, 4, out);
            out.write(ByteBuffer.allocate(4).putInt(number).array());
        } else if (value instanceof Long number) {
            control(9, 8, out);
            out.write(ByteBuffer.allocate(8).putLong(number).array());
        } else if (value instanceof Map<?, ?> map) {
            control(7, map.size(), out);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                value(entry.getKey(), out);
                value(entry.getValue(), out);
            }
        } else if (value instanceof List<?> list) {
            control(11, list.size(), out);
            for (Object element : list) {
                value(element, out);
            }
        } else {
            throw new IllegalArgumentException("no type for " + value);
        }
    }

    private static void control(int type, int size, ByteArrayOutputStream out) {
        int length = size < 29 ? size : 29;
        if (size >= 29 + 256) {
            throw new IllegalArgumentException("a test needs nothing that long");
        }
        out.write(type > 7 ? length : type << 5 | length);
        if (type > 7) {
            out.write(type - 7);
        }
        if (size >= 29) {
            out.write(size - 29);
        }
    }
}
