package jp.hinomi.alerting.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import javax.sql.DataSource;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.web.CallReason;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestTemplate;

/** Who may do what: the API by session or token, the console by session, acknowledgement links by their signature. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {
    /** No inline script or style, nothing from elsewhere: hostile log text that got through would still do nothing. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Every connection of a stakeholder's request is that stakeholder's: see {@link ScopedDataSource}. */
    @Bean
    static BeanPostProcessor scopedConnections(ObjectProvider<CityInForce> city) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source && !(bean instanceof ScopedDataSource)
                        ? new ScopedDataSource(source, city)
                        : bean;
            }
        };
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            AlertingSettings settings,
            SessionContexts contexts,
            ApiTokens tokens,
            RateLimits limits,
            IdempotentCalls calls,
            InstantSource clock)
            throws Exception {
        http.securityMatcher("/api/**")
                // Which permission, each method says itself: see PermissionGate.
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(new RateLimitFilter(limits, true), SecurityContextHolderFilter.class)
                .addFilterBefore(
                        new ApiTokenFilter(settings.apiToken(), tokens, limits, clock), AuthorizationFilter.class)
                .addFilterAfter(new IdempotencyFilter(calls, clock), AuthorizationFilter.class)
                .csrf(csrf -> csrf.ignoringRequestMatchers(ApiTokenFilter::carriesToken))
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, failure) -> {
                            response.setHeader("WWW-Authenticate", "Bearer");
                            ApiRefusals.write(request, response, HttpStatus.UNAUTHORIZED, CallReason.UNAUTHENTICATED);
                        })
                        .accessDeniedHandler(ApiRefusals::denied));
        sessions(http, contexts);
        headers(http);
        return http.build();
    }

    /** Rows instead of what the web server keeps in its memory: see {@link SessionContexts}. */
    private static void sessions(HttpSecurity http, SessionContexts contexts) throws Exception {
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(contexts))
                .csrf(csrf -> csrf.csrfTokenRepository(new BrowserCsrf()));
    }

    @Bean
    IdempotentCalls idempotentCalls(JdbcClient jdbc, TransactionTemplate transaction) {
        return new IdempotentCalls(jdbc, transaction);
    }

    @Bean
    RateLimits rateLimits(AlertingSettings settings, InstantSource clock) {
        return new RateLimits(settings.rates(), clock);
    }

    /** With no provider set, nothing asks for it. */
    @Bean
    @Lazy
    OidcProvider oidcProvider(AlertingSettings settings) {
        return new OidcProvider(settings.oidc().orElseThrow(), settings);
    }

    /** Spring Security looks for it by type. */
    @Bean
    @Lazy
    OidcTokens idTokens(OidcProvider provider, InstantSource clock) {
        return new OidcTokens(new RestTemplate(provider.http()), clock);
    }

    @Bean
    @Lazy
    OidcLogin oidcLogin(
            OidcProvider provider,
            Accounts accounts,
            SealedCookies cookies,
            AuditLog audit,
            TransactionTemplate transaction,
            CityInForce city,
            InstantSource clock) {
        return new OidcLogin(
                provider, new OidcUsers(provider, accounts, city::get, clock), cookies, audit, transaction, clock);
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(
            HttpSecurity http,
            AlertingSettings settings,
            ObjectProvider<OidcProvider> provider,
            ObjectProvider<OidcLogin> oidc,
            LoginGuard guard,
            Sessions sessions,
            SessionContexts contexts,
            SealedCookies cookies,
            RateLimits limits,
            InstantSource clock)
            throws Exception {
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(
                                "/login",
                                OidcFarewell.PAGE,
                                ProviderLogout.ADDRESS,
                                "/a/**",
                                "/assets/**",
                                "/preferences",
                                "/actuator/health/**",
                                "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(new RateLimitFilter(limits, false), SecurityContextHolderFilter.class)
                .addFilterBefore(new LoginGuardFilter(guard), UsernamePasswordAuthenticationFilter.class)
                .formLogin(login -> login.loginPage("/login")
                        .successHandler(welcome(guard, cookies))
                        .failureHandler(refuse(guard)))
                .logout(logout -> logout.addLogoutHandler(farewell(sessions, contexts, clock))
                        .logoutSuccessUrl("/login?bye"))
                // The link's signature is what a forged form cannot know; readers of mail have no session. Nor has a
                // provider, which signs what it asks for.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/a/**", ProviderLogout.ADDRESS))
                .requestCache(cache -> cache.requestCache(new NextPage(cookies)))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(toLogin()).accessDeniedHandler(onward()));
        if (settings.oidc().isPresent()) {
            oidc.getObject().applyTo(http);
            http.logout(logout ->
                    logout.logoutSuccessHandler(new OidcFarewell(provider.getObject(), settings.publicUrl())));
        }
        sessions(http, contexts);
        headers(http);
        return http.build();
    }

    /** Whoever has a second factor goes on to show it; until then the attempt counts as failed. */
    private static AuthenticationSuccessHandler welcome(LoginGuard guard, SealedCookies cookies) {
        return (request, response, account) -> {
            if (account.getPrincipal() instanceof AccountDetails details
                    && details.step() == AccountDetails.Step.CODE) {
                response.sendRedirect("/login/code");
                return;
            }
            guard.succeeded(account.getName(), request.getRemoteAddr());
            next(cookies).onAuthenticationSuccess(request, response, account);
        };
    }

    /** To the page that was asked for before the login, else to the beginning. */
    static AuthenticationSuccessHandler next(SealedCookies cookies) {
        SavedRequestAwareAuthenticationSuccessHandler next = new SavedRequestAwareAuthenticationSuccessHandler();
        next.setDefaultTargetUrl(Members.may(Permission.SEE_OWN_PART) ? "/own" : "/");
        next.setRequestCache(new NextPage(cookies));
        return next;
    }

    private static LogoutHandler farewell(Sessions sessions, SessionContexts contexts, InstantSource clock) {
        return (request, response, account) -> {
            if (account != null) {
                contexts.idToken(request).ifPresent(token -> request.setAttribute(OidcFarewell.ID_TOKEN, token));
                SessionContexts.current(request)
                        .ifPresent(session -> sessions.end(
                                account.getName(), session, "account:" + account.getName(), clock.instant()));
            }
        };
    }

    /** Who has not finished the login finishes it; everybody else is refused. */
    private static AccessDeniedHandler onward() {
        AccessDeniedHandler refusal = new AccessDeniedHandlerImpl();
        return (request, response, denied) -> {
            Authentication known = SecurityContextHolder.getContext().getAuthentication();
            AccountDetails.Step step = known != null && known.getPrincipal() instanceof AccountDetails details
                    ? details.step()
                    : AccountDetails.Step.NOTHING;
            String place = step == AccountDetails.Step.CODE ? "/login/code" : "/account?first";
            if (step == AccountDetails.Step.NOTHING || "POST".equals(request.getMethod())) {
                refusal.handle(request, response, denied);
            } else if (request.getHeader("HX-Request") != null) {
                response.setHeader("HX-Redirect", place);
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            } else {
                response.sendRedirect(place);
            }
        };
    }

    private static AuthenticationFailureHandler refuse(LoginGuard guard) {
        SimpleUrlAuthenticationFailureHandler next = new SimpleUrlAuthenticationFailureHandler("/login?error");
        next.setAllowSessionCreation(false);
        return (request, response, failure) -> {
            guard.failed(LoginGuardFilter.account(request), request.getRemoteAddr());
            next.onAuthenticationFailure(request, response, failure);
        };
    }

    /** A part of a page that finds its session over takes the whole page to the login. */
    private static AuthenticationEntryPoint toLogin() {
        LoginUrlAuthenticationEntryPoint login = new LoginUrlAuthenticationEntryPoint("/login");
        return (request, response, failure) -> {
            if (request.getHeader("HX-Request") != null) {
                response.setHeader("HX-Redirect", "/login");
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            } else {
                login.commence(request, response, failure);
            }
        };
    }

    private static void headers(HttpSecurity http) throws Exception {
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN)));
    }
}
