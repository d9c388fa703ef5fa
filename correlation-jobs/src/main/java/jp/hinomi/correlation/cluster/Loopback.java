package jp.hinomi.correlation.cluster;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Keeps Flink inside this machine: none of its ports asks who is there, and the one for jars would take code. */
final class Loopback {
    static final String ADDRESS = "127.0.0.1";

    private Loopback() {}

    static void only(Configuration configuration) {
        configuration.set(RestOptions.ADDRESS, ADDRESS);
        configuration.set(RestOptions.BIND_ADDRESS, ADDRESS);
        configuration.set(JobManagerOptions.ADDRESS, ADDRESS);
        configuration.set(JobManagerOptions.BIND_HOST, ADDRESS);
        configuration.set(TaskManagerOptions.HOST, ADDRESS);
        configuration.set(TaskManagerOptions.BIND_HOST, ADDRESS);
    }
}
