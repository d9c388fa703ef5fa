package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.InstantSource;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.LoginGuard;
import jp.hinomi.alerting.security.SessionFilter;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people change their own password. */
@Controller
public class AccountPages {
    /** Characters; NIST SP 800-63B asks for 8 at the least, and for no other rule than length. */
    private static final int SHORTEST = 12;

    /** Bytes; bcrypt looks at no more. */
    private static final int LONGEST = 72;

    private final Accounts accounts;
    private final LoginGuard guard;
    private final InstantSource clock;

    public AccountPages(Accounts accounts, LoginGuard guard, InstantSource clock) {
        this.accounts = accounts;
        this.guard = guard;
        this.clock = clock;
    }

    @GetMapping("/account")
    String account(Model model) {
        return page("", model);
    }

    @PostMapping("/account")
    String change(
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String chosen,
            @RequestParam(defaultValue = "") String again,
            Principal principal,
            HttpServletRequest request,
            Model model) {
        if (chosen.codePointCount(0, chosen.length()) < SHORTEST) {
            return page("short", model);
        }
        if (chosen.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return page("long", model);
        }
        if (!chosen.equals(again)) {
            return page("different", model);
        }
        String name = principal.getName();
        String client = request.getRemoteAddr();
        // A session that somebody left open must not be a place to guess in.
        if (guard.admit(name, client) instanceof LoginGuard.Admission.Locked) {
            return page("locked", model);
        }
        if (!accounts.change(name, present, chosen, clock.instant())) {
            guard.failed(name, client);
            return page("wrong", model);
        }
        // The sessions of all others end; this one's owner has just shown both passwords.
        SessionFilter.begin(request, name, clock.instant());
        return page("changed", model);
    }

    private static String page(String outcome, Model model) {
        model.addAttribute("outcome", outcome);
        model.addAttribute("shortest", SHORTEST);
        return "account";
    }
}
