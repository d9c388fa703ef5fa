package jp.hinomi.alerting.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Asks the {@link LoginGuard} before the password of a login is looked at. */
final class LoginGuardFilter extends OncePerRequestFilter {
    /** Names that are longer belong to nobody. */
    private static final int LONGEST_NAME = 200;

    private final LoginGuard guard;

    LoginGuardFilter(LoginGuard guard) {
        this.guard = guard;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !("POST".equals(request.getMethod()) && "/login".equals(request.getServletPath()));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        LoginGuard.Admission admission = guard.admit(account(request), request.getRemoteAddr());
        if (admission instanceof LoginGuard.Admission.Locked locked) {
            response.sendRedirect("/login?locked=" + locked.until().getEpochSecond());
            return;
        }
        chain.doFilter(request, response);
    }

    static String account(HttpServletRequest request) {
        String name = request.getParameter("username");
        return name == null
                ? ""
                : name.strip().substring(0, Math.min(LONGEST_NAME, name.strip().length()));
    }
}
