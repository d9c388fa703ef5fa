package jp.hinomi.alerting.console;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.alerting.access.AccountRole;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.security.AccountReason;
import jp.hinomi.alerting.security.Accounts;
import jp.hinomi.alerting.security.ApiTokens;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.security.Sessions;
import jp.hinomi.alerting.text.Refused;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who has an account, and what each may: made, changed and ended by admins. */
@Controller
@Needs(Permission.MANAGE_ACCOUNTS)
public class PeoplePages {
    private final Accounts accounts;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final CityInForce city;
    private final InstantSource clock;

    public PeoplePages(Accounts accounts, Sessions sessions, ApiTokens tokens, CityInForce city, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.city = city;
        this.clock = clock;
    }

    @GetMapping("/accounts")
    String list(Model model) {
        return page("", "", model);
    }

    @PostMapping("/accounts")
    String create(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String stakeholder,
            Model model,
            Locale locale) {
        try {
            Member member = member(account.strip(), role, stakeholder);
            Optional<String> password = accounts.create(member, true, actor(), clock.instant());
            password.ifPresent(text -> model.addAttribute("password", text));
            return page(password.isPresent() ? "created" : "taken", member.name(), model);
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
            return page("", account, model);
        }
    }

    private Member member(String name, String role, String stakeholder) {
        AccountRole which = AccountRole.ofWord(role)
                .orElseThrow(() -> new Refused(AccountReason.NO_ROLE, role, AccountRole.words()));
        if (which == AccountRole.STAKEHOLDER && !city.get().stakeholders().containsKey(stakeholder)) {
            throw new Refused(AccountReason.NO_STAKEHOLDER, stakeholder);
        }
        return new Member(name, which, which == AccountRole.STAKEHOLDER ? Optional.of(stakeholder) : Optional.empty());
    }

    @PostMapping("/accounts/role")
    String role(
            @RequestParam String account,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String stakeholder,
            Model model,
            Locale locale) {
        try {
            return changed(
                    accounts.setRole(member(account, role, stakeholder), actor(), clock.instant()), account, model);
        } catch (Refused e) {
            model.addAttribute("refused", e.in(locale));
            return page("", account, model);
        }
    }

    @PostMapping("/accounts/disable")
    String disable(@RequestParam String account, Model model) {
        return changed(accounts.setDisabled(account, true, actor(), clock.instant()), account, model);
    }

    @PostMapping("/accounts/enable")
    String enable(@RequestParam String account, Model model) {
        return changed(accounts.setDisabled(account, false, actor(), clock.instant()), account, model);
    }

    private String changed(Accounts.Change change, String account, Model model) {
        return page(
                switch (change) {
                    case DONE -> "done";
                    case UNKNOWN -> "unknown";
                    case LAST_ADMIN -> "last-admin";
                    case OF_PROVIDER -> "of-provider";
                },
                account,
                model);
    }

    /** A password to hand over; ends the sessions and the second factor of who lost theirs. */
    @PostMapping("/accounts/password")
    String password(@RequestParam String account, Model model) {
        Optional<String> password = accounts.hand(account, actor(), clock.instant());
        password.ifPresent(text -> model.addAttribute("password", text));
        return page(password.isPresent() ? "handed" : "unknown", account, model);
    }

    @PostMapping("/accounts/sessions/end")
    String endSessions(@RequestParam String account, Model model) {
        sessions.endAllAudited(account, Optional.empty(), actor(), clock.instant());
        return page("ended", account, model);
    }

    @PostMapping("/accounts/tokens/{id}/revoke")
    String revoke(@PathVariable long id, Model model) {
        return page(tokens.revoke(Optional.empty(), id, actor(), clock.instant()) ? "done" : "unknown", "", model);
    }

    private static String actor() {
        return Members.current().orElseThrow().actor();
    }

    private String page(String outcome, String account, Model model) {
        model.addAttribute("outcome", outcome);
        model.addAttribute("about", account);
        model.addAttribute("accounts", accounts.all(clock.instant()));
        model.addAttribute("tokens", tokens.of(Optional.empty()));
        model.addAttribute("roles", AccountRole.values());
        model.addAttribute("stakeholders", city.get().stakeholders().values());
        model.addAttribute("now", clock.instant());
        return "accounts";
    }
}
