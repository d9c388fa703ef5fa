package jp.hinomi.alerting.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestOperations;

/**
 * Checks ID tokens as section 3.1.3.7 of OpenID Connect Core asks, with the keys that the provider publishes. As Spring Security
 * does it by itself, but with bounded waiting, Hinomi's clock, and every asymmetric algorithm that the provider names. Thread-safe.
 */
final class OidcTokens implements JwtDecoderFactory<ClientRegistration> {
    /** Between the provider's clock and ours. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private final RestOperations http;
    private final Clock clock;
    private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();
    private final Map<String, JwtDecoder> logoutDecoders = new ConcurrentHashMap<>();

    OidcTokens(RestOperations http, InstantSource clock) {
        this.http = http;
        this.clock = new Ticking(clock);
    }

    @Override
    public JwtDecoder createDecoder(ClientRegistration provider) {
        return decoders.computeIfAbsent(provider.getProviderDetails().getJwkSetUri(), keys -> decoder(provider, keys));
    }

    /** Reads what the provider signed and is not over; whether it means us, {@link LogoutToken} says. */
    JwtDecoder logoutTokens(ClientRegistration provider) {
        return logoutDecoders.computeIfAbsent(provider.getProviderDetails().getJwkSetUri(), keys -> {
            NimbusJwtDecoder decoder = signed(provider, keys);
            decoder.setJwtValidator(times());
            return decoder;
        });
    }

    private JwtTimestampValidator times() {
        JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        return times;
    }

    private NimbusJwtDecoder signed(ClientRegistration provider, String keys) {
        Set<SignatureAlgorithm> algorithms = algorithms(provider);
        return NimbusJwtDecoder.withJwkSetUri(keys)
                .restOperations(http)
                .jwsAlgorithms(all -> all.addAll(algorithms))
                .build();
    }

    private JwtDecoder decoder(ClientRegistration provider, String keys) {
        NimbusJwtDecoder decoder = signed(provider, keys);
        OidcIdTokenValidator claims = new OidcIdTokenValidator(provider);
        claims.setClock(clock);
        claims.setClockSkew(SKEW);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times(), claims));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /** {@code none} and those with a shared secret are not among them. */
    private static Set<SignatureAlgorithm> algorithms(ClientRegistration provider) {
        Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        Object named =
                provider.getProviderDetails().getConfigurationMetadata().get("id_token_signing_alg_values_supported");
        if (named instanceof Collection<?> several) {
            for (Object one : several) {
                SignatureAlgorithm algorithm = SignatureAlgorithm.from(String.valueOf(one));
                if (algorithm != null) {
                    algorithms.add(algorithm);
                }
            }
        }
        if (algorithms.isEmpty()) {
            algorithms.add(SignatureAlgorithm.RS256);
        }
        return algorithms;
    }

    private static final class Ticking extends Clock {
        private final InstantSource source;

        Ticking(InstantSource source) {
            this.source = source;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(instant(), zone);
        }

        @Override
        public Instant instant() {
            return source.instant();
        }
    }
}
