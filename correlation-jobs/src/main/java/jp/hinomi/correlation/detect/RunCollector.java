package jp.hinomi.correlation.detect;

import java.io.Serializable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands what comes of one detection to the run in this process. */
final class RunCollector<T> implements Sink<T> {
    private static final long serialVersionUID = 1;

    private final String run;
    private final int detection;
    private final Taker<T> taker;

    /** Who takes it. */
    interface Taker<T> extends Function<FileRun.Detecting, Consumer<T>>, Serializable {}

    RunCollector(String run, int detection, Taker<T> taker) {
        this.run = run;
        this.detection = detection;
        this.taker = taker;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Run current = Run.of(run);
        Consumer<T> taking = taker.apply(current.of().detections().get(detection));
        return new SinkWriter<>() {
            @Override
            public void write(T each, Context at) {
                taking.accept(each);
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
