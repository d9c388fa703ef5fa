package jp.hinomi.alerting.map;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.hinomi.city.CityFiles;

/** A version of the map to take home. Stateless. */
public final class MapZip {
    private MapZip() {}

    public static byte[] files(CityFiles files) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        files.texts().forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return zip(entries);
    }

    /** @throws MapRefusal if there is no such charset */
    public static byte[] tables(CityFiles files, String charset) throws IOException {
        return zip(files.tables(charset(charset)));
    }

    /** The same version gives the same bytes: no entry has a time of its own. */
    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new MapRefusal(MapRefusal.Why.NO_CHARSET, name);
        }
    }

    private static byte[] zip(SortedMap<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (String name : entries.keySet()) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(entries.get(name));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
