package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.access.OpenToAll;
import jp.hinomi.alerting.security.OidcLogin;
import jp.hinomi.alerting.security.OidcRefusal;
import jp.hinomi.alerting.security.SealedCookies;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form; Spring Security takes what it sends. */
@Controller
@OpenToAll("nobody is logged in yet")
public class LoginPage {
    private final AlertingSettings settings;
    private final SealedCookies cookies;
    private final InstantSource clock;

    public LoginPage(AlertingSettings settings, SealedCookies cookies, InstantSource clock) {
        this.settings = settings;
        this.cookies = cookies;
        this.clock = clock;
    }

    /**
     * @param locked until when no password is looked at, in seconds since the epoch
     * @param sso why the OpenID provider did not bring anybody in: the word of an {@link OidcRefusal}
     */
    @GetMapping("/login")
    String login(
            @RequestParam(required = false) Long locked,
            @RequestParam(defaultValue = "") String sso,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        settings.oidc().ifPresent(provider -> model.addAttribute("provider", provider.shownAs()));
        Arrays.stream(OidcRefusal.values())
                .filter(why -> why.word().equals(sso))
                .findFirst()
                .ifPresent(why -> {
                    model.addAttribute("refusal", why.word());
                    OidcLogin.last(cookies, request, response).ifPresent(last -> model.addAttribute("last", last));
                });
        if (locked != null) {
            Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(clamped(locked)));
            model.addAttribute("locked", Math.min(60, Math.max(1, left.toMinutes() + 1)));
        }
        return "login";
    }

    /** On the way out, to the provider; see {@code OidcFarewell}. */
    @RequestMapping("/login/leaving")
    String leaving(@RequestAttribute(required = false) String onward, Model model) {
        if (onward == null) {
            return "redirect:/login";
        }
        settings.oidc().ifPresent(provider -> model.addAttribute("provider", provider.shownAs()));
        model.addAttribute("onward", onward);
        return "leaving";
    }

    /** The address line is anybody's to write. */
    private static long clamped(long seconds) {
        return Math.min(Instant.MAX.getEpochSecond() / 2, Math.max(0, seconds));
    }
}
