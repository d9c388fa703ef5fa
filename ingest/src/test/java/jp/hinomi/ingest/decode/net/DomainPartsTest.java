package jp.hinomi.ingest.decode.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a name is split: by the Public Suffix List, with its exceptions. */
class DomainPartsTest {
    @ParameterizedTest
    @CsvSource({
        "www.example.jp, example.jp, www, jp",
        "example.jp, example.jp,, jp",
        "a.b.example.co.jp, example.co.jp, a.b, co.jp",
        "www.minato.example.lg.jp, example.lg.jp, www.minato, lg.jp",
        "_ldap._tcp.dc._msdcs.example.com, example.com, _ldap._tcp.dc._msdcs, com",
        "aGk=/+.t.example.com, example.com, aGk=/+.t, com",
        "1.2.3.4.5.6.7.8.9.example.com, example.com, 1.2.3.4.5.6.7.8.9, com",
    })
    void whatWasRegisteredAndWhatStandsAroundIt(String name, String registered, String subdomain, String suffix) {
        assertThat(parts(name)).containsExactly(registered, subdomain, suffix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jp", "co.jp", "printer", "printer.local", "192.0.2.1", ".", "..", "a..jp", "-.-", "=.jp", ""})
    void noPartsWithoutARegisteredName(String name) {
        assertThat(parts(name)).containsExactly(null, null, null);
    }

    @Test
    void aNameLongerThanDnsAllowsHasNone() {
        assertThat(parts("a.".repeat(124) + "example.jp")).containsExactly(null, null, null);
    }

    private static Object[] parts(String name) {
        EventDraft event = EventDraft.of("id", "x", 0).put(Fields.DNS_QUESTION_NAME, name);
        DomainParts.ofQuestion(event);
        return Arrays.stream(new String[] {"registered_domain", "subdomain", "top_level_domain"})
                .map(part -> event.get(Fields.of("dns.question." + part)))
                .toArray();
    }
}
