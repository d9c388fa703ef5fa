package jp.hinomi.alerting.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import jp.hinomi.alerting.access.OpenToAll;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form; Spring Security takes what it sends. */
@Controller
@OpenToAll("nobody is logged in yet")
public class LoginPage {
    private final InstantSource clock;

    public LoginPage(InstantSource clock) {
        this.clock = clock;
    }

    /** @param locked until when no password is looked at, in seconds since the epoch */
    @GetMapping("/login")
    String login(@RequestParam(required = false) Long locked, Model model) {
        if (locked != null) {
            Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(clamped(locked)));
            model.addAttribute("locked", Math.min(60, Math.max(1, left.toMinutes() + 1)));
        }
        return "login";
    }

    /** The address line is anybody's to write. */
    private static long clamped(long seconds) {
        return Math.min(Instant.MAX.getEpochSecond() / 2, Math.max(0, seconds));
    }
}
