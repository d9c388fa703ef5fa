package jp.hinomi.alerting.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.web.CallReason;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Takes {@code Idempotency-Key} with what is posted to the API; after it is known who calls. */
final class IdempotencyFilter extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";

    /** An Item of Structured Fields is a string in quotes; many clients leave them out. */
    private static final Pattern KEY = Pattern.compile("\"?([\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255})\"?");

    private static final int LARGEST = 8 << 20;

    private final IdempotentCalls calls;
    private final InstantSource clock;

    IdempotencyFilter(IdempotentCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod()) || request.getHeader(HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = KEY.matcher(request.getHeader(HEADER).strip());
        Optional<Member> member = Members.current();
        if (!key.matches() || member.isEmpty()) {
            ApiRefusals.write(request, response, HttpStatus.BAD_REQUEST, CallReason.KEY_FORM);
            return;
        } else if (member.get().role() == AccountRole.STAKEHOLDER) {
            // Its transaction would begin before row-level security is in force.
            ApiRefusals.write(request, response, HttpStatus.BAD_REQUEST, CallReason.KEY_STAKEHOLDER);
            return;
        }
        String type = request.getContentType();
        if (type != null && !type.contains("json")) {
            ApiRefusals.write(request, response, HttpStatus.BAD_REQUEST, CallReason.KEY_JSON);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            ApiRefusals.write(request, response, HttpStatus.CONTENT_TOO_LARGE, CallReason.KEY_LARGE, LARGEST >> 20);
            return;
        }
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        IdempotentCalls.Result result;
        try {
            result = calls.make(member.get().actor(), key.group(1), hash(request, body), clock.instant(), () -> {
                try {
                    chain.doFilter(new KeptBody(request, body), answer);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (ServletException e) {
                    throw new CallFailed(e);
                }
                return new IdempotentCalls.Kept(
                        answer.getStatus(),
                        Optional.ofNullable(answer.getContentType()),
                        answer.getContentAsByteArray());
            });
        } catch (CallFailed e) {
            throw (ServletException) e.getCause();
        }
        say(result, request, response, answer);
    }

    private static void say(
            IdempotentCalls.Result result,
            HttpServletRequest request,
            HttpServletResponse response,
            ContentCachingResponseWrapper answer)
            throws IOException {
        if (result instanceof IdempotentCalls.Result.Done) {
            answer.copyBodyToResponse();
        } else if (result instanceof IdempotentCalls.Result.Before before) {
            response.setStatus(before.answer().status());
            before.answer().type().ifPresent(response::setContentType);
            response.setHeader("Idempotency-Replayed", "true");
            response.getOutputStream().write(before.answer().body());
        } else if (result instanceof IdempotentCalls.Result.OtherCall) {
            ApiRefusals.write(request, response, HttpStatus.UNPROCESSABLE_CONTENT, CallReason.KEY_OTHER_CALL);
        } else if (result instanceof IdempotentCalls.Result.UnderWay) {
            ApiRefusals.write(request, response, HttpStatus.CONFLICT, CallReason.KEY_UNDER_WAY);
        } else {
            ApiRefusals.write(
                    request, response, HttpStatus.TOO_MANY_REQUESTS, CallReason.KEYS_MANY, IdempotentCalls.MOST);
        }
    }

    private static final class CallFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallFailed(ServletException cause) {
            super(cause);
        }
    }

    /** Of what is called with what, and of what the caller may do: a token with fewer scopes reads no answers of another. */
    private static byte[] hash(HttpServletRequest request, byte[] body) {
        TreeSet<String> scopes = new TreeSet<>();
        Members.permissions().stream().map(Permission::word).forEach(scopes::add);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getRequestURI() + "\n" + request.getQueryString() + "\n" + scopes + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            return digest.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
