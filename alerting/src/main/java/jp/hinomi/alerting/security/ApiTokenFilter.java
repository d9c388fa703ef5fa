package jp.hinomi.alerting.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.web.CallReason;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets programs with a bearer token (RFC 6750) use the API without a session: one of {@link ApiTokens}, or the one of the settings. */
public final class ApiTokenFilter extends OncePerRequestFilter {
    /** The name that acknowledgements and the audit log show for the token of the settings. */
    public static final String CLIENT = "api-token";

    /** Whoever sets up a machine may do on it what the lead of the CSIRT may. */
    private static final Member OF_SETTINGS = new Member(CLIENT, AccountRole.CSIRT_LEAD, Optional.empty());

    private static final String PREFIX = "Bearer ";
    private final Optional<String> token;
    private final ApiTokens tokens;
    private final RateLimits limits;
    private final InstantSource clock;

    ApiTokenFilter(Optional<String> token, ApiTokens tokens, RateLimits limits, InstantSource clock) {
        this.token = token;
        this.tokens = tokens;
        this.limits = limits;
        this.clock = clock;
    }

    private record Client(Member member) implements MemberPrincipal, AuthenticatedPrincipal {
        @Override
        public String getName() {
            return member.name();
        }
    }

    /** True for requests that carry a bearer token: a browser does not send one by itself, so they need no CSRF token. */
    public static boolean carriesToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith(PREFIX);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!carriesToken(request)) {
            chain.doFilter(request, response);
            return;
        }
        // Whoever guesses does not keep the database busy.
        Optional<Duration> wait = limits.unknownIsOver(request.getRemoteAddr());
        if (wait.isPresent()) {
            RateLimits.refuse(request, response, wait.get(), true);
            return;
        }
        String given =
                request.getHeader("Authorization").substring(PREFIX.length()).strip();
        boolean ofSettings = token.filter(known -> Secrets.same(known, given)).isPresent();
        Optional<ApiTokens.Bearer> bearer = ofSettings ? Optional.empty() : tokens.bearer(given, clock.instant());
        if (!ofSettings && bearer.isEmpty()) {
            limits.unknown(request.getRemoteAddr());
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            ApiRefusals.write(request, response, HttpStatus.UNAUTHORIZED, CallReason.TOKEN);
            return;
        }
        wait = limits.api(bearer.map(one -> "token:" + one.token()).orElse(CLIENT));
        if (wait.isPresent()) {
            RateLimits.refuse(request, response, wait.get(), true);
            return;
        }
        Member member = bearer.map(ApiTokens.Bearer::member).orElse(OF_SETTINGS);
        Set<Permission> permissions =
                bearer.map(ApiTokens.Bearer::permissions).orElseGet(() -> ApiTokens.grantable(OF_SETTINGS));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                new Client(member), null, Members.authorities(permissions)));
        SecurityContextHolder.setContext(context);
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
