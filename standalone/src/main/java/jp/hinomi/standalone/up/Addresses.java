package jp.hinomi.standalone.up;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import jp.hinomi.events.files.WholeFile;

/**
 * Where the parts of a running {@code hinomi up} answer. Kept in the data folder while it runs, so that other commands on
 * this machine find it.
 *
 * @param console as people reach it
 * @param kafka bootstrap servers
 * @param syslogTls -1 if it is not open, as {@code relp} and {@code relpTls}
 * @param flink Flink's REST API and web interface
 */
public record Addresses(
        URI console,
        String kafka,
        int syslogUdp,
        int syslogTcp,
        int syslogTls,
        int relp,
        int relpTls,
        int http,
        URI flink) {
    private static final String FILE = "up.properties";

    void write(Path data) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
        properties.setProperty("console", console.toString());
        properties.setProperty("kafka", kafka);
        properties.setProperty("syslog-udp", Integer.toString(syslogUdp));
        properties.setProperty("syslog-tcp", Integer.toString(syslogTcp));
        properties.setProperty("syslog-tls", Integer.toString(syslogTls));
        properties.setProperty("relp", Integer.toString(relp));
        properties.setProperty("relp-tls", Integer.toString(relpTls));
        properties.setProperty("http", Integer.toString(http));
        properties.setProperty("flink", flink.toString());
        StringWriter text = new StringWriter();
        properties.store(text, "where this Hinomi answers");
        WholeFile.replace(data.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static void remove(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(FILE));
    }

    /** Of the Hinomi that runs on that folder; empty if none does. */
    public static Optional<Addresses> read(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        // A killed process could not remove its file.
        boolean alive = ProcessHandle.of(Long.parseLong(properties.getProperty("pid", "0")))
                .map(ProcessHandle::isAlive)
                .orElse(false);
        if (!alive) {
            return Optional.empty();
        }
        return Optional.of(new Addresses(
                URI.create(properties.getProperty("console")),
                properties.getProperty("kafka"),
                Integer.parseInt(properties.getProperty("syslog-udp")),
                Integer.parseInt(properties.getProperty("syslog-tcp")),
                Integer.parseInt(properties.getProperty("syslog-tls", "-1")),
                Integer.parseInt(properties.getProperty("relp", "-1")),
                Integer.parseInt(properties.getProperty("relp-tls", "-1")),
                Integer.parseInt(properties.getProperty("http")),
                URI.create(properties.getProperty("flink"))));
    }

    /** The broker of the Hinomi that runs on that folder. */
    public static Optional<String> kafkaOf(Path data) throws IOException {
        return read(data).map(Addresses::kafka);
    }
}
