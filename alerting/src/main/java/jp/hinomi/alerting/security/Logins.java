package jp.hinomi.alerting.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Steps of a login after the password. Thread-safe. */
public final class Logins {
    private final SecondFactor factor;
    private final LoginGuard guard;
    private final SessionContexts contexts;
    private final SealedCookies cookies;

    public Logins(SecondFactor factor, LoginGuard guard, SessionContexts contexts, SealedCookies cookies) {
        this.factor = factor;
        this.guard = guard;
        this.contexts = contexts;
        this.cookies = cookies;
    }

    /** What became of a code. */
    public enum Outcome {
        RIGHT,
        WRONG,
        LOCKED
    }

    /** Takes the code that the account's owner typed; when it is right the login is done and the answer sends the browser on. */
    public Outcome code(
            String code, String account, Instant now, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String client = request.getRemoteAddr();
        if (guard.admit(account, client) instanceof LoginGuard.Admission.Locked) {
            return Outcome.LOCKED;
        }
        if (!factor.accept(account, code, now)) {
            guard.failed(account, client);
            return Outcome.WRONG;
        }
        guard.succeeded(account, client);
        contexts.stepTaken(request, response);
        SecurityConfiguration.next(cookies)
                .onAuthenticationSuccess(
                        request, response, SecurityContextHolder.getContext().getAuthentication());
        return Outcome.RIGHT;
    }

    /** The owner has chosen a password: what the account may counts from here on. */
    public void passwordChosen(HttpServletRequest request, HttpServletResponse response) {
        Authentication present = SecurityContextHolder.getContext().getAuthentication();
        if (present != null
                && present.getPrincipal() instanceof AccountDetails details
                && details.step() == AccountDetails.Step.OWN_PASSWORD) {
            contexts.stepTaken(request, response);
        }
    }
}
