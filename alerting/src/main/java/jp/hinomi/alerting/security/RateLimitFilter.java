package jp.hinomi.alerting.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Asks {@link RateLimits} as soon as it is known whose session a request has; for those with a token {@link ApiTokenFilter} does. */
final class RateLimitFilter extends OncePerRequestFilter {
    private final RateLimits limits;
    private final boolean api;

    RateLimitFilter(RateLimits limits, boolean api) {
        this.limits = limits;
        this.api = api;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return api
                ? ApiTokenFilter.carriesToken(request)
                : path.startsWith("/assets/") || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        Optional<Duration> wait = Optional.empty();
        if (known == null) {
            wait = limits.unknown(request.getRemoteAddr());
        } else if (api) {
            wait = limits.api("account:" + known.getName());
        }
        if (wait.isPresent()) {
            RateLimits.refuse(request, response, wait.get(), api);
        } else {
            chain.doFilter(request, response);
        }
    }
}
