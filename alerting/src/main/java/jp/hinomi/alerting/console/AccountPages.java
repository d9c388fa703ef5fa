package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.OidcSettings;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.ApiTokens;
import jp.hinomi.alerting.security.LoginGuard;
import jp.hinomi.alerting.security.Logins;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.security.QrCode;
import jp.hinomi.alerting.security.SecondFactor;
import jp.hinomi.alerting.security.SessionContexts;
import jp.hinomi.alerting.security.Sessions;
import jp.hinomi.alerting.text.Refused;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people change their own password, set a second factor, and end their own sessions and tokens. */
@Controller
@Needs(Permission.OWN_ACCOUNT)
public class AccountPages {
    /** Characters; NIST SP 800-63B asks for 8 at the least, and for no other rule than length. */
    private static final int SHORTEST = 12;

    /** Bytes; bcrypt looks at no more. */
    private static final int LONGEST = 72;

    private final Accounts accounts;
    private final SecondFactor factor;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Logins logins;
    private final LoginGuard guard;
    private final Optional<String> provider;
    private final InstantSource clock;

    public AccountPages(
            Accounts accounts,
            SecondFactor factor,
            Sessions sessions,
            ApiTokens tokens,
            Logins logins,
            LoginGuard guard,
            AlertingSettings settings,
            InstantSource clock) {
        this.accounts = accounts;
        this.factor = factor;
        this.sessions = sessions;
        this.tokens = tokens;
        this.logins = logins;
        this.guard = guard;
        this.provider = settings.oidc().map(OidcSettings::shownAs);
        this.clock = clock;
    }

    @GetMapping("/account")
    String account(@RequestParam(required = false) String first, HttpServletRequest request, Model model) {
        return page(first == null ? "" : "first", request, model);
    }

    @PostMapping("/account")
    String change(
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String chosen,
            @RequestParam(defaultValue = "") String again,
            Principal principal,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (chosen.codePointCount(0, chosen.length()) < SHORTEST) {
            return page("short", request, model);
        }
        if (chosen.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return page("long", request, model);
        }
        if (!chosen.equals(again)) {
            return page("different", request, model);
        }
        if (chosen.equals(present)) {
            return page("same", request, model);
        }
        String name = principal.getName();
        String client = request.getRemoteAddr();
        // A session that somebody left open must not be a place to guess in.
        if (guard.admit(name, client) instanceof LoginGuard.Admission.Locked) {
            return page("locked", request, model);
        }
        // The sessions of all others end; this one's owner has just shown both passwords.
        if (!accounts.change(name, present, chosen, SessionContexts.current(request), clock.instant())) {
            guard.failed(name, client);
            return page("wrong", request, model);
        }
        logins.passwordChosen(request, response);
        return page("changed", request, model);
    }

    /** Begins an enrolment: shows the picture for the app. */
    @PostMapping("/account/second-factor/begin")
    String offer(Principal principal, HttpServletRequest request, Model model) {
        SecondFactor.Offer offer = factor.offer(principal.getName(), "Hinomi");
        model.addAttribute("offer", offer);
        model.addAttribute("qr", QrCode.of(offer.uri()));
        return page("", request, model);
    }

    @PostMapping("/account/second-factor")
    String enrol(
            @RequestParam(defaultValue = "") String code,
            Principal principal,
            HttpServletRequest request,
            Model model) {
        String name = principal.getName();
        Optional<List<String>> recovery = factor.enrol(name, code, clock.instant());
        recovery.ifPresent(codes -> model.addAttribute("recovery", codes));
        return page(recovery.isPresent() ? "" : "code-wrong", request, model);
    }

    @PostMapping("/account/second-factor/remove")
    String remove(
            @RequestParam(defaultValue = "") String code,
            Principal principal,
            HttpServletRequest request,
            Model model) {
        String name = principal.getName();
        if (guard.admit(name, request.getRemoteAddr()) instanceof LoginGuard.Admission.Locked) {
            return page("locked", request, model);
        }
        if (!factor.remove(name, code, "account:" + name, clock.instant())) {
            guard.failed(name, request.getRemoteAddr());
            return page("code-wrong", request, model);
        }
        guard.admitted(name, request.getRemoteAddr());
        return page("factor-removed", request, model);
    }

    @PostMapping("/account/sessions/end")
    String endSession(@RequestParam String session, Principal principal) {
        sessions.end(principal.getName(), session, "account:" + principal.getName(), clock.instant());
        return "redirect:/account#sessions";
    }

    @PostMapping("/account/sessions/end-others")
    String endOthers(Principal principal, HttpServletRequest request) {
        sessions.endAllAudited(
                principal.getName(),
                SessionContexts.current(request),
                "account:" + principal.getName(),
                clock.instant());
        return "redirect:/account#sessions";
    }

    @PostMapping("/account/tokens")
    String makeToken(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "90") int days,
            @RequestParam(required = false) List<String> scopes,
            HttpServletRequest request,
            Model model,
            Locale locale) {
        try {
            Member member = Members.current().orElseThrow();
            model.addAttribute(
                    "token",
                    tokens.create(
                            member,
                            name,
                            scopes == null ? new HashSet<>() : new TreeSet<>(scopes),
                            Duration.ofDays(days),
                            member.actor(),
                            clock.instant()));
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
        }
        return page("", request, model);
    }

    @PostMapping("/account/tokens/{id}/revoke")
    String revokeToken(@PathVariable long id, Principal principal) {
        tokens.revoke(Optional.of(principal.getName()), id, "account:" + principal.getName(), clock.instant());
        return "redirect:/account#tokens";
    }

    private String page(String outcome, HttpServletRequest request, Model model) {
        Member member = Members.current().orElseThrow();
        Instant now = clock.instant();
        model.addAttribute("outcome", outcome);
        model.addAttribute("shortest", SHORTEST);
        model.addAttribute("member", member);
        provider.ifPresent(name -> model.addAttribute("provider", name));
        model.addAttribute("local", accounts.isLocal(member.name()));
        model.addAttribute("factor", factor.has(member.name()));
        model.addAttribute("left", factor.recoveryCodesLeft(member.name()));
        model.addAttribute("sessions", sessions.of(member.name(), now));
        model.addAttribute("thisSession", SessionContexts.current(request).orElse(""));
        model.addAttribute("tokens", tokens.of(Optional.of(member.name())));
        model.addAttribute(
                "grantable",
                ApiTokens.grantable(member).stream().map(Permission::word).toList());
        model.addAttribute("now", now);
        return "account";
    }
}
