package jp.hinomi.alerting.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * What is to be known again within minutes, by whichever instance answers, and is not worth a row: kept by the browser, which can
 * neither read nor change it. Thread-safe.
 */
public final class SealedCookies {
    private final Sealed sealed;
    private final InstantSource clock;

    /** @param key 32 bytes, the same for every instance */
    public SealedCookies(byte[] key, InstantSource clock) {
        this.sealed = new Sealed(key);
        this.clock = clock;
    }

    /** @param text 2,500 bytes at the most: browsers keep no cookies of more than 4,096 */
    void put(String name, String text, Duration age, HttpServletRequest request, HttpServletResponse response) {
        String until = Long.toString(clock.instant().plus(age).getEpochSecond());
        set(
                name,
                Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.seal(name, until + " " + text)),
                age,
                request,
                response);
    }

    /** What was put and is not too old; the browser forgets it. */
    Optional<String> take(String name, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> there = of(name, request);
        if (there.isPresent()) {
            set(name, "", Duration.ZERO, request, response);
        }
        return there;
    }

    /** The same, without forgetting it. */
    Optional<String> of(String name, HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> name.equals(cookie.getName()))
                .map(Cookie::getValue)
                .flatMap(value -> bytes(value).stream())
                .flatMap(bytes -> sealed.open(name, bytes).stream())
                .filter(this::isYoung)
                .map(text -> text.substring(text.indexOf(' ') + 1))
                .findFirst();
    }

    private boolean isYoung(String text) {
        return clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(text.substring(0, text.indexOf(' ')))));
    }

    private static Optional<byte[]> bytes(String value) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void set(
            String name, String value, Duration age, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path("/")
                        .maxAge(age)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
