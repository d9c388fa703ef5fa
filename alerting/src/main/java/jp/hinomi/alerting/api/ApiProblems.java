package jp.hinomi.alerting.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.CaseworkWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;

/** Errors of the API as problem details (RFC 9457); those of pages go their own way. */
@RestControllerAdvice
public class ApiProblems {
    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    private final Texts texts;

    public ApiProblems(Texts texts) {
        this.texts = texts;
    }

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
        return CaseworkWords.of(failure)
                .map(refusal -> casework(refusal, failure, locale))
                .or(() -> of(failure))
                .orElseGet(() -> {
                    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
                    return ResponseEntity.internalServerError()
                            .body(ProblemDetail.forStatusAndDetail(
                                    HttpStatus.INTERNAL_SERVER_ERROR, "Hinomi failed at this call: its log says why"));
                });
    }

    /** In the language that the call asks for. */
    private ResponseEntity<ProblemDetail> casework(CaseworkRefusal refusal, Exception failure, Locale locale) {
        HttpStatusCode status =
                failure instanceof ResponseStatusException stated ? stated.getStatusCode() : HttpStatus.BAD_REQUEST;
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, CaseworkWords.words(refusal, texts, locale));
        problem.setProperty("refused", refusal.why().word());
        return ResponseEntity.status(status)
                .header(HttpHeaders.CONTENT_LANGUAGE, locale.getLanguage())
                .body(problem);
    }

    private static Optional<ResponseEntity<ProblemDetail>> of(Exception failure) {
        if (failure instanceof ResponseStatusException stated) {
            // Its words are ours, and written for whoever called.
            return answer(stated, Optional.ofNullable(stated.getReason()));
        } else if (failure instanceof HttpMessageNotReadableException unreadable) {
            return bad("the body is no JSON of the form that the call takes: "
                    + firstLine(unreadable.getMostSpecificCause().getMessage()));
        } else if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return bad("'" + mismatch.getName() + "' cannot be '" + mismatch.getValue() + "': "
                    + form(mismatch.getRequiredType()));
        } else if (failure instanceof TypeMismatchException mismatch) {
            return bad("a value cannot be '" + mismatch.getValue() + "': " + form(mismatch.getRequiredType()));
        }
        return failure instanceof ErrorResponse known
                ? answer(known, Optional.ofNullable(known.getBody().getDetail()))
                : Optional.empty();
    }

    private static String form(Class<?> type) {
        if (type == null || type == String.class) {
            return "see /api/v1/openapi.json";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "it is a whole number";
            case "boolean", "Boolean" -> "it is true or false";
            case "Instant", "Optional" -> "a time is written as 2026-04-01T01:02:03Z";
            default -> "see /api/v1/openapi.json";
        };
    }

    /** Readers of JSON go on about classes of ours after the first line. */
    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static Optional<ResponseEntity<ProblemDetail>> bad(String detail) {
        return Optional.of(
                ResponseEntity.badRequest().body(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail)));
    }

    private static Optional<ResponseEntity<ProblemDetail>> answer(ErrorResponse known, Optional<String> detail) {
        ProblemDetail problem = known.getBody();
        detail.ifPresent(problem::setDetail);
        return Optional.of(ResponseEntity.status(known.getStatusCode())
                .headers(HttpHeaders.copyOf(known.getHeaders()))
                .body(problem));
    }
}
