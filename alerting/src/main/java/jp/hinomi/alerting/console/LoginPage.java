package jp.hinomi.alerting.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The form; Spring Security takes what it sends. */
@Controller
public class LoginPage {
    @GetMapping("/login")
    String login() {
        return "login";
    }
}
