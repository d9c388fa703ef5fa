package jp.hinomi.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.assertj.core.api.Assertions;

/** A small valid city in a folder, for tests that break one thing at a time. */
final class CityFolder {
    private final Path folder;

    CityFolder(Path folder) {
        this.folder = folder;
        write("city.yaml", "city: {id: small, name: {ja: 小市, en: Small}, zone: Asia/Tokyo}\n");
        write("stakeholders.yaml", """
                stakeholders:
                  - id: hall
                    name: {ja: 市役所}
                    role: promoter
                    locale: ja
                    max-tlp: RED
                    contacts:
                      - id: hall-desk
                        kind: desk
                        hours: {zone: Asia/Tokyo, on-call: 24x7}
                        channels: [{type: email, address: desk@hall.example.jp}]
                  - id: vendor
                    name: {en: Vendor}
                    role: city-os-vendor
                    locale: en
                    max-tlp: AMBER
                    contacts:
                      - id: vendor-noc
                        kind: system
                        channels: [{type: webhook, url: "https://hook.example.jp/a", secret: "env:KEY"}]
                """);
        write("resources.yaml", """
                resources:
                  - id: api
                    name: {ja: API}
                    layer: city-os
                    criticality: high
                    selectors: [{source: gw-01}, {cidr: 10.20.0.0/16}, {host: "*.os.example.jp"}]
                """);
        write("responsibilities.yaml", """
                responsibilities:
                  - {resource: api, stakeholder: hall, duty: owner, severity-min: high, review-due: 2027-03-31}
                  - {resource: api, stakeholder: vendor, duty: operator, escalation: standard, valid-from: 2026-04-01, valid-to: 2027-03-31, basis: "第12条"}
                """);
        write("escalations.yaml", """
                escalations:
                  - id: standard
                    steps: [{notify: vendor-noc, ack-within: 15m}, {notify: hall-desk}]
                """);
        write("sources.yaml", """
                sources:
                  - {id: gw-01, topic: logs.gateway, format: nginx, zone: Asia/Tokyo, charset: EUC-JP, expect-every: 60s, resource: api, senders: [GW-01.os.example.jp, 10.20.0.1], certificates: [Gateway 01]}
                """);
        write("severity.yaml", """
                severity:
                  informational: {low: informational, medium: informational, high: informational, critical: low}
                  low: {low: informational, medium: low, high: low, critical: medium}
                  medium: {low: low, medium: medium, high: medium, critical: high}
                  high: {low: medium, medium: high, high: high, critical: critical}
                  critical: {low: high, medium: high, high: critical, critical: critical}
                """);
    }

    Path path() {
        return folder;
    }

    CityFolder write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Replaces text that must be there. */
    CityFolder change(String file, String from, String to) {
        try {
            String text = Files.readString(folder.resolve(file));
            if (!text.contains(from)) {
                throw new AssertionError(file + " does not contain: " + from);
            }
            return write(file, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CityFolder delete(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    City read() {
        return CityReader.read(folder, Set.of("nginx", "openssh"), warning -> {
            throw new AssertionError("unexpected warning: " + warning);
        });
    }

    /** The errors of reading, as {@code file:line code}; empty if it can be read. */
    List<String> errors() {
        return problems().stream().map(this::brief).toList();
    }

    List<Problem> problems() {
        try {
            CityReader.read(folder, Set.of("nginx", "openssh"), warning -> {});
            return List.of();
        } catch (ProblemsException e) {
            e.problems().forEach(CityFolder::assertJapanese);
            return e.problems();
        }
    }

    /** Whatever is said of a city is said in Japanese too. */
    static void assertJapanese(Problem problem) {
        for (String text : List.of(problem.message(), problem.remedy())) {
            Assertions.assertThat(CityPhrases.in("ja", text))
                    .as("%s: %s", problem.code(), text)
                    .containsPattern("[\\u3040-\\u30ff\\u4e00-\\u9fff]");
        }
    }

    String brief(Problem problem) {
        return Path.of(problem.file()).getFileName() + ":" + problem.line() + " " + problem.code();
    }
}
