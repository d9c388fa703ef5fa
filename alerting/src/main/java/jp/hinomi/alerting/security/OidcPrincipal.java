package jp.hinomi.alerting.security;

import java.util.Collection;
import java.util.Map;
import jp.hinomi.alerting.access.Member;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Somebody whom an OpenID provider vouches for, with the account that is theirs here. The token is kept for the logout. */
record OidcPrincipal(Member member, OidcIdToken token) implements OidcUser, MemberPrincipal {
    @Override
    public String getName() {
        return member.name();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return Members.authorities(member.role().permissions());
    }

    @Override
    public OidcIdToken getIdToken() {
        return token;
    }

    @Override
    public OidcUserInfo getUserInfo() {
        return null; // nothing of it is needed any more
    }

    @Override
    public Map<String, Object> getClaims() {
        return token.getClaims();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return token.getClaims();
    }
}
