package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.channel.ChannelBoard;
import jp.hinomi.alerting.channel.ChannelRow;
import jp.hinomi.alerting.channel.ChannelTests;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether every contact can be reached, and a button that proves it. */
@Controller
@Needs(Permission.SEE_MESSAGES)
public class ChannelPages {
    private final ChannelBoard board;
    private final ChannelTests tests;
    private final InstantSource clock;

    public ChannelPages(ChannelBoard board, ChannelTests tests, InstantSource clock) {
        this.board = board;
        this.tests = tests;
        this.clock = clock;
    }

    @GetMapping("/channels")
    String channels(HttpServletRequest request, Model model) {
        List<ChannelRow> rows = board.all();
        Map<String, List<ChannelRow>> byStakeholder = new LinkedHashMap<>();
        rows.forEach(row -> byStakeholder
                .computeIfAbsent(row.stakeholder(), any -> new java.util.ArrayList<>())
                .add(row));
        model.addAttribute("byStakeholder", byStakeholder);
        model.addAttribute(
                "failing",
                rows.stream()
                        .filter(row -> row.state() == ChannelRow.State.FAILS || row.state() == ChannelRow.State.GONE)
                        .count());
        model.addAttribute(
                "unproven",
                rows.stream()
                        .filter(row -> row.state() == ChannelRow.State.UNPROVEN)
                        .count());
        model.addAttribute(
                "running",
                rows.stream()
                        .anyMatch(row ->
                                row.test().filter(ChannelRow.Test::isPending).isPresent()));
        if (model.getAttribute("refused") instanceof List<?> refused) {
            model.addAttribute(
                    "refused",
                    refused.stream().map(one -> asked((Map<?, ?>) one)).toList());
        }
        return request.getHeader("HX-Request") == null ? "channels" : "channels :: board";
    }

    /** @param contact absent = all of the stakeholder; then the others are, too */
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/channels/test")
    String test(
            @RequestParam String stakeholder,
            @RequestParam(required = false) String contact,
            @RequestParam(required = false) String type,
            @RequestParam(required = false) String address,
            Principal principal,
            RedirectAttributes next) {
        try {
            List<ChannelTests.Asked> asked = tests.begin(
                    new ChannelTests.Choice(
                            stakeholder,
                            Optional.ofNullable(contact),
                            Optional.ofNullable(type),
                            Optional.ofNullable(address)),
                    "account:" + principal.getName(),
                    clock.instant());
            next.addFlashAttribute(
                    "refused",
                    asked.stream()
                            .filter(one -> one.reason().isPresent())
                            .map(ChannelPages::said)
                            .toList());
        } catch (Refused e) {
            throw Refusal.of(HttpStatus.NOT_FOUND, e);
        }
        return "redirect:/channels";
    }

    /** For the next page, where it is {@link #asked} again. */
    private static Map<String, String> said(ChannelTests.Asked refused) {
        return Map.of(
                "contact", refused.contact(),
                "type", refused.type(),
                "ja", refused.reason().orElseThrow().ja(),
                "en", refused.reason().orElseThrow().en(),
                "again", refused.again().map(Instant::toString).orElse(""));
    }

    private static ChannelTests.Asked asked(Map<?, ?> said) {
        String again = String.valueOf(said.get("again"));
        return new ChannelTests.Asked(
                "",
                String.valueOf(said.get("contact")),
                String.valueOf(said.get("type")),
                "",
                Optional.empty(),
                Optional.of(new Bilingual(String.valueOf(said.get("ja")), String.valueOf(said.get("en")))),
                again.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(again)));
    }
}
