package jp.hinomi.alerting.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.DeferredCsrfToken;

/**
 * The token against forged requests follows from the secret in the browser's cookie, so nothing is kept, and any instance knows
 * it. Whoever forges a request makes the browser send the cookie, but does not see it. Thread-safe.
 */
final class BrowserCsrf implements CsrfTokenRepository {
    private static final String HEADER = "X-CSRF-TOKEN";
    private static final String PARAMETER = "_csrf";

    private static CsrfToken token(String secret) {
        byte[] mac = Secrets.mac(secret.getBytes(StandardCharsets.UTF_8), "csrf");
        return new DefaultCsrfToken(
                HEADER, PARAMETER, Base64.getUrlEncoder().withoutPadding().encodeToString(mac));
    }

    @Override
    public DeferredCsrfToken loadDeferredToken(HttpServletRequest request, HttpServletResponse response) {
        return new DeferredCsrfToken() {
            private boolean generated;

            @Override
            public CsrfToken get() {
                return token(BrowserSecret.of(request).orElseGet(() -> {
                    generated = true;
                    return BrowserSecret.renew(request, response);
                }));
            }

            @Override
            public boolean isGenerated() {
                get();
                return generated;
            }
        };
    }

    @Override
    public CsrfToken loadToken(HttpServletRequest request) {
        return BrowserSecret.of(request).map(BrowserCsrf::token).orElse(null);
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        throw new UnsupportedOperationException("tokens follow from the cookie: loadDeferredToken sets one");
    }

    @Override
    public void saveToken(CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        // The cookie is what is kept, and a login or logout changes that.
    }
}
