package jp.hinomi.alerting.security;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.hinomi.alerting.OidcSettings;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.city.City;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestTemplate;

/** Finds, or makes, the account of somebody whose ID token has been checked. Thread-safe. */
final class OidcUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {
    private final OidcSettings settings;
    private final OidcUserService told = new OidcUserService();
    private final Accounts accounts;
    private final Supplier<City> city;
    private final InstantSource clock;

    OidcUsers(OidcProvider provider, Accounts accounts, Supplier<City> city, InstantSource clock) {
        this.settings = provider.settings();
        this.accounts = accounts;
        this.city = city;
        this.clock = clock;
        RestTemplate http = new RestTemplate(provider.http());
        http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
        userInfo.setRestOperations(http);
        told.setOauth2UserService(userInfo);
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        Map<String, Object> token = request.getIdToken().getClaims();
        Map<String, Object> claims = new HashMap<>(token);
        // Some providers tell groups here alone. Whose they are is checked there: the subject must be the token's.
        claims.putAll(told.loadUser(request).getClaims());
        String subject = settings.issuer() + " " + request.getIdToken().getSubject();
        OidcAdmission admission = OidcAdmission.decide(
                settings, token, claims, city.get().stakeholders().keySet());
        if (admission instanceof OidcAdmission.Refused refused) {
            if (refused.why() != OidcRefusal.WEAK) {
                accounts.withdraw(subject, clock.instant());
            }
            throw new OidcRefused(refused.why(), refused.name(), refused.values());
        }
        OidcAdmission.Granted granted = (OidcAdmission.Granted) admission;
        Optional<Member> member =
                accounts.ofProvider(subject, granted, settings.issuer().getHost(), clock.instant());
        return new OidcPrincipal(
                member.orElseThrow(() -> new OidcRefused(OidcRefusal.DISABLED, granted.name(), List.of())),
                request.getIdToken());
    }
}
