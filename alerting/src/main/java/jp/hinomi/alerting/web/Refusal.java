package jp.hinomi.alerting.web;

import jp.hinomi.alerting.text.Reason;
import jp.hinomi.alerting.text.Refused;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Why a request is not done, with the status of its answer. It can be made of a {@link Reason} alone, so its words come in the
 * language of whoever called: on pages by {@link Refusals}, in the API by its problem details. What is {@link Refused} without a
 * status is a mistake of the caller (400).
 */
public final class Refusal {
    private Refusal() {}

    public static ResponseStatusException bad(Reason why, Object... details) {
        return of(HttpStatus.BAD_REQUEST, why, details);
    }

    public static ResponseStatusException forbidden(Reason why, Object... details) {
        return of(HttpStatus.FORBIDDEN, why, details);
    }

    public static ResponseStatusException unknown(Reason why, Object... details) {
        return of(HttpStatus.NOT_FOUND, why, details);
    }

    public static ResponseStatusException conflict(Reason why, Object... details) {
        return of(HttpStatus.CONFLICT, why, details);
    }

    public static ResponseStatusException of(HttpStatus status, Reason why, Object... details) {
        return of(status, new Refused(why, details));
    }

    public static ResponseStatusException of(HttpStatus status, Refused refused) {
        return new ResponseStatusException(status, refused.getMessage(), refused);
    }
}
