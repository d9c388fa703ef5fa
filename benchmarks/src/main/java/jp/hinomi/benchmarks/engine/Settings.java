package jp.hinomi.benchmarks.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to measure.
 *
 * @param home folder of the installation: the example city is in it
 * @param scratch folder for everything that is written; removed at the end
 * @param quick a tenth of the work, to see that everything runs; its figures say little
 * @param matches how many to store where a part stores matches, instead of its own number
 * @param rules a folder of rules to measure the matcher with instead of generated ones
 */
record Settings(Path home, Path scratch, boolean quick, OptionalInt matches, Optional<Path> rules) {
    Path city() {
        return home.resolve("examples/city");
    }

    int size(int full) {
        return quick ? Math.max(1, full / 10) : full;
    }

    int rounds(int full) {
        return quick ? 1 : full;
    }
}
