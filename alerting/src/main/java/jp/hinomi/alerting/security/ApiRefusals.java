package jp.hinomi.alerting.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** What a program is told before a call reaches its method: problem details (RFC 9457), as all errors of the API. */
final class ApiRefusals {
    private ApiRefusals() {}

    static void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
            throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", detail);
        problem.put("instance", request.getRequestURI());
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(Columns.json(problem).getBytes(StandardCharsets.UTF_8));
    }
}
