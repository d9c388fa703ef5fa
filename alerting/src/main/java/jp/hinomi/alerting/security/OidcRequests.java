package jp.hinomi.alerting.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * A login that a browser has begun at the OpenID provider, kept by that browser, so that the answer may come back to any instance.
 * One at a time: the last one begun. Thread-safe.
 */
final class OidcRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    private static final String COOKIE = "hinomi-sign-on";

    /** As long as somebody may take for the password, a second factor, and a lost telephone. */
    private static final Duration KEPT = Duration.ofMinutes(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OidcProvider provider;
    private final SealedCookies cookies;

    OidcRequests(OidcProvider provider, SealedCookies cookies) {
        this.provider = provider;
        this.cookies = cookies;
    }

    /** What is made anew for each login; the rest is said by the provider's registration. */
    private record Begun(String state, String nonce, String verifier, String back) {
        static Begun of(OAuth2AuthorizationRequest request) {
            return new Begun(
                    request.getState(),
                    request.getAttribute(OidcParameterNames.NONCE),
                    request.getAttribute(PkceParameterNames.CODE_VERIFIER),
                    request.getRedirectUri());
        }
    }

    private OAuth2AuthorizationRequest request(Begun begun) {
        ClientRegistration registration = provider.findByRegistrationId(OidcProvider.ID);
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .clientId(registration.getClientId())
                .scopes(registration.getScopes())
                .redirectUri(begun.back())
                .state(begun.state())
                .attributes(all -> {
                    all.put(OAuth2ParameterNames.REGISTRATION_ID, OidcProvider.ID);
                    all.put(OidcParameterNames.NONCE, begun.nonce());
                    all.put(PkceParameterNames.CODE_VERIFIER, begun.verifier());
                })
                .build();
    }

    private Optional<Begun> begun(HttpServletRequest request) {
        return cookies.of(COOKIE, request)
                .flatMap(OidcRequests::read)
                .filter(known -> known.state().equals(request.getParameter(OAuth2ParameterNames.STATE)));
    }

    private static Optional<Begun> read(String text) {
        try {
            return Optional.of(JSON.readValue(text, Begun.class));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // of another version
        }
    }

    @Override
    public OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return begun(request).map(this::request).orElse(null);
    }

    @Override
    public OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        Optional<Begun> begun = begun(request);
        if (begun.isPresent()) {
            cookies.take(COOKIE, request, response);
        }
        return begun.map(this::request).orElse(null);
    }

    @Override
    public void saveAuthorizationRequest(
            OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        try {
            cookies.put(COOKIE, JSON.writeValueAsString(Begun.of(begun)), KEPT, request, response);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }
}
