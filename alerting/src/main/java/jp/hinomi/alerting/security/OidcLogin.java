package jp.hinomi.alerting.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.text.VisibleText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Logging in at an OpenID provider: authorization code with PKCE (RFC 7636), state and nonce. The second factor is the provider's
 * matter; what somebody may do here follows from {@link OidcAdmission}. Thread-safe.
 */
public final class OidcLogin {
    /** The button's address is this and the provider's name. */
    static final String BEGIN = "/login/with";

    /** What the page of the login has to say of the last attempt, once. */
    private static final String LAST = "hinomi-refused";

    private static final Duration SAID = Duration.ofMinutes(2);

    /** Characters of what a provider says: browsers keep no cookies of more than 4,096 bytes. */
    private static final int LONGEST_SAID = 600;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the provider itself says when it, or the person at it, does not want to. */
    private static final Set<String> SAID_NO = Set.of(
            "access_denied",
            "login_required",
            "consent_required",
            "interaction_required",
            "unmet_authentication_requirements");

    /** Providers put whole pages into their errors. */
    private static final int LONGEST_IN_LOG = 500;

    private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);

    private final OidcProvider provider;
    private final OidcUsers users;
    private final SealedCookies cookies;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    OidcLogin(
            OidcProvider provider,
            OidcUsers users,
            SealedCookies cookies,
            AuditLog audit,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.provider = provider;
        this.users = users;
        this.cookies = cookies;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param name and {@code values}: what the provider said, for whoever sets up who may do what */
    public record Last(String name, List<String> values) {}

    void applyTo(HttpSecurity http) throws Exception {
        http.oauth2Login(login -> login.loginPage("/login")
                .clientRegistrationRepository(provider)
                .authorizedClientRepository(new Forgotten())
                .authorizationEndpoint(begin -> begin.authorizationRequestResolver(requests())
                        .authorizationRequestRepository(new OidcRequests(provider, cookies)))
                .redirectionEndpoint(back -> back.baseUri(OidcProvider.RETURN + "*"))
                .tokenEndpoint(token -> token.accessTokenResponseClient(codes()))
                .userInfoEndpoint(user -> user.oidcUserService(users))
                .successHandler(this::welcome)
                .failureHandler(this::refuse)
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                        filter.setAuthenticationFailureHandler(OidcLogin.this::refuse);
                        return filter;
                    }
                }));
    }

    private OAuth2AuthorizationRequestResolver requests() {
        DefaultOAuth2AuthorizationRequestResolver requests =
                new DefaultOAuth2AuthorizationRequestResolver(provider, BEGIN);
        List<String> acr = provider.settings().acr();
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce()
                .andThen(request -> {
                    if (!acr.isEmpty()) {
                        request.additionalParameters(Map.of("acr_values", String.join(" ", acr)));
                    }
                }));
        return requests;
    }

    /** As Spring Security makes it, but not waiting for ever. */
    private RestClientAuthorizationCodeTokenResponseClient codes() {
        RestClientAuthorizationCodeTokenResponseClient codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(RestClient.builder()
                .requestFactory(provider.http())
                .configureMessageConverters(converters -> converters
                        .disableDefaults()
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return codes;
    }

    private void welcome(HttpServletRequest request, HttpServletResponse response, Authentication account)
            throws IOException, ServletException {
        record("account:" + account.getName(), "login.succeeded", "account:" + account.getName(), request, Map.of());
        SecurityConfiguration.next(cookies).onAuthenticationSuccess(request, response, account);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        OidcRefusal why = why(failure);
        if (failure instanceof OidcRefused refused) {
            record(
                    "somebody",
                    "login.failed",
                    "account:?",
                    request,
                    Map.of("why", why.word(), "name", refused.name(), "values", refused.values()));
            cookies.put(LAST, said(refused), SAID, request, response);
        } else if (why == OidcRefusal.UNREACHABLE || why == OidcRefusal.INVALID) {
            LOG.warn(
                    "nobody was logged in by OpenID: {}",
                    VisibleText.plain(String.valueOf(failure.getMessage()), LONGEST_IN_LOG));
        }
        response.sendRedirect("/login?sso=" + why.word());
    }

    private void record(
            String actor, String action, String object, HttpServletRequest request, Map<String, Object> more) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("from", request.getRemoteAddr());
        detail.put("by", provider.settings().issuer().toString());
        detail.putAll(more);
        transaction.executeWithoutResult(status -> audit.record(clock.instant(), actor, action, object, detail));
    }

    private static OidcRefusal why(AuthenticationException failure) {
        if (failure instanceof OidcRefused refused) {
            return refused.why();
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ResourceAccessException) {
                return OidcRefusal.UNREACHABLE;
            }
            if (at instanceof OAuth2AuthenticationException told) {
                String code = told.getError().getErrorCode();
                if (OidcProvider.UNREACHABLE.equals(code)) {
                    return OidcRefusal.UNREACHABLE;
                }
                if ("authorization_request_not_found".equals(code) || "invalid_request".equals(code)) {
                    return OidcRefusal.STALE;
                }
                if (SAID_NO.contains(code)) {
                    return OidcRefusal.DENIED;
                }
            }
        }
        return OidcRefusal.INVALID;
    }

    private static String said(OidcRefused refused) {
        List<String> shown = new ArrayList<>();
        int length = refused.name().length();
        for (String value : refused.values()) {
            length += value.length();
            if (length <= LONGEST_SAID) {
                shown.add(value);
            }
        }
        try {
            return JSON.writeValueAsString(new Last(refused.name(), shown));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    /** What the last attempt of this browser came to, once. */
    public static Optional<Last> last(SealedCookies cookies, HttpServletRequest request, HttpServletResponse response) {
        return cookies.take(LAST, request, response).flatMap(text -> {
            try {
                return Optional.of(JSON.readValue(text, Last.class));
            } catch (JsonProcessingException e) {
                return Optional.empty(); // of another version
            }
        });
    }

    /** Hinomi asks nothing of the provider after the login, so it keeps no access tokens. */
    private static final class Forgotten implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> T loadAuthorizedClient(
                String id, Authentication account, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication account,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String id, Authentication account, HttpServletRequest request, HttpServletResponse response) {}
    }
}
