package jp.hinomi.alerting.security;

import jp.hinomi.alerting.access.Member;

/** A principal of Spring Security that says whose account it is, however that person or program logged in. */
public interface MemberPrincipal {
    Member member();
}
