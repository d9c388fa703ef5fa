package jp.hinomi.alerting.security;

import java.util.List;
import org.springframework.security.core.AuthenticationException;

/** Somebody whom the provider vouches for is not let in. */
final class OidcRefused extends AuthenticationException {
    private static final long serialVersionUID = 1;

    private final OidcRefusal why;
    private final String name;

    @SuppressWarnings("serial") // never written out
    private final List<String> values;

    OidcRefused(OidcRefusal why, String name, List<String> values) {
        super(why.word());
        this.why = why;
        this.name = name;
        this.values = List.copyOf(values);
    }

    OidcRefusal why() {
        return why;
    }

    String name() {
        return name;
    }

    List<String> values() {
        return values;
    }
}
