package jp.hinomi.alerting;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/** A real OpenID provider: Spring Authorization Server, with a form for the password, on a port of its own. */
public final class TestProvider implements AutoCloseable {
    public static final String CLIENT = "hinomi";
    public static final String SECRET = "a-secret-for-tests-only";
    public static final String PASSWORD = "at the provider";

    private final Map<String, Map<String, Object>> people = new ConcurrentHashMap<>();
    private final AtomicReference<URI> client = new AtomicReference<>();
    private volatile Consumer<JwtClaimsSet.Builder> forgery = claims -> {};
    private volatile boolean down;
    private final InstantSource clock;
    private final ConfigurableApplicationContext context;

    private TestProvider(InstantSource clock) {
        this.clock = clock;
        SpringApplication application = new SpringApplication(Server.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.of(
                "server.port",
                0,
                "server.address",
                "127.0.0.1",
                "server.servlet.session.cookie.name",
                "provider-session",
                "spring.jmx.enabled",
                false));
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(TestProvider.class, () -> this));
        this.context = application.run();
    }

    public static TestProvider start(InstantSource clock) {
        return new TestProvider(clock);
    }

    public URI issuer() {
        return URI.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Where Hinomi answers: the provider sends people nowhere else. */
    public void knows(URI hinomi) {
        client.set(hinomi);
    }

    /** @param claims that its tokens have of them */
    public void person(String name, Map<String, Object> claims) {
        people.put(name, claims);
    }

    /** What it does to the ID tokens from now on. */
    public void forge(Consumer<JwtClaimsSet.Builder> change) {
        forgery = change;
    }

    /** Whether it answers nothing but 503. */
    public void down(boolean now) {
        down = now;
    }

    /** What it would send when somebody logs out: signed with its key (OpenID Connect Back-Channel Logout 1.0, section 2.4). */
    public String logoutToken(Consumer<JwtClaimsSet.Builder> change) {
        return logoutToken(context.getBean("keys", JWKSource.class), change);
    }

    /** The same, signed by somebody else. */
    public String forgedLogoutToken() throws NoSuchAlgorithmException {
        return logoutToken(new Server().keys(), claims -> {});
    }

    private String logoutToken(JWKSource<SecurityContext> keys, Consumer<JwtClaimsSet.Builder> change) {
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .issuer(issuer().toString())
                .audience(List.of(CLIENT))
                .issuedAt(clock.instant())
                .expiresAt(clock.instant().plus(Duration.ofMinutes(2)))
                .id("of-this-logout")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        change.accept(claims);
        return new NimbusJwtEncoder(keys)
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.RS256)
                                .type("logout+jwt")
                                .keyId("of-test")
                                .build(),
                        claims.build()))
                .getTokenValue();
    }

    @Override
    public void close() {
        context.close();
    }

    private void answerIfUp(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (down) {
            ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void write(JwtEncodingContext token) {
        if (!OidcParameterNames.ID_TOKEN.equals(token.getTokenType().getValue())) {
            return;
        }
        JwtClaimsSet.Builder claims = token.getClaims();
        claims.issuedAt(clock.instant())
                .expiresAt(clock.instant().plus(Duration.ofMinutes(30)))
                .claim("preferred_username", token.getPrincipal().getName());
        people.getOrDefault(token.getPrincipal().getName(), Map.of()).forEach(claims::claim);
        forgery.accept(claims);
    }

    private RegisteredClient client() {
        URI hinomi = Optional.ofNullable(client.get()).orElse(URI.create("http://localhost:1"));
        return RegisteredClient.withId(CLIENT)
                .clientId(CLIENT)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(hinomi.resolve("/login/return/oidc").toString())
                .postLogoutRedirectUri(hinomi.resolve("/login").toString())
                .scope("openid")
                .scope("profile")
                .scope("email")
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .build();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableWebSecurity
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Server {
        @Bean
        SecurityFilterChain chain(HttpSecurity http, TestProvider provider) throws Exception {
            return http.oauth2AuthorizationServer(server -> server.oidc(oidc -> {}))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(form -> {})
                    .addFilterBefore(provider::answerIfUp, DisableEncodeUrlFilter.class)
                    .build();
        }

        @Bean
        UserDetailsService people(TestProvider provider) {
            return name -> User.withUsername(name)
                    .password("{noop}" + PASSWORD)
                    .disabled(!provider.people.containsKey(name))
                    .build();
        }

        @Bean
        RegisteredClientRepository clients(TestProvider provider) {
            return new RegisteredClientRepository() {
                @Override
                public void save(RegisteredClient one) {
                    // With its secret hashed better; ours is made anew each time.
                }

                @Override
                public RegisteredClient findById(String id) {
                    return findByClientId(id);
                }

                @Override
                public RegisteredClient findByClientId(String id) {
                    return CLIENT.equals(id) ? provider.client() : null;
                }
            };
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(TestProvider provider) {
            return provider::write;
        }

        @Bean
        JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new ImmutableJWKSet<>(new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .privateKey((RSAPrivateKey) pair.getPrivate())
                    .keyID("of-test")
                    .build()));
        }

        @Bean
        JwtDecoder ownTokens(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }
    }
}
