package jp.hinomi.alerting.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Who is logged in is told anew at each request from the secret in the cookie and the row of {@link Sessions}: whichever instance
 * answers, whatever was restarted, and with what the account may now. Thread-safe.
 */
public final class SessionContexts implements SecurityContextRepository {
    /** The row, once it was asked for in this request. */
    private static final String FOUND = SessionContexts.class.getName() + ".found";

    private static final String ID_TOKEN = "id-token";

    private final Sessions sessions;
    private final InstantSource clock;

    public SessionContexts(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Name of this request's session in {@link Sessions}. */
    public static Optional<String> current(HttpServletRequest request) {
        return request.getAttribute(FOUND) instanceof Sessions.Found found ? Optional.of(found.id()) : Optional.empty();
    }

    private Optional<Sessions.Found> found(HttpServletRequest request) {
        if (request.getAttribute(FOUND) == null) {
            Optional<Sessions.Found> found =
                    BrowserSecret.of(request).flatMap(secret -> sessions.find(Secrets.hash(secret), clock.instant()));
            request.setAttribute(FOUND, found.isPresent() ? found.get() : Optional.empty());
        }
        return request.getAttribute(FOUND) instanceof Sessions.Found found ? Optional.of(found) : Optional.empty();
    }

    private SecurityContext context(HttpServletRequest request) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        found(request).ifPresent(session -> {
            AccountDetails details = new AccountDetails(session.member(), "", false, session.step());
            context.setAuthentication(
                    UsernamePasswordAuthenticationToken.authenticated(details, null, details.getAuthorities()));
        });
        return context;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new DeferredSecurityContext() {
            private SecurityContext context;

            @Override
            public SecurityContext get() {
                if (context == null) {
                    context = context(request);
                }
                return context;
            }

            @Override
            public boolean isGenerated() {
                return get().getAuthentication() == null;
            }
        };
    }

    @Override
    @SuppressWarnings("deprecation") // still without a default in the interface
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return found(request).isPresent();
    }

    /** A login begins a session, with a secret that nobody knew before it; a logout makes the browser forget its own. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        Authentication account = context.getAuthentication();
        if (account == null) {
            BrowserSecret.forget(request, response);
            request.setAttribute(FOUND, Optional.empty());
        } else if (account.getPrincipal() instanceof MemberPrincipal principal) {
            String name = principal.member().name();
            // Whoever logs in on top of a login is not found by the one before any more, and neither is anybody else.
            found(request)
                    .ifPresent(before -> sessions.end(
                            before.member().name(), before.id(), before.member().actor(), clock.instant()));
            String secret = BrowserSecret.renew(request, response);
            sessions.begin(
                    new Sessions.Begun(
                            name,
                            Secrets.hash(secret),
                            principal instanceof AccountDetails details && details.step() == AccountDetails.Step.CODE,
                            ofProvider(principal, secret),
                            request.getRemoteAddr(),
                            Optional.ofNullable(request.getHeader("User-Agent")).orElse("")),
                    clock.instant());
            request.removeAttribute(FOUND);
        }
    }

    private static Optional<Sessions.OfProvider> ofProvider(MemberPrincipal principal, String secret) {
        return principal instanceof OidcPrincipal oidc
                ? Optional.of(new Sessions.OfProvider(
                        sealed(secret).seal(ID_TOKEN, oidc.token().getTokenValue()),
                        Optional.ofNullable(oidc.token().getClaimAsString("sid"))))
                : Optional.empty();
    }

    private static Sealed sealed(String secret) {
        return new Sealed(Secrets.mac(secret.getBytes(StandardCharsets.UTF_8), ID_TOKEN));
    }

    /** What the OpenID provider gave at the login of this session, to be told it at the logout. */
    Optional<String> idToken(HttpServletRequest request) {
        return BrowserSecret.of(request)
                .flatMap(secret -> current(request)
                        .flatMap(sessions::idToken)
                        .flatMap(token -> sealed(secret).open(ID_TOKEN, token)));
    }

    /** The session goes on, and more may be done with it: whoever knew its secret before does not know the new one. */
    void stepTaken(HttpServletRequest request, HttpServletResponse response) {
        Sessions.Found session = found(request)
                .orElseThrow(() -> new IllegalStateException("nobody is logged in, so no step was taken"));
        String secret = BrowserSecret.renew(request, response);
        sessions.renew(session.id(), Secrets.hash(secret));
        request.removeAttribute(FOUND);
        SecurityContextHolder.setContext(context(request));
    }
}
