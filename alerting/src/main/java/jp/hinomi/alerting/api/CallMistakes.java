package jp.hinomi.alerting.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.CallReason;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What the framework finds wrong with a call before its method runs, in words of ours. Stateless. */
final class CallMistakes {
    private CallMistakes() {}

    /** Whether a failure without a status of its own is a mistake of whoever called. */
    static boolean isOfCaller(Exception failure) {
        return failure instanceof HttpMessageNotReadableException
                || failure instanceof TypeMismatchException
                || failure instanceof MultipartException;
    }

    static Refused of(Exception failure, HttpStatusCode status, HttpServletRequest request) {
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return body(unreadable.getMostSpecificCause());
        } else if (failure instanceof TypeMismatchException mismatch) {
            return value(mismatch);
        } else if (failure instanceof BindException several && several.getFieldError() != null) {
            return new Refused(
                    CallReason.NUMBER,
                    several.getFieldError().getField(),
                    several.getFieldError().getRejectedValue());
        } else if (failure instanceof MissingServletRequestParameterException missing) {
            return new Refused(CallReason.PARAMETER_MISSING, missing.getParameterName());
        } else if (failure instanceof HttpRequestMethodNotSupportedException method) {
            return new Refused(CallReason.METHOD, method.getMethod(), list(method.getSupportedHttpMethods()));
        } else if (failure instanceof HttpMediaTypeNotSupportedException media) {
            return new Refused(CallReason.MEDIA, media.getContentType(), list(media.getSupportedMediaTypes()));
        }
        return switch (HttpStatus.valueOf(status.value())) {
            case NOT_FOUND -> new Refused(CallReason.ADDRESS, request.getRequestURI());
            case NOT_ACCEPTABLE -> new Refused(CallReason.ACCEPT, String.valueOf(request.getHeader("Accept")));
            case CONTENT_TOO_LARGE -> new Refused(CallReason.TOO_LARGE);
            case CONFLICT -> new Refused(CallReason.CONFLICT);
            case FORBIDDEN -> new Refused(CallReason.FORBIDDEN);
            case SERVICE_UNAVAILABLE -> new Refused(CallReason.UNAVAILABLE);
            default -> new Refused(status.is4xxClientError() ? CallReason.BAD : CallReason.FAILED);
        };
    }

    private static String list(Collection<?> several) {
        return several == null ? "" : several.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static Refused value(TypeMismatchException mismatch) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        Class<?> type = mismatch.getRequiredType();
        CallReason why = switch (type == null ? "" : type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> CallReason.NUMBER;
            case "boolean", "Boolean" -> CallReason.YES_OR_NO;
            case "Instant", "Optional" -> CallReason.TIME;
            default -> CallReason.VALUE;
        };
        return new Refused(why, name, mismatch.getValue());
    }

    private static Refused body(Throwable cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return new Refused(CallReason.BODY_FIELD, unknown.getPropertyName(), list(unknown.getKnownPropertyIds()));
        } else if (cause instanceof StreamReadException broken) {
            return new Refused(
                    CallReason.BODY_JSON,
                    broken.getLocation().getLineNr(),
                    broken.getLocation().getColumnNr());
        } else if (cause instanceof DatabindException unfit && !path(unfit).isEmpty()) {
            return new Refused(CallReason.BODY_VALUE, path(unfit));
        }
        return new Refused(cause instanceof JacksonException ? CallReason.BODY : CallReason.BODY_MISSING);
    }

    /** Where in the body: {@code match.resource[0]}. */
    private static String path(JacksonException unfit) {
        return Optional.ofNullable(unfit.getPath()).stream()
                .flatMap(Collection::stream)
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
