package jp.hinomi.alerting.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;

/**
 * What an answer has to say on the page that it sends the browser to, whichever instance shows it: kept in the session's row as JSON,
 * so texts, lists and maps of texts. A cookie says that there is something, so that other requests need not look. Thread-safe.
 */
public final class SaidInSession extends AbstractFlashMapManager {
    private static final String COOKIE = "hinomi-said";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Said>> LIST = new TypeReference<>() {};

    private final Sessions sessions;

    public SaidInSession(Sessions sessions) {
        this.sessions = sessions;
    }

    private record Said(String path, Map<String, Object> values, long until) {
        static Said of(FlashMap map) {
            return new Said(map.getTargetRequestPath(), new LinkedHashMap<>(map), map.getExpirationTime());
        }

        FlashMap map() {
            FlashMap map = new FlashMap();
            map.putAll(values);
            map.setTargetRequestPath(path);
            map.setExpirationTime(until);
            return map;
        }
    }

    /** Spring takes out of the list what is over or shown. */
    @Override
    protected List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        boolean something = Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .map(Cookie::getName)
                .anyMatch(COOKIE::equals);
        List<FlashMap> maps = new ArrayList<>();
        if (something) {
            SessionContexts.current(request)
                    .flatMap(sessions::said)
                    .ifPresent(text -> read(text).forEach(said -> maps.add(said.map())));
        }
        return maps;
    }

    private static List<Said> read(String text) {
        try {
            return JSON.readValue(text, LIST);
        } catch (JsonProcessingException e) {
            return List.of(); // of another version
        }
    }

    @Override
    protected void updateFlashMaps(List<FlashMap> maps, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> session = SessionContexts.current(request);
        if (session.isEmpty()) {
            return;
        }
        try {
            String text = JSON.writeValueAsString(maps.stream().map(Said::of).toList());
            RowScope.lifted(() -> {
                sessions.say(session.get(), maps.isEmpty() ? Optional.empty() : Optional.of(text));
                return null;
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is said on the next page is texts, and lists and maps of texts", e);
        }
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, maps.isEmpty() ? "" : "1")
                        .path("/")
                        .maxAge(maps.isEmpty() ? 0 : -1)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
