package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import jp.hinomi.alerting.web.CallReason;
import jp.hinomi.alerting.web.Refusal;

/**
 * Which page of a list a call asks for: the two parameters that all lists have. Calls take it as
 * {@link org.springdoc.core.annotations.ParameterObject}.
 *
 * @param before absent = the first page
 * @param limit absent = {@link #USUAL}
 */
public record Paging(
        @Parameter(description = "`next` of the page before.")
        Long before,

        @Parameter(
                description = "Items on a page, 1 to 500.",
                schema = @Schema(type = "integer", format = "int32", defaultValue = "100"))
        Integer limit) {
    /** As many as one page holds at the most. */
    static final int MOST = 500;

    private static final int USUAL = 100;

    /** The first page, as long as there can be one: what calls answer that change something. */
    static final Paging WHOLE = new Paging(null, MOST);

    /** @throws org.springframework.web.server.ResponseStatusException 400 unless it is between 1 and {@link #MOST} */
    int size() {
        int asked = limit == null ? USUAL : limit;
        if (asked < 1 || asked > MOST) {
            throw Refusal.bad(CallReason.LIMIT, MOST, asked);
        }
        return asked;
    }

    Optional<Long> key() {
        return Optional.ofNullable(before);
    }

    /** Of lists by descending numbers: only what is below it. */
    long below() {
        return before == null ? Long.MAX_VALUE : before;
    }

    /** Of other lists: how many came on the pages before. */
    long skipped() {
        return before == null ? 0 : Math.max(0, before);
    }
}
