package jp.hinomi.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every modifier of the modifiers appendix, through reader and compiled matcher. */
class ModifiersTest {
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\0',
            value = {
                // item ¦ event's field f (and g) as JSON ¦ holds
                "f: cmd ¦ \"f\":\"CMD\" ¦ true",
                "f|cased: cmd ¦ \"f\":\"CMD\" ¦ false",
                "f|cased: cmd ¦ \"f\":\"cmd\" ¦ true",
                "f|contains: b ¦ \"f\":\"aBc\" ¦ true",
                "f|startswith: a ¦ \"f\":\"ABC\" ¦ true",
                "f|startswith: b ¦ \"f\":\"ABC\" ¦ false",
                "f|endswith: c ¦ \"f\":\"ABC\" ¦ true",
                "f|contains|cased: b ¦ \"f\":\"aBc\" ¦ false",
                "f|contains|all: [a, c] ¦ \"f\":\"abc\" ¦ true",
                "f|contains|all: [a, d] ¦ \"f\":\"abc\" ¦ false",
                "f|contains|all: [a, c] ¦ \"f\":[\"xa\",\"xc\"] ¦ true",
                "f: [a, b] ¦ \"f\":\"B\" ¦ true",
                "f: a ¦ \"f\":[\"x\",\"A\"] ¦ true",
                "f|re: '^a.c$' ¦ \"f\":\"abc\" ¦ true",
                "f|re: '^a.c$' ¦ \"f\":\"ABC\" ¦ false",
                "f|re: 'b' ¦ \"f\":\"abc\" ¦ true",
                "f|re|i: '^a.c$' ¦ \"f\":\"ABC\" ¦ true",
                "f|re: '^b' ¦ \"f\":\"a\\nb\" ¦ false",
                "f|re|m: '^b' ¦ \"f\":\"a\\nb\" ¦ true",
                "f|re: 'a.b' ¦ \"f\":\"a\\nb\" ¦ false",
                "f|re|s: 'a.b' ¦ \"f\":\"a\\nb\" ¦ true",
                "f|re|i|s: 'A.b' ¦ \"f\":\"a\\nB\" ¦ true",
                "f|cidr: 10.0.0.0/8 ¦ \"f\":\"10.255.0.1\" ¦ true",
                "f|cidr: 10.0.0.0/8 ¦ \"f\":\"11.0.0.1\" ¦ false",
                "f|cidr: 2001:db8::/32 ¦ \"f\":\"2001:db8:1::5\" ¦ true",
                "f|cidr: 2001:db8::/32 ¦ \"f\":\"2001:db9::1\" ¦ false",
                "f|cidr: 10.0.0.0/8 ¦ \"f\":\"::ffff:10.1.2.3\" ¦ true",
                "f|cidr: 0.0.0.0/0 ¦ \"f\":\"bastion.example.jp\" ¦ false",
                "f|cidr: 0.0.0.0/0 ¦ \"f\":\"1.2\" ¦ false",
                "f|cidr: 192.0.2.7 ¦ \"f\":\"192.0.2.7\" ¦ true",
                "f|base64: foobar ¦ \"f\":\"Zm9vYmFy\" ¦ true",
                "f|base64offset|contains: /bin/sh ¦ \"f\":\"xxL2Jpbi9zaA==\" ¦ true",
                "f|base64offset|contains: /bin/sh ¦ \"f\":\"IC9iaW4vc2ggIA==\" ¦ true",
                "f|base64offset|contains: /bin/sh ¦ \"f\":\"YWIvYmluL3NoeA==\" ¦ true",
                "f|base64offset|contains: /bin/sh ¦ \"f\":\"AAAA\" ¦ false",
                "f|wide|base64: cmd ¦ \"f\":\"YwBtAGQA\" ¦ true",
                "f|utf16le|base64: cmd ¦ \"f\":\"YwBtAGQA\" ¦ true",
                "f|utf16be|base64: cmd ¦ \"f\":\"AGMAbQBk\" ¦ true",
                "f|utf16|base64: cmd ¦ \"f\":\"//5jAG0AZAA=\" ¦ true",
                "f|wide: cmd ¦ \"f\":\"c\\u0000m\\u0000d\\u0000\" ¦ true",
                "f|utf16: cmd ¦ \"f\":\"\\u00ff\\u00fec\\u0000m\\u0000d\\u0000\" ¦ true",
                "f|wide|base64offset|contains: 火 ¦ \"f\":\"a3Bw\" ¦ true",
                "f|windash|contains: ' -enc' ¦ \"f\":\"ps /enc\" ¦ true",
                "f|windash|contains: ' -enc' ¦ \"f\":\"ps \u2013enc\" ¦ true",
                "f|windash|contains: ' -enc' ¦ \"f\":\"ps +enc\" ¦ false",
                "f|windash: a-b ¦ \"f\":\"a/b\" ¦ false",
                "f|windash|contains|all: [-a, -b] ¦ \"f\":\"x /a \u2014b\" ¦ true",
                "f|exists: true ¦ \"f\":\"\" ¦ true",
                "f|exists: true ¦ \"g\":1 ¦ false",
                "f|exists: false ¦ \"g\":1 ¦ true",
                "f: null ¦ \"g\":1 ¦ true",
                "f: null ¦ \"f\":\"\" ¦ false",
                "f: '' ¦ \"g\":1 ¦ true",
                "f: '' ¦ \"f\":\"\" ¦ true",
                "f: '' ¦ \"f\":\"-\" ¦ false",
                "f: ['', '-'] ¦ \"g\":1 ¦ true",
                "f|neq: '' ¦ \"g\":1 ¦ false",
                "f|contains: '' ¦ \"g\":1 ¦ false",
                "f: '*' ¦ \"f\":\"\" ¦ true",
                "f: '*' ¦ \"g\":1 ¦ false",
                "f|fieldref: g ¦ \"f\":\"A\",\"g\":\"a\" ¦ true",
                "f|fieldref: g ¦ \"f\":\"A\",\"g\":\"b\" ¦ false",
                "f|fieldref: g ¦ \"f\":\"A\" ¦ false",
                "f|fieldref|neq: g ¦ \"f\":\"A\",\"g\":\"b\" ¦ true",
                "f|fieldref|startswith: g ¦ \"f\":\"Abc\",\"g\":\"ab\" ¦ true",
                "f|fieldref|cased: g ¦ \"f\":\"A\",\"g\":\"a\" ¦ false",
                "f|fieldref: g ¦ \"f\":5,\"g\":5.0 ¦ true",
                "f|lt: 5 ¦ \"f\":4 ¦ true",
                "f|lt: 5 ¦ \"f\":5 ¦ false",
                "f|lte: 5 ¦ \"f\":5 ¦ true",
                "f|gt: 5 ¦ \"f\":5.5 ¦ true",
                "f|gte: 5 ¦ \"f\":\"5\" ¦ true",
                "f|gte: 5 ¦ \"f\":\"five\" ¦ false",
                "f|gte: 5 ¦ \"f\":\"NaN\" ¦ false",
                "f|gt: 1.5 ¦ \"f\":[1,2] ¦ true",
                "f|neq: 5 ¦ \"f\":5 ¦ false",
                "f|neq: 5 ¦ \"f\":6 ¦ true",
                "f|neq: [a, b] ¦ \"f\":\"B\" ¦ false",
                "f|contains|neq: a ¦ \"f\":[\"x\",\"bab\"] ¦ false",
                "f: 5 ¦ \"f\":5 ¦ true",
                "f: 5 ¦ \"f\":\"5\" ¦ true",
                "f: '5' ¦ \"f\":5 ¦ true",
                "f: 5 ¦ \"f\":5.0 ¦ true",
                "f: 0x1F ¦ \"f\":31 ¦ true",
                "f: '0x1F' ¦ \"f\":31 ¦ false",
                "f|contains: 40 ¦ \"f\":1404 ¦ true",
                "f: 4?4 ¦ \"f\":404 ¦ true",
                "f: true ¦ \"f\":true ¦ true",
                "f: true ¦ \"f\":\"True\" ¦ true",
                "f: true ¦ \"f\":false ¦ false",
                "f|minute: 34 ¦ \"f\":\"2026-04-01T12:34:56Z\" ¦ true",
                "f|hour: 12 ¦ \"f\":\"2026-04-01T12:34:56Z\" ¦ true",
                "f|hour|gte: 22 ¦ \"f\":\"2026-04-01T23:00:00.5+09:00\" ¦ true",
                "f|hour|lt: 22 ¦ \"f\":\"2026-04-01T23:00:00.5+09:00\" ¦ false",
                "f|day: 1 ¦ \"f\":\"2026-04-01\" ¦ true",
                "f|week: 14 ¦ \"f\":\"2026-04-01\" ¦ true",
                "f|month: 4 ¦ \"f\":\"2026-04-01T00:00:00\" ¦ true",
                "f|year: 2026 ¦ \"f\":\"2026-04-01T00:00:00Z\" ¦ true",
                "f|hour: 12 ¦ \"f\":\"2026-04-01\" ¦ false",
                "f|year: 2026 ¦ \"f\":\"yesterday\" ¦ false",
                "'@timestamp|hour': 0 ¦ \"f\":1 ¦ true",
                "event.id: 'test-*' ¦ \"f\":1 ¦ true",
                "f|expand: '%admins%' ¦ \"f\":\"ROOT\" ¦ true",
                "f|expand: 'x-%admins%' ¦ \"f\":\"x-adm_bob\" ¦ true",
                "f|expand: 'x-%admins%' ¦ \"f\":\"x-bob\" ¦ false",
                "f|expand: '\\%admins%admins%' ¦ \"f\":\"%adminsroot\" ¦ true",
                "f: '%admins%' ¦ \"f\":\"%ADMINS%\" ¦ true",
                "New Value: x ¦ \"NewValue\":\"x\" ¦ true",
                "'|all': [alpha, beta] ¦ \"message\":\"Beta and ALPHA\" ¦ true",
                "'|all': [alpha, beta] ¦ \"message\":\"beta\" ¦ false",
                "'|all': [alpha, beta] ¦ \"message\":\"beta\",\"event.original\":\"alpha\" ¦ true",
            })
    void modifier(String item, String fields, boolean holds) {
        assertThat(holds(item, fields)).isEqualTo(holds);
    }

    private static boolean holds(String item, String fields) {
        String rule = "title: t\nname: t\nlogsource: {category: application}\ndetection:\n  sel:\n    " + item
                + "\n  condition: sel\n";
        RuleReader.Result read = RuleReader.readTexts(
                List.of(new RuleSource("t.yml", rule)),
                new Placeholders(java.util.Map.of("admins", List.of("root", "adm_*"))));
        assertThat(read.problems()).isEmpty();
        SecurityEvent event = EventJson.read(
                ("{\"@timestamp\":0," + fields + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8), "test-0-1");
        List<String> matched = new ArrayList<>();
        DetectionMatcher.compile(read.rules().detections())
                .match(event, each -> matched.add(each.info().name()));
        assertThat(read.rules().detections().get(0).condition().holds(event))
                .as("direct evaluation")
                .isEqualTo(!matched.isEmpty());
        return !matched.isEmpty();
    }
}
