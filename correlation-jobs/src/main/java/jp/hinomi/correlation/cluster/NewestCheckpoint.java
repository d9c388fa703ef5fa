package jp.hinomi.correlation.cluster;

import java.nio.file.Path;

/**
 * Prints the folder of the newest checkpoint that can be read, or nothing: for the script that starts the job in a
 * container, which must not resume from one that was being written when the power went.
 */
public final class NewestCheckpoint {
    private NewestCheckpoint() {}

    /** @param arguments the folder of all checkpoints */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: NewestCheckpoint FOLDER");
            System.exit(2);
        }
        new Checkpoints(Path.of(arguments[0])).newestComplete().ifPresent(System.out::println);
    }
}
