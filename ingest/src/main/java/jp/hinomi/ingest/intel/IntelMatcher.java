package jp.hinomi.ingest.intel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * Finds the indicators that hold for an event. An event that holds nothing of interest costs one look-up per value and no
 * memory. For one thread; the {@link IntelIndex} behind it may change meanwhile.
 */
public final class IntelMatcher {
    /** More indicators with one and the same value are not looked through; the newest are. */
    static final int MAX_PER_KEY = 1000;

    /** The surest first; of equal ones by id, so that every run gives the same. */
    private static final Comparator<IntelMatch> ORDER = Comparator.comparingInt(
                    (IntelMatch match) -> -match.indicator().confidence())
            .thenComparing(match -> match.indicator().id());

    private final IntelIndex index;
    private final IpBits bits = new IpBits();

    /** Values of the subject at hand that were looked up already: logs say an address in several fields. */
    private final String[] seen = new String[8];

    private int seenCount;

    /** Null until something is found. */
    private List<Candidate> candidates;

    private record Candidate(int record, Subject subject, Field field, String value) {}

    IntelMatcher(IntelIndex index) {
        this.index = index;
    }

    /** At most {@code limit} indicators that are valid at the event's time, the surest first. Often empty. */
    public List<IntelMatch> match(SecurityEvent event, int limit) {
        Contents now = index.contents();
        candidates = null;
        for (int subject = 0; subject < Subject.COUNT; subject++) {
            if (now.asksAbout(subject)) {
                look(now, Subject.at(subject), event);
            }
        }
        return candidates == null ? List.of() : chosen(now, event, limit);
    }

    private List<IntelMatch> chosen(Contents now, SecurityEvent event, int limit) {
        List<IntelMatch> matches = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (now.holds(candidate.record(), event)) {
                matches.add(new IntelMatch(
                        now.read(candidate.record()), candidate.subject(), candidate.field(), candidate.value()));
            }
        }
        candidates = null;
        matches.sort(ORDER);
        Set<String> ids = new HashSet<>();
        matches.removeIf(match -> !ids.add(match.indicator().id()));
        return matches.size() <= limit ? matches : List.copyOf(matches.subList(0, limit));
    }

    private void look(Contents now, Subject subject, SecurityEvent event) {
        seenCount = 0;
        for (Field field : subject.slotted) {
            look(now, subject, event, field);
        }
        if (!event.extra().isEmpty()) {
            for (Field field : subject.extra) {
                look(now, subject, event, field);
            }
        }
        if (subject == Subject.URL) {
            assembled(now, event);
        }
    }

    /** The URL of which the event has only parts. */
    private void assembled(Contents now, SecurityEvent event) {
        String domain = event.text(Fields.URL_DOMAIN);
        if (domain != null && !event.has(Fields.URL_FULL) && host(now, domain, 0, domain.length()) >= 0) {
            String url = Urls.assembled(event);
            if (url != null) {
                url(now, Fields.URL_DOMAIN, url, event.correlationMillis());
            }
        }
    }

    private void look(Contents now, Subject subject, SecurityEvent event, Field field) {
        Object value = event.get(field);
        if (value == null) {
            return;
        }
        if (value instanceof List<?> list) {
            int count = Math.min(list.size(), Subject.MAX_VALUES);
            for (int i = 0; i < count; i++) {
                look(now, subject, event, field, Subject.text(list.get(i)));
            }
        } else {
            look(now, subject, event, field, Subject.text(value));
        }
    }

    private void look(Contents now, Subject subject, SecurityEvent event, Field field, String value) {
        for (int i = 0; i < seenCount; i++) {
            if (seen[i].equals(value)) {
                return;
            }
        }
        if (seenCount < seen.length) {
            seen[seenCount++] = value;
        }
        long time = event.correlationMillis();
        switch (subject) {
            case IP -> ip(now, field, value, time);
            case DOMAIN -> domain(now, field, value, time);
            case URL -> url(now, field, value, time);
            case MD5 -> hash(now, subject, 32, field, value, time);
            case SHA1 -> hash(now, subject, 40, field, value, time);
            case SHA256 -> hash(now, subject, 64, field, value, time);
            case SHA512 -> hash(now, subject, 128, field, value, time);
            default -> text(now, subject, field, value, time);
        }
    }

    private void ip(Contents now, Field field, String value, long time) {
        if (!bits.parse(value)) {
            return;
        }
        int first = now.keys.find(Key.ipHash(now.hashing, bits));
        if (first >= 0) {
            take(
                    now,
                    first,
                    new Key(Subject.IP.ordinal(), Subject.IP.canonical(value)),
                    Subject.IP,
                    field,
                    value,
                    time);
        }
        if (bits.width == IpBits.V4_BITS) {
            for (int left = now.lengths4(bits.low); left != 0; left &= left - 1) {
                block(now, Integer.numberOfTrailingZeros(left), field, value, time);
            }
        } else {
            for (byte length : now.lengths6()) {
                block(now, length & 0xFF, field, value, time);
            }
        }
    }

    private void block(Contents now, int prefix, Field field, String value, long time) {
        long high = bits.maskedHigh(prefix);
        long low = bits.maskedLow(prefix);
        int first = now.blocks.find(Key.blockHash(now.hashing, bits.width, prefix, high, low));
        if (first >= 0) {
            take(now, first, Key.block(bits.width, prefix, high, low), Subject.IP, field, value, time);
        }
    }

    private void domain(Contents now, Field field, String value, long time) {
        String name = Domains.isAscii(value) ? value : Domains.canonical(value);
        if (name == null) {
            return;
        }
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        boolean trees = now.hasTrees();
        long hash = now.hashing.beginName();
        for (int i = end - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '.' && trees) {
                tree(now, name, i + 1, hash, field, value, time);
            }
            hash = now.hashing.stepName(hash, c);
        }
        if (trees) {
            tree(now, name, 0, hash, field, value, time);
        }
        int kind = Subject.DOMAIN.ordinal();
        int first = now.keys.find(now.hashing.endName(kind, hash));
        if (first >= 0) {
            take(now, first, key(kind, Domains.canonical(name)), Subject.DOMAIN, field, value, time);
        }
    }

    private void tree(Contents now, String name, int from, long hash, Field field, String value, long time) {
        int first = now.keys.find(now.hashing.endName(Kinds.TREE, hash));
        if (first >= 0) {
            take(
                    now,
                    first,
                    key(Kinds.TREE, Domains.canonical(name.substring(from))),
                    Subject.DOMAIN,
                    field,
                    value,
                    time);
        }
    }

    private static Key key(int kind, String canonical) {
        return canonical == null ? null : new Key(kind, canonical);
    }

    /** Most URLs go to hosts that no indicator names: only for the others is the canonical form made. */
    private void url(Contents now, Field field, String value, long time) {
        int start = Urls.hostStart(value);
        if (start == 0) {
            return;
        }
        int end = Urls.hostEnd(value, start);
        int host = Urls.nameStart(value, start, end);
        int hostEnd = Urls.nameEnd(value, host, end);
        int first = host(now, value, host, hostEnd);
        if (first < 0) {
            return;
        }
        take(
                now,
                first,
                key(Kinds.URL_HOST, Domains.canonical(value.substring(host, hostEnd))),
                Subject.URL,
                field,
                value,
                time);
        String canonical = Urls.canonical(value);
        if (canonical != null) {
            text(now, Subject.URL, field, value, canonical, time);
            text(now, Subject.URL, field, value, Urls.withoutScheme(canonical), time);
        }
    }

    /** The first posting of that host of URLs. */
    private static int host(Contents now, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= 0x80) {
                String name = Domains.canonical(text.substring(from, to));
                return name == null ? -1 : now.keys.find(now.hashing.name(Kinds.URL_HOST, name, 0, name.length()));
            }
        }
        int end = to > from && text.charAt(to - 1) == '.' ? to - 1 : to;
        return now.keys.find(now.hashing.name(Kinds.URL_HOST, text, from, end));
    }

    private void hash(Contents now, Subject subject, int length, Field field, String value, long time) {
        if (value.length() != length) {
            return;
        }
        int first = now.keys.find(now.hashing.lowered(subject.ordinal(), value));
        if (first >= 0) {
            take(now, first, key(subject.ordinal(), subject.canonical(value)), subject, field, value, time);
        }
    }

    private void text(Contents now, Subject subject, Field field, String value, long time) {
        String canonical = subject.canonical(value);
        if (canonical != null) {
            text(now, subject, field, value, canonical, time);
        }
    }

    private void text(Contents now, Subject subject, Field field, String value, String canonical, long time) {
        int first = now.keys.find(now.hashing.text(subject.ordinal(), canonical));
        if (first >= 0) {
            take(now, first, new Key(subject.ordinal(), canonical), subject, field, value, time);
        }
    }

    private void take(Contents now, int first, Key key, Subject subject, Field field, String value, long time) {
        if (key == null) {
            return;
        }
        byte[] bytes = key.bytes();
        int left = MAX_PER_KEY;
        for (int posting = first; posting >= 0 && left > 0; posting = now.next(posting)) {
            int record = now.record(posting);
            if (now.counts(record, time) && now.isOf(posting, key.kind(), bytes)) {
                left--;
                add(record, subject, field, value);
            }
        }
    }

    private void add(int record, Subject subject, Field field, String value) {
        if (candidates == null) {
            candidates = new ArrayList<>(4);
        }
        for (Candidate candidate : candidates) {
            if (candidate.record() == record) {
                return;
            }
        }
        candidates.add(new Candidate(record, subject, field, value));
    }
}
