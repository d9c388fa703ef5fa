package jp.hinomi.alerting.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import jp.hinomi.alerting.AlertingSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Who may do what: the API by session or token, the console by session, acknowledgement links by their signature. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {
    /** No inline script or style, nothing from elsewhere: hostile log text that got through would still do nothing. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String[] ACTORS = {"ADMIN", "CSIRT_LEAD", "ANALYST"};
    private static final String[] READERS = {"ADMIN", "CSIRT_LEAD", "ANALYST", "AUDITOR"};

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, AlertingSettings settings, Accounts accounts) throws Exception {
        http.securityMatcher("/api/**")
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET)
                        .hasAnyRole(READERS)
                        .anyRequest()
                        .hasAnyRole(ACTORS))
                .addFilterBefore(new SessionFilter(accounts), SecurityContextHolderFilter.class)
                .addFilterBefore(new ApiTokenFilter(settings.apiToken()), AuthorizationFilter.class)
                .csrf(csrf -> csrf.ignoringRequestMatchers(ApiTokenFilter::carriesToken))
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, failure) -> {
                    response.setHeader("WWW-Authenticate", "Bearer");
                    response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                }));
        headers(http);
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(HttpSecurity http, LoginGuard guard, Accounts accounts, InstantSource clock)
            throws Exception {
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(
                                "/login", "/a/**", "/assets/**", "/preferences", "/actuator/health/**", "/error")
                        .permitAll()
                        .requestMatchers("/account")
                        .authenticated()
                        .requestMatchers(HttpMethod.GET)
                        .hasAnyRole(READERS)
                        .requestMatchers("/accounts/**")
                        .hasRole("ADMIN")
                        .anyRequest()
                        .hasAnyRole(ACTORS))
                .addFilterBefore(new SessionFilter(accounts), SecurityContextHolderFilter.class)
                .addFilterBefore(new LoginGuardFilter(guard), UsernamePasswordAuthenticationFilter.class)
                .formLogin(login -> login.loginPage("/login")
                        .successHandler(welcome(guard, clock))
                        .failureHandler(refuse(guard)))
                .logout(logout -> logout.logoutSuccessUrl("/login?bye"))
                // The link's signature is what a forged form cannot know; readers of mail have no session.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/a/**"))
                .requestCache(cache -> cache.requestCache(onlyPages()))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(toLogin()));
        headers(http);
        return http.build();
    }

    private static AuthenticationSuccessHandler welcome(LoginGuard guard, InstantSource clock) {
        SavedRequestAwareAuthenticationSuccessHandler next = new SavedRequestAwareAuthenticationSuccessHandler();
        next.setDefaultTargetUrl("/alerts");
        next.setRequestCache(onlyPages());
        return (request, response, account) -> {
            SessionFilter.begin(request, account.getName(), clock.instant());
            guard.succeeded(account.getName(), request.getRemoteAddr());
            next.onAuthenticationSuccess(request, response, account);
        };
    }

    private static AuthenticationFailureHandler refuse(LoginGuard guard) {
        SimpleUrlAuthenticationFailureHandler next = new SimpleUrlAuthenticationFailureHandler("/login?error");
        return (request, response, failure) -> {
            guard.failed(LoginGuardFilter.account(request), request.getRemoteAddr());
            next.onAuthenticationFailure(request, response, failure);
        };
    }

    /** After the login people go on to the page they asked for, never to a part of one or to a stream. */
    private static HttpSessionRequestCache onlyPages() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> {
            String accept = request.getHeader("Accept");
            return "GET".equals(request.getMethod())
                    && request.getHeader("HX-Request") == null
                    && accept != null
                    && accept.contains("text/html");
        });
        return cache;
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
