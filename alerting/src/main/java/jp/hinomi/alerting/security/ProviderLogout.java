package jp.hinomi.alerting.security;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.access.OpenToAll;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.alerting.web.CallReason;
import jp.hinomi.alerting.web.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where the OpenID provider says that somebody logged out there, or was shut out: OpenID Connect Back-Channel Logout 1.0. */
@RestController
@OpenToAll("the provider signs what it says")
public class ProviderLogout {
    /** Registered with the provider. */
    static final String ADDRESS = "/login/ended";

    private static final int LONGEST_IN_LOG = 300;
    private static final Logger LOG = LoggerFactory.getLogger(ProviderLogout.class);

    private final AlertingSettings settings;
    private final ObjectProvider<OidcProvider> provider;
    private final ObjectProvider<OidcTokens> tokens;
    private final Sessions sessions;
    private final InstantSource clock;

    ProviderLogout(
            AlertingSettings settings,
            ObjectProvider<OidcProvider> provider,
            ObjectProvider<OidcTokens> tokens,
            Sessions sessions,
            InstantSource clock) {
        this.settings = settings;
        this.provider = provider;
        this.tokens = tokens;
        this.sessions = sessions;
        this.clock = clock;
    }

    @PostMapping(ADDRESS)
    ResponseEntity<Map<String, String>> ended(@RequestParam(name = "logout_token", defaultValue = "") String token) {
        if (settings.oidc().isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Instant now = clock.instant();
        LogoutToken said;
        try {
            said = read(token, now);
        } catch (JwtException e) {
            said = new LogoutToken.Refused("not a token of this provider: " + e.getMessage());
        } catch (OAuth2AuthenticationException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, CallReason.UNAVAILABLE);
        }
        if (said instanceof LogoutToken.Over over) {
            // Whoever has logged in again meanwhile stays.
            sessions.endOfProvider(
                    over.subject().map(subject -> settings.oidc().get().issuer() + " " + subject),
                    over.session(),
                    over.issued().plus(OidcTokens.SKEW),
                    Accounts.PROVIDER,
                    now);
            return answer(HttpStatus.OK, Map.of());
        }
        String why = ((LogoutToken.Refused) said).why();
        LOG.warn("a logout by the OpenID provider was refused: {}", VisibleText.plain(why, LONGEST_IN_LOG));
        return answer(HttpStatus.BAD_REQUEST, Map.of("error", "invalid_request", "error_description", why));
    }

    private LogoutToken read(String token, Instant now) {
        ClientRegistration registration = provider.getObject().findByRegistrationId(OidcProvider.ID);
        Jwt jwt = tokens.getObject().logoutTokens(registration).decode(token);
        return LogoutToken.of(
                jwt.getClaims(), settings.oidc().get().issuer().toString(), registration.getClientId(), now);
    }

    private static ResponseEntity<Map<String, String>> answer(HttpStatus status, Map<String, String> body) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
