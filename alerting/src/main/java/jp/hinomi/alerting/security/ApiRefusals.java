package jp.hinomi.alerting.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.alerting.console.Preferences;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.CallReason;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.web.servlet.LocaleResolver;

/**
 * What a program is told before a call reaches its method: problem details (RFC 9457) in the language that the call asks for, as all
 * errors of the API.
 */
final class ApiRefusals {
    private static final LocaleResolver LANGUAGES = new Preferences.Languages();

    private ApiRefusals() {}

    static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            CallReason why,
            Object... details)
            throws IOException {
        Locale locale = LANGUAGES.resolveLocale(request);
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", new Refused(why, details).in(locale));
        problem.put("instance", request.getRequestURI());
        problem.put("refused", why.word());
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, locale.getLanguage());
        response.getOutputStream().write(Columns.json(problem).getBytes(StandardCharsets.UTF_8));
    }

    /** Of a caller who is known. */
    static void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof LacksPermissionException lacks) {
            write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    CallReason.PERMISSION,
                    lacks.permission().word());
        } else {
            write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    denied instanceof CsrfException ? CallReason.CSRF : CallReason.FORBIDDEN);
        }
    }
}
