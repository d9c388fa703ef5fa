package jp.hinomi.alerting.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions that somebody ended elsewhere, and those of accounts that are disabled: who changes a password because somebody
 * else has it means that other's session too.
 */
public final class SessionFilter extends OncePerRequestFilter {
    private static final String NAME = SessionFilter.class.getName() + ".name";

    private final Sessions sessions;
    private final InstantSource clock;

    SessionFilter(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The session belongs to the account from now on. */
    static void begin(HttpServletRequest request, Sessions sessions, String account, InstantSource clock) {
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        request.getSession()
                .setAttribute(NAME, sessions.begin(account, request.getRemoteAddr(), agent, clock.instant()));
    }

    /** Name of this request's session in {@link Sessions}. */
    public static Optional<String> current(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(NAME) instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> current = current(request);
        // One with a login but no name is of a login that broke off before it was written down: nobody could end it.
        boolean over = current.isPresent()
                ? !sessions.allows(current.get(), clock.instant())
                : new HttpSessionSecurityContextRepository().containsContext(request);
        if (over) {
            request.getSession().invalidate();
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }
}
