package jp.hinomi.alerting.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Instant;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions of accounts whose password was changed or reset since the login, and of accounts that are disabled: who
 * changes a password because somebody else has it means that other's session too.
 */
public final class SessionFilter extends OncePerRequestFilter {
    private static final String ACCOUNT = SessionFilter.class.getName() + ".account";
    private static final String SINCE = SessionFilter.class.getName() + ".since";

    private final Accounts accounts;

    SessionFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The session belongs to the account from now on, or goes on although the account has another password now. */
    public static void begin(HttpServletRequest request, String account, Instant now) {
        HttpSession session = request.getSession();
        session.setAttribute(ACCOUNT, account);
        session.setAttribute(SINCE, now);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(ACCOUNT) instanceof String account
                && session.getAttribute(SINCE) instanceof Instant since
                && !accounts.allows(account, since)) {
            session.invalidate();
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }
}
