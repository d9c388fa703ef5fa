package jp.hinomi.alerting.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/**
 * Who logs out here logs out at the provider as well (OpenID Connect RP-Initiated Logout 1.0), if it offers that: else whoever
 * sits down next is let in by the button.
 */
final class OidcFarewell extends OidcClientInitiatedLogoutSuccessHandler {
    /** Shows where it goes on. */
    static final String PAGE = "/login/leaving";

    /** Attribute of the request: the address at the provider. */
    static final String ONWARD = "onward";

    /** Attribute of the request: what the provider gave at the login. */
    static final String ID_TOKEN = OidcFarewell.class.getName() + ".id-token";

    OidcFarewell(OidcProvider provider, Optional<URI> publicUrl) {
        super(provider);
        setDefaultTargetUrl("/login?bye");
        setPostLogoutRedirectUri(publicUrl.map(OidcProvider::withoutSlash).orElse("{baseUrl}") + "/login");
        setRedirectStrategy((request, response, url) -> {
            if (url.startsWith("/")) {
                response.sendRedirect(url);
            } else {
                leave(url, request, response);
            }
        });
    }

    /** By a page, not by a redirect: our policy forbids forms that lead elsewhere, and browsers hold redirects to it. */
    private static void leave(String url, HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(ONWARD, url);
        response.setHeader("Refresh", "0; url=" + url);
        response.setHeader("Cache-Control", "no-store");
        try {
            request.getRequestDispatcher(PAGE).forward(request, response);
        } catch (ServletException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    protected String determineTargetUrl(
            HttpServletRequest request, HttpServletResponse response, Authentication account) {
        if (!(request.getAttribute(ID_TOKEN) instanceof String token)
                || !(account != null && account.getPrincipal() instanceof MemberPrincipal principal)) {
            return getDefaultTargetUrl();
        }
        OidcPrincipal known = new OidcPrincipal(
                principal.member(), new OidcIdToken(token, null, null, Map.of("sub", account.getName())));
        try {
            return super.determineTargetUrl(
                    request, response, new OAuth2AuthenticationToken(known, known.getAuthorities(), OidcProvider.ID));
        } catch (OAuth2AuthenticationException e) {
            return getDefaultTargetUrl(); // the provider is down: here at least they are logged out
        }
    }
}
