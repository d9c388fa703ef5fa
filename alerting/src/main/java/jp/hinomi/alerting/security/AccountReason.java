package jp.hinomi.alerting.security;

import jp.hinomi.alerting.text.Reason;

/** Why an account or a token is not made so. */
public enum AccountReason implements Reason {
    NAME,
    NO_ROLE,
    NO_STAKEHOLDER,
    TOKEN_NAME,
    TOKEN_LIFE,
    TOKEN_SCOPES,
    TOKEN_SCOPE;

    @Override
    public String part() {
        return "account";
    }
}
