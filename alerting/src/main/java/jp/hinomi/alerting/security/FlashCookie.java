package jp.hinomi.alerting.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;

/** What an answer has to say on the page that it sends the browser to, whichever instance shows it. Thread-safe. */
public final class FlashCookie extends AbstractFlashMapManager {
    private static final String COOKIE = "hinomi-said";
    private static final Duration KEPT = Duration.ofMinutes(3);

    /** Characters of a text: browsers keep no cookies of more than 4,096 bytes. */
    private static final int LONGEST = 700;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Said>> LIST = new TypeReference<>() {};

    private final SealedCookies cookies;

    public FlashCookie(SealedCookies cookies) {
        this.cookies = cookies;
    }

    private record Said(String path, Map<String, String> texts, long until) {
        static Said of(FlashMap map) {
            Map<String, String> texts = new LinkedHashMap<>();
            map.forEach((name, value) -> {
                String text = String.valueOf(value);
                texts.put(name, text.length() > LONGEST ? text.substring(0, LONGEST) : text);
            });
            return new Said(map.getTargetRequestPath(), texts, map.getExpirationTime());
        }

        FlashMap map() {
            FlashMap map = new FlashMap();
            map.putAll(texts);
            map.setTargetRequestPath(path);
            map.setExpirationTime(until);
            return map;
        }
    }

    @Override
    protected List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        return cookies.of(COOKIE, request).stream()
                .flatMap(text -> read(text).stream())
                .map(Said::map)
                .toList();
    }

    private static List<Said> read(String text) {
        try {
            return JSON.readValue(text, LIST);
        } catch (JsonProcessingException e) {
            return List.of(); // of another version
        }
    }

    /** The newest alone: two would not fit. */
    @Override
    protected void updateFlashMaps(List<FlashMap> maps, HttpServletRequest request, HttpServletResponse response) {
        if (maps.isEmpty()) {
            cookies.take(COOKIE, request, response);
            return;
        }
        try {
            cookies.put(
                    COOKIE,
                    JSON.writeValueAsString(List.of(Said.of(maps.get(maps.size() - 1)))),
                    KEPT,
                    request,
                    response);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }
}
