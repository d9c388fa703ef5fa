package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.IndicatorJson;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.intel.feed.FeedFormat;
import jp.hinomi.ingest.intel.feed.FeedInput;
import jp.hinomi.ingest.intel.feed.FeedSettings;
import jp.hinomi.ingest.intel.feed.FeedSink;
import jp.hinomi.ingest.intel.feed.IntelTopic;

/** Where commands take indicators from: the topic, or files. */
final class IntelSources {
    private IntelSources() {}

    /** Everything the topic has, by id; {@code feed}, if given, keeps the others out. */
    static Map<String, Indicator> topic(String servers, String feed, Context context) {
        Map<String, Indicator> indicators = new LinkedHashMap<>();
        IntelTopic.read(servers, (id, json) -> {
            if (json == null) {
                indicators.remove(id);
                return;
            }
            try {
                Indicator indicator = IndicatorJson.read(json);
                if (feed == null || feed.equals(indicator.feed())) {
                    indicators.put(id, indicator);
                } else {
                    indicators.remove(id);
                }
            } catch (EventFormatException e) {
                context.terminal().err().println("threat-intel " + id + ": " + e.getMessage());
            }
        });
        return indicators;
    }

    /** What files say, by id; problems go to standard error. */
    static Map<String, Indicator> files(List<Path> files, Context context) throws IOException {
        Map<String, Indicator> indicators = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            FeedSink sink = new FeedSink(
                    FeedSettings.of(name, System.currentTimeMillis()),
                    indicator -> indicators.put(indicator.id(), indicator),
                    problems::add);
            List<FeedInput> inputs = FeedFormat.inputs(file);
            FeedFormat.of(inputs.get(0)).read(inputs, sink);
        }
        problems.forEach(problem -> context.terminal().err().println(problem));
        return indicators;
    }
}
