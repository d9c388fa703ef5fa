package jp.hinomi.alerting.console;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.Severity;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which alerts somebody wants to see; the query part of the list's address, so that it can be kept and sent.
 *
 * @param severities empty = all
 * @param status {@code open} or {@code acknowledged}; empty = all
 * @param text every word of it must occur; empty = anything
 */
public record AlertFilter(
        Set<Severity> severities,
        Optional<String> status,
        String text,
        Optional<String> resource,
        Optional<String> stakeholder) {

    /** Reads what an address says; what it cannot mean is left out, so that an old bookmark still opens. */
    public static AlertFilter of(
            List<String> severities, String status, String text, String resource, String stakeholder) {
        EnumSet<Severity> chosen = EnumSet.noneOf(Severity.class);
        for (Severity severity : Severity.values()) {
            if (severities != null && severities.contains(severity.word())) {
                chosen.add(severity);
            }
        }
        return new AlertFilter(
                chosen,
                Optional.ofNullable(status)
                        .filter(word -> List.of("open", "acknowledged").contains(word)),
                text == null ? "" : text.strip(),
                Optional.ofNullable(resource).filter(id -> !id.isBlank()),
                Optional.ofNullable(stakeholder).filter(id -> !id.isBlank()));
    }

    public List<String> words() {
        return text.isEmpty()
                ? List.of()
                : List.of(text.toLowerCase(Locale.ROOT).split("[\\s\\u3000]+"));
    }

    public boolean isEmpty() {
        return severities.isEmpty()
                && status.isEmpty()
                && text.isEmpty()
                && resource.isEmpty()
                && stakeholder.isEmpty();
    }

    /** {@code ?severity=high&q=…}, or empty. */
    public String query() {
        UriComponentsBuilder uri = UriComponentsBuilder.newInstance();
        severities.forEach(severity -> uri.queryParam("severity", severity.word()));
        status.ifPresent(value -> uri.queryParam("status", value));
        if (!text.isEmpty()) {
            uri.queryParam("q", "{q}");
        }
        resource.ifPresent(id -> uri.queryParam("resource", "{resource}"));
        stakeholder.ifPresent(id -> uri.queryParam("stakeholder", "{stakeholder}"));
        return uri.encode()
                .buildAndExpand(java.util.Map.of(
                        "q", text, "resource", resource.orElse(""), "stakeholder", stakeholder.orElse("")))
                .toUriString();
    }
}
