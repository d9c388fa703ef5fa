package jp.hinomi.alerting.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.CallReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Errors of the API as problem details (RFC 9457), in the language that the call asks for; those of pages go their own way. */
@RestControllerAdvice
public class ApiProblems {
    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    /** @throws Exception the same, if it is of a page or of who may call */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(Exception failure, HttpServletRequest request, Locale locale)
            throws Exception {
        if (!request.getRequestURI().startsWith("/api/")) {
            throw failure;
        }
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
            throw failure; // the chain of filters says what to do
        }
        HttpStatusCode status = status(failure);
        Refused why = Refused.of(failure).orElseGet(() -> CallMistakes.of(failure, status, request));
        if (status.is5xxServerError() && why.why() == CallReason.FAILED) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        }
        return answer(
                status, failure instanceof ErrorResponse known ? known.getHeaders() : HttpHeaders.EMPTY, why, locale);
    }

    private static HttpStatusCode status(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            return known.getStatusCode();
        }
        return failure instanceof Refused || CallMistakes.isOfCaller(failure)
                ? HttpStatus.BAD_REQUEST
                : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    /** What a call is told of why it is not done; {@code refused} is the reason for programs. */
    static ResponseEntity<ProblemDetail> answer(HttpStatusCode status, Refused why, Locale locale) {
        return answer(status, HttpHeaders.EMPTY, why, locale);
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatusCode status, HttpHeaders headers, Refused why, Locale locale) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, why.in(locale));
        problem.setProperty("refused", why.why().word());
        return ResponseEntity.status(status)
                .headers(HttpHeaders.copyOf(headers))
                .header(HttpHeaders.CONTENT_LANGUAGE, locale.getLanguage())
                .body(problem);
    }
}
