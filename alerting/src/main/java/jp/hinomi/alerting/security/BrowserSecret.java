package jp.hinomi.alerting.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The secret by which a browser is known again. Before a login it ties forms to the browser that asked for them and is written
 * nowhere; a login gets a new one, of which {@link Sessions} has the hash.
 */
final class BrowserSecret {
    static final String COOKIE = "hinomi-session";

    /** 5.8 bits each. */
    private static final int LENGTH = 44;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]{" + LENGTH + "}");

    /** What this request's answer sets; the empty text: nothing any more. */
    private static final String SET = BrowserSecret.class.getName() + ".set";

    private BrowserSecret() {}

    static Optional<String> of(HttpServletRequest request) {
        if (request.getAttribute(SET) instanceof String set) {
            return Optional.of(set).filter(secret -> !secret.isEmpty());
        }
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> COOKIE.equals(cookie.getName()))
                .map(Cookie::getValue)
                .filter(value -> FORM.matcher(value).matches())
                .findFirst();
    }

    /** A new one for the browser, which forgets the one before. */
    static String renew(HttpServletRequest request, HttpServletResponse response) {
        String secret = Secrets.random(LENGTH);
        set(secret, -1, request, response);
        return secret;
    }

    static void forget(HttpServletRequest request, HttpServletResponse response) {
        set("", 0, request, response);
    }

    private static void set(String value, long age, HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(SET, value);
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .path("/")
                        .maxAge(age)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        // A link in a mail leads to the page that it names, and not to the login.
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
