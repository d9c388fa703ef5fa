package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sizes of input files, for progress. */
final class Inputs {
    private Inputs() {}

    /** Bytes of all files together; -1 if one of them is standard input or has no size. */
    static long size(List<String> files) throws IOException {
        long total = 0;
        for (String file : files) {
            if (file.equals("-") || !Files.isRegularFile(Path.of(file))) {
                return -1;
            }
            total += Files.size(Path.of(file));
        }
        return total;
    }
}
