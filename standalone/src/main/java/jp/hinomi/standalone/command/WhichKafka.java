package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import jp.hinomi.standalone.up.Addresses;
import picocli.CommandLine.Option;

/** The broker that a command speaks to: the one that is named, or that of the Hinomi that runs on the folder, or the usual one. */
final class WhichKafka {
    @Option(
            names = {"--bootstrap-servers", "--kafka"},
            paramLabel = "HOST:PORT")
    private String named;

    @Option(names = "--data", paramLabel = "DIR")
    private Path data = Path.of("var");

    String servers() throws IOException {
        return named != null ? named : serversOf(data);
    }

    /** The folder of the Hinomi that runs, or would run. */
    Path data() {
        return data;
    }

    static String serversOf(Path data) throws IOException {
        return Addresses.kafkaOf(data).orElse("localhost:9092");
    }
}
