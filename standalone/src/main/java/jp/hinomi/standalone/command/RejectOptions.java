package jp.hinomi.standalone.command;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import jp.hinomi.ingest.rejects.RejectFilter;
import jp.hinomi.standalone.terminal.Texts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which rejected records, and where they are: options that listing and replaying share. */
final class RejectOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "ID")
    private String source;

    @Option(names = "--reason", paramLabel = "TEXT")
    private String reason;

    @Option(names = "--since", paramLabel = "TIME")
    private String since;

    @Mixin
    private WhichKafka kafka = new WhichKafka();

    String servers() throws IOException {
        return kafka.servers();
    }

    RejectFilter filter(Instant now, Texts texts) {
        return new RejectFilter(
                Optional.ofNullable(source), Optional.ofNullable(reason), since == null ? 0 : millis(now, texts));
    }

    private long millis(Instant now, Texts texts) {
        try {
            Duration ago = new DurationConverter().convert(since);
            return now.minus(ago).toEpochMilli();
        } catch (RuntimeException noDuration) {
            try {
                return OffsetDateTime.parse(since).toInstant().toEpochMilli();
            } catch (DateTimeException e) {
                throw new ParameterException(spec.commandLine(), texts.get("rejects.since", since), e);
            }
        }
    }
}
