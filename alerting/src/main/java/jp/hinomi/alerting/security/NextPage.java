package jp.hinomi.alerting.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/**
 * After the login people go on to the page they asked for, never to a part of one or to a stream; with a form whose session was
 * over, to the page of the form, where the browser still has what was typed. Thread-safe.
 */
final class NextPage implements RequestCache {
    private static final String COOKIE = "hinomi-next";
    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final int LONGEST = 1500;

    /** "//elsewhere" and "/\elsewhere" are other sites to browsers. */
    private static final Pattern OURS = Pattern.compile("/(?![/\\\\])[\\x21-\\x7E]{0," + LONGEST + "}");

    private final SealedCookies cookies;

    NextPage(SealedCookies cookies) {
        this.cookies = cookies;
    }

    /** The address that leads there again: a path of ours, and a query. */
    static Optional<String> of(HttpServletRequest request) {
        Optional<String> page;
        if (request.getHeader("HX-Request") != null) {
            page = samePlace(request.getHeader("HX-Current-URL"), request);
        } else if (!accepts(request, "text/html")) {
            page = Optional.empty();
        } else if ("GET".equals(request.getMethod())) {
            String query = request.getQueryString();
            page = Optional.of(request.getRequestURI() + (query == null ? "" : "?" + query));
        } else {
            page = samePlace(request.getHeader("Referer"), request);
        }
        return page.filter(path -> OURS.matcher(path).matches());
    }

    private static boolean accepts(HttpServletRequest request, String type) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains(type);
    }

    /** Of an address of this console its path and query. */
    private static Optional<String> samePlace(String address, HttpServletRequest request) {
        if (address == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address);
            boolean ours = request.getServerName().equalsIgnoreCase(uri.getHost());
            String query = uri.getRawQuery();
            return ours && uri.getRawPath() != null
                    ? Optional.of(uri.getRawPath() + (query == null ? "" : "?" + query))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        of(request).ifPresent(page -> cookies.put(COOKIE, page, KEPT, request, response));
    }

    /** Asked for when somebody has logged in: it is said once. */
    @Override
    public SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        return cookies.take(COOKIE, request, response)
                .map(SimpleSavedRequest::new)
                .orElse(null);
    }

    /** Nothing is done again by itself: people are shown the page. */
    @Override
    public HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        cookies.take(COOKIE, request, response);
    }
}
