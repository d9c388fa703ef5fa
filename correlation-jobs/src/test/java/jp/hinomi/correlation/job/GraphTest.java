package jp.hinomi.correlation.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** Properties of the job that nobody sees until a release is upgraded. */
class GraphTest {
    private static StreamExecutionEnvironment job() {
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
        assertThat(CorrelateJob.build(
                        env,
                        JobSettings.of(
                                "nowhere:9092", Path.of("../examples/city"), List.of(Path.of("../rules/content")))))
                .isEmpty();
        return env;
    }

    /** Building the plan throws if any record type would fall to Kryo. */
    @Test
    void noRecordTravelsByKryo() {
        StreamExecutionEnvironment env = job();
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(env.getStreamGraph().getStreamNodes())
                .filteredOn(node -> node.getTypeSerializerOut() != null)
                .extracting(node -> node.getTypeSerializerOut().getClass().getName())
                .isNotEmpty()
                .noneMatch(name -> name.contains("Kryo") || name.contains("Pojo"));
    }

    /** State is found again by uid: one that Flink derives from the shape of the job would be lost with the next change. */
    @Test
    void everyOperatorHasAStableUid() {
        Set<String> seen = new HashSet<>();
        for (StreamNode node : job().getStreamGraph(false).getStreamNodes()) {
            assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
            assertThat(seen.add(node.getTransformationUID()))
                    .as(node.getTransformationUID())
                    .isTrue();
        }
        assertThat(seen).contains("logs", "decode", "prepare", "match", "correlate-0", "alerts", "rejects", "events");
    }
}
