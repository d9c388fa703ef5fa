package jp.hinomi.alerting.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import jp.hinomi.alerting.RateSettings;
import jp.hinomi.alerting.web.CallReason;
import org.springframework.http.HttpStatus;

/** Who asks too much waits: tokens and accounts at the API, addresses without a login anywhere. Thread-safe. */
public final class RateLimits {
    private final RateLimit api;
    private final RateLimit unknown;
    private final InstantSource clock;

    RateLimits(RateSettings settings, InstantSource clock) {
        this.api = new RateLimit(settings.apiPerMinute());
        this.unknown = new RateLimit(settings.unknownPerMinute());
        this.clock = clock;
    }

    /** A request of the API. @param who token or account */
    Optional<Duration> api(String who) {
        return api.take(who, clock.instant());
    }

    /** A request that nobody has shown to be theirs. */
    Optional<Duration> unknown(String address) {
        return unknown.take(LoginGuard.network(address), clock.instant());
    }

    /** Whether that address has asked too much, without counting: before a token is looked up. */
    Optional<Duration> unknownIsOver(String address) {
        return unknown.wait(LoginGuard.network(address), clock.instant());
    }

    /** RFC 6585, section 4, for programs with the reason in the form of RFC 9457. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, Duration wait, boolean program)
            throws IOException {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.setHeader("Retry-After", Long.toString(seconds));
        if (!program) {
            response.sendError(429);
            return;
        }
        ApiRefusals.write(request, response, HttpStatus.TOO_MANY_REQUESTS, CallReason.RATE, seconds);
    }
}
