package jp.hinomi.ingest.decode.net;

import com.google.common.net.InternetDomainName;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * The parts of the name that a DNS query asks for: what somebody registered, below which suffix, and what stands before it.
 * By the Public Suffix List, so that {@code a.example.co.jp} is of {@code example.co.jp}, and a customer of a provider that
 * is on the list stands for himself. Names without a suffix on the list have no parts. Stateless.
 */
public final class DomainParts {
    private static final Field REGISTERED = Fields.of("dns.question.registered_domain");
    private static final Field SUBDOMAIN = Fields.of("dns.question.subdomain");
    private static final Field SUFFIX = Fields.of("dns.question.top_level_domain");

    /** More than the longest suffix on the list has, and one. */
    private static final int MAX_LABELS = 8;

    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 253;

    private DomainParts() {}

    public static void ofQuestion(EventDraft event) {
        if (!(event.get(Fields.DNS_QUESTION_NAME) instanceof String name) || name.length() > MAX_NAME) {
            return;
        }
        String end = usualEnd(name);
        InternetDomainName domain = end == null ? null : InternetDomainName.from(end);
        if (domain != null && domain.isUnderPublicSuffix()) {
            String registered = domain.topPrivateDomain().toString();
            event.put(REGISTERED, registered).put(SUFFIX, domain.publicSuffix().toString());
            int before = name.length() - registered.length() - 1;
            event.text(SUBDOMAIN, before > 0 ? name.substring(0, before) : null);
        }
    }

    /**
     * The last labels of the name that are those of a host; null without two. What stands before them may be anything: a
     * service ({@code _ldap._tcp}), or data that somebody carries out.
     */
    private static String usualEnd(String name) {
        int start = name.length();
        for (int labels = 0; labels < MAX_LABELS && start > 0; labels++) {
            int end = labels == 0 ? start : start - 1;
            int dot = name.lastIndexOf('.', end - 1);
            if (!isUsual(name, dot + 1, end) || labels == 0 && Character.isDigit(name.charAt(dot + 1))) {
                break;
            }
            start = dot + 1;
        }
        return name.indexOf('.', start) < 0 ? null : name.substring(start);
    }

    private static boolean isUsual(String name, int from, int to) {
        if (to <= from || to - from > MAX_LABEL || isJoint(name.charAt(from)) || isJoint(name.charAt(to - 1))) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || isJoint(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJoint(char c) {
        return c == '-' || c == '_';
    }
}
