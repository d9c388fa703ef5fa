package jp.hinomi.alerting.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Locale;
import jp.hinomi.alerting.access.OpenToAll;
import jp.hinomi.alerting.text.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** Language and light or dark, kept in cookies; the browser's own wishes until somebody chooses. */
@Controller
@OpenToAll("language and theme are cookies of the browser")
public class Preferences {
    private static final String LANGUAGE = "hinomi-language";
    private static final String THEME = "hinomi-theme";
    private static final Duration A_YEAR = Duration.ofDays(365);

    @GetMapping("/preferences")
    String set(
            @RequestParam(required = false) String language,
            @RequestParam(required = false) String theme,
            @RequestParam(defaultValue = "/") String back,
            HttpServletResponse response) {
        if ("ja".equals(language) || "en".equals(language)) {
            keep(response, LANGUAGE, language);
        }
        if ("light".equals(theme) || "dark".equals(theme) || "auto".equals(theme)) {
            keep(response, THEME, theme);
        }
        // Only to a path of our own. "//elsewhere" and "/\elsewhere" are other sites to browsers, which leave out tabs
        // and
        // line ends before they look.
        boolean ours = back.matches("/(?![/\\\\])[\\x21-\\x7E]*");
        return "redirect:" + (ours ? back.replace("{", "%7B").replace("}", "%7D") : "/");
    }

    private static void keep(HttpServletResponse response, String name, String value) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .path("/")
                        .maxAge(A_YEAR)
                        .sameSite("Lax")
                        .httpOnly(true)
                        .build()
                        .toString());
    }

    /** {@code light}, {@code dark} or {@code auto}. */
    public static String theme(HttpServletRequest request) {
        String kept = cookie(request, THEME);
        return "light".equals(kept) || "dark".equals(kept) ? kept : "auto";
    }

    private static String cookie(HttpServletRequest request, String name) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return "";
    }

    /** Japanese or English: chosen, else the first of the browser's languages that is one of them, else English. */
    public static final class Languages implements LocaleResolver {
        private static final String RECIPIENT = Languages.class.getName() + ".recipient";

        /** Shows this request's page in the recipient's language, whatever the browser wishes. */
        static void use(HttpServletRequest request, String language) {
            request.setAttribute(RECIPIENT, Texts.locale(language));
        }

        @Override
        public Locale resolveLocale(HttpServletRequest request) {
            if (request.getAttribute(RECIPIENT) instanceof Locale recipient) {
                return recipient;
            }
            String kept = cookie(request, LANGUAGE);
            if ("ja".equals(kept)) {
                return Locale.JAPANESE;
            }
            if ("en".equals(kept)) {
                return Locale.ENGLISH;
            }
            if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) {
                for (Enumeration<Locale> wishes = request.getLocales(); wishes.hasMoreElements(); ) {
                    String language = wishes.nextElement().getLanguage();
                    if ("ja".equals(language)) {
                        return Locale.JAPANESE;
                    }
                    if ("en".equals(language)) {
                        return Locale.ENGLISH;
                    }
                }
            }
            return Locale.ENGLISH;
        }

        @Override
        public void setLocale(HttpServletRequest request, HttpServletResponse response, Locale locale) {
            throw new IllegalStateException("the language is set by /preferences");
        }
    }
}
