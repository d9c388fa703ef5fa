package jp.hinomi.alerting.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Steps of a login after the password. Thread-safe. */
public final class Logins {
    private final Accounts accounts;
    private final SecondFactor factor;
    private final LoginGuard guard;

    public Logins(Accounts accounts, SecondFactor factor, LoginGuard guard) {
        this.accounts = accounts;
        this.factor = factor;
        this.guard = guard;
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
        goOn(accounts.afterCode(account), request, response);
        SecurityConfiguration.next()
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
            goOn(new AccountDetails(details.member(), "", false, AccountDetails.Step.NOTHING), request, response);
        }
    }

    private static void goOn(AccountDetails details, HttpServletRequest request, HttpServletResponse response) {
        // More may be done with the session now: whoever knew its id before does not.
        request.changeSessionId();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(details, null, details.getAuthorities()));
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }
}
