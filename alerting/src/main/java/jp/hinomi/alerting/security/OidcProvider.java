package jp.hinomi.alerting.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.OidcSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.web.client.RestClient;

/**
 * The provider as it describes itself (OpenID Connect Discovery 1.0), asked when somebody wants to log in and then remembered: so
 * Hinomi starts, and local accounts work, while it is down. Thread-safe.
 */
final class OidcProvider implements ClientRegistrationRepository {
    /** The one provider's name in addresses. */
    static final String ID = "oidc";

    /** Where its answers come back to; registered with the provider. */
    static final String RETURN = "/login/return/";

    /** Of errors that come from not reaching it. */
    static final String UNREACHABLE = "provider_unreachable";

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** A provider that is down is not asked again by everybody who presses the button. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    private final OidcSettings settings;
    private final Optional<URI> publicUrl;
    private final InstantSource clock;
    private final ClientHttpRequestFactory requests = requests();
    private volatile ClientRegistration known;
    private OAuth2AuthenticationException failure;
    private Instant failedAt = Instant.MIN;

    OidcProvider(OidcSettings settings, AlertingSettings all) {
        this.settings = settings;
        this.publicUrl = all.publicUrl();
        this.clock = all.clock();
    }

    /** Follows no redirects, waits for no one. */
    private static ClientHttpRequestFactory requests() {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT).build());
        factory.setReadTimeout(ANSWER);
        return factory;
    }

    /** For every request to the provider. */
    ClientHttpRequestFactory http() {
        return requests;
    }

    OidcSettings settings() {
        return settings;
    }

    /** @throws OAuth2AuthenticationException while the provider does not say, or not rightly, where its endpoints are */
    @Override
    public ClientRegistration findByRegistrationId(String id) {
        if (!ID.equals(id)) {
            return null;
        }
        ClientRegistration present = known;
        return present != null ? present : discovered();
    }

    private synchronized ClientRegistration discovered() {
        if (known != null) {
            return known;
        }
        Instant now = clock.instant();
        if (failure != null && now.isBefore(failedAt.plus(PAUSE))) {
            throw failure;
        }
        try {
            known = registration(metadata());
            failure = null;
            LOG.info("OpenID provider {} found", settings.issuer());
            return known;
        } catch (RuntimeException e) {
            failure = new OAuth2AuthenticationException(
                    new OAuth2Error(
                            UNREACHABLE,
                            "the OpenID provider " + settings.issuer() + " cannot be used: " + e.getMessage(),
                            null),
                    e);
            failedAt = now;
            throw failure;
        }
    }

    private Map<String, Object> metadata() {
        String issuer = settings.issuer().toString();
        Map<String, Object> metadata = RestClient.builder()
                .requestFactory(requests)
                .build()
                .get()
                .uri(URI.create((issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration"))
                .retrieve()
                .body(OBJECT);
        // Section 4.3: else one provider could speak for another.
        if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
            throw new IllegalStateException("it calls itself '" + (metadata == null ? "" : metadata.get("issuer"))
                    + "': set HINOMI_OIDC_ISSUER to exactly that, if it is the right one");
        }
        return metadata;
    }

    private ClientRegistration registration(Map<String, Object> metadata) {
        ClientRegistration.Builder builder = ClientRegistrations.fromOidcConfiguration(metadata)
                .registrationId(ID)
                .clientId(settings.clientId())
                .scope(settings.scopes())
                .redirectUri(publicUrl.map(OidcProvider::withoutSlash).orElse("{baseUrl}") + RETURN + ID);
        settings.secret()
                .ifPresentOrElse(
                        secret -> builder.clientSecret(secret).clientAuthenticationMethod(method(metadata)),
                        () -> builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE));
        return builder.build();
    }

    static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The usual one, unless the provider says that it takes the other alone. */
    private static ClientAuthenticationMethod method(Map<String, Object> metadata) {
        boolean basic = !(metadata.get("token_endpoint_auth_methods_supported") instanceof Collection<?> methods)
                || Set.copyOf(methods).contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue());
        return basic ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC : ClientAuthenticationMethod.CLIENT_SECRET_POST;
    }
}
