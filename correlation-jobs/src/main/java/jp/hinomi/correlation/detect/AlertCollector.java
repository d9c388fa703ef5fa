package jp.hinomi.correlation.detect;

import jp.hinomi.events.Alert;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands alerts to the run in this process. */
final class AlertCollector implements Sink<Alert> {
    private static final long serialVersionUID = 1;

    private final String run;

    AlertCollector(String run) {
        this.run = run;
    }

    @Override
    public SinkWriter<Alert> createWriter(WriterInitContext context) {
        Run current = Run.of(run);
        return new SinkWriter<>() {
            @Override
            public void write(Alert alert, Context at) {
                current.collect(alert);
            }

            @Override
            public void flush(boolean endOfInput) {
                // Nothing waits here.
            }

            @Override
            public void close() {
                // The run outlives its operators.
            }
        };
    }
}
