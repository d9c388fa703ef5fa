package jp.hinomi.correlation.detect;

import java.util.function.Consumer;
import jp.hinomi.events.Alert;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands the alerts of one detection to the run in this process. */
final class AlertCollector implements Sink<Alert> {
    private static final long serialVersionUID = 1;

    private final String run;
    private final int detection;

    AlertCollector(String run, int detection) {
        this.run = run;
        this.detection = detection;
    }

    @Override
    public SinkWriter<Alert> createWriter(WriterInitContext context) {
        Run current = Run.of(run);
        Consumer<Alert> alerts = current.of().detections().get(detection).alerts();
        return new SinkWriter<>() {
            @Override
            public void write(Alert alert, Context at) {
                alerts.accept(alert);
            }

            @Override
            public void flush(boolean endOfInput) {
                // Nothing waits here.
            }

            @Override
            public void close() {
                current.collected();
            }
        };
    }
}
