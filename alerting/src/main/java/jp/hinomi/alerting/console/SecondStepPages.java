package jp.hinomi.alerting.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.InstantSource;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.security.Logins;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The second step of a login: the code of an authenticator app. */
@Controller
@Needs(Permission.SECOND_STEP)
public class SecondStepPages {
    private final Logins logins;
    private final InstantSource clock;

    public SecondStepPages(Logins logins, InstantSource clock) {
        this.logins = logins;
        this.clock = clock;
    }

    @GetMapping("/login/code")
    String ask(Model model) {
        model.addAttribute("outcome", "");
        return "login-code";
    }

    @PostMapping("/login/code")
    String answer(
            @RequestParam(defaultValue = "") String code,
            Principal principal,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model)
            throws IOException, ServletException {
        Logins.Outcome outcome = logins.code(code, principal.getName(), clock.instant(), request, response);
        if (outcome == Logins.Outcome.RIGHT) {
            return null; // the browser was sent on
        }
        model.addAttribute("outcome", outcome == Logins.Outcome.LOCKED ? "locked" : "wrong");
        return "login-code";
    }
}
