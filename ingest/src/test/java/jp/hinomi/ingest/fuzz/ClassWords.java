package jp.hinomi.ingest.fuzz;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The texts that the classes of a package compare with: names of keys in its tables, words of its messages. They are read
 * from the constant pools of the class files (Java Virtual Machine Specification, section 4.4), so none is left out because
 * no sample has it. Stateless.
 */
public final class ClassWords {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int LONGEST_PREFIX = 64;

    private ClassWords() {}

    /** All texts in the package of that class and those below it. */
    public static Set<String> of(Class<?> type) throws IOException {
        Path place;
        try {
            place = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        String folder = type.getPackageName().replace('.', '/');
        if (Files.isDirectory(place)) {
            return texts(place.resolve(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return texts(jar.getPath(folder));
        }
    }

    private static Set<String> texts(Path folder) throws IOException {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
            for (Path file : classes) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                    texts.addAll(constants(new DataInputStream(in)));
                }
            }
        }
        return texts;
    }

    /** The string constants of a class; what is longer than a prefix of a message is a table or a reason. */
    private static List<String> constants(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        in.readInt();
        int count = in.readUnsignedShort();
        Map<Integer, String> utf8 = new HashMap<>();
        List<Integer> strings = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> utf8.put(i, in.readUTF());
                case 8 -> strings.add(in.readUnsignedShort());
                case 7, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipBytes(3);
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++; // Long and double take two places.
                }
                default -> in.skipBytes(4);
            }
        }
        List<String> texts = new ArrayList<>();
        for (int index : strings) {
            String text = utf8.get(index);
            if (text.length() > 1 && !text.isBlank()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Whether a text is put into inputs as it is, and not only its words. */
    static boolean isWhole(String text) {
        return text.length() <= LONGEST_PREFIX && text.indexOf('\n') < 0;
    }
}
