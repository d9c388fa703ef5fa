package jp.hinomi.alerting.api;

import java.util.function.Supplier;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Why a call is not done, in the words that its caller reads. */
final class Refusal {
    private Refusal() {}

    static ResponseStatusException bad(String message) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
    }

    static ResponseStatusException unknown(String message) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, message);
    }

    static ResponseStatusException conflict(String message) {
        return new ResponseStatusException(HttpStatus.CONFLICT, message);
    }

    static ResponseStatusException bad(CaseworkRefusal.Why why, Object... details) {
        return of(HttpStatus.BAD_REQUEST, why, details);
    }

    static ResponseStatusException unknown(CaseworkRefusal.Why why, Object... details) {
        return of(HttpStatus.NOT_FOUND, why, details);
    }

    static ResponseStatusException conflict(CaseworkRefusal.Why why, Object... details) {
        return of(HttpStatus.CONFLICT, why, details);
    }

    static ResponseStatusException conflict(CaseworkRefusal refusal) {
        return new ResponseStatusException(HttpStatus.CONFLICT, refusal.getMessage(), refusal);
    }

    /** Its words come in the caller's language, as {@link ApiProblems} writes them. */
    private static ResponseStatusException of(HttpStatus status, CaseworkRefusal.Why why, Object... details) {
        CaseworkRefusal refusal = new CaseworkRefusal(why, details);
        return new ResponseStatusException(status, refusal.getMessage(), refusal);
    }

    /** What the domain refuses is the client's mistake. */
    static <T> T read(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }
}
