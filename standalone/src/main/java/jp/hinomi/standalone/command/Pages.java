package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists of the API, page by page. */
final class Pages {
    /** As many as the API gives at once. */
    static final int MOST = 500;

    private Pages() {}

    /** @param path with a question mark, without {@code limit}, or with one */
    static List<JsonNode> first(AlertingApi api, String path, int wanted) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String before = "";
        while (all.size() < wanted) {
            JsonNode page = api.get(path + before);
            page.path("items").forEach(all::add);
            JsonNode next = page.path("next");
            if (!next.isNumber()) {
                break;
            }
            before = "&before=" + next.asLong();
        }
        return all.subList(0, Math.min(wanted, all.size()));
    }
}
