package jp.hinomi.alerting.routing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Selector;
import jp.hinomi.city.schedule.OnDuty;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;

/** Puts decisions into words, in Japanese and English. */
public final class Reasons {
    private Reasons() {}

    /**
     * {@code You are operator of City OS API gateway (city-os-api), the target of this alert. Basis: clause 12.}
     *
     * @param parts the findings of one resource, one per part that it plays
     */
    static Bilingual responsible(City city, List<Finding> parts, Responsibility responsibility) {
        String id = responsibility.resource();
        Optional<Selector> by = parts.stream()
                .flatMap(part -> part.by().stream())
                .map(Finding.Recognised::selector)
                .findFirst();
        String ja = "貴組織は" + resource(city, id, "ja") + scope(responsibility, "ja") + "の"
                + duty(responsibility.duty(), "ja") + under(city, responsibility, "ja") + "です。この警報の"
                + parts(parts, "ja", "・") + "に該当します"
                + by.map(selector -> "（判定：" + selector(selector, "ja") + "）").orElse("") + "。"
                + responsibility.basis().map(basis -> "根拠：" + basis + "。").orElse("");
        String en = "You are " + duty(responsibility.duty(), "en") + " of " + resource(city, id, "en")
                + scope(responsibility, "en") + under(city, responsibility, "en") + ", "
                + parts(parts, "en", " and ") + " of this alert"
                + by.map(selector -> " (recognised by " + selector + ")").orElse("") + "."
                + responsibility.basis().map(basis -> " Basis: " + basis + ".").orElse("");
        return new Bilingual(ja, en);
    }

    private static String scope(Responsibility responsibility, String language) {
        String text = responsibility.scope().get(language);
        if (text == null) {
            text = responsibility.scope().values().stream().findFirst().orElse("");
        }
        return text.isEmpty() ? "" : "ja".equals(language) ? "のうち「" + text + "」" : " (" + text + ")";
    }

    private static String under(City city, Responsibility responsibility, String language) {
        return responsibility
                .under()
                .map(id -> stakeholder(city, id, language))
                .map(above -> "ja".equals(language) ? "（" + above + "の下）" : " under " + above)
                .orElse("");
    }

    /** Why whoever stands above is told: the one below cannot be. */
    static Bilingual inPlaceOf(City city, List<Finding> parts, Responsibility above, Responsibility below) {
        Bilingual own = responsible(city, parts, above);
        return new Bilingual(
                        own.ja() + stakeholder(city, below.stakeholder(), "ja") + "に連絡できないため、代わりに通知しています。",
                        own.en() + " You are told in place of " + stakeholder(city, below.stakeholder(), "en")
                                + ", who cannot be reached.")
                .naming(new Bilingual(
                        own.ja() + "先に通知すべき組織に連絡できないため、代わりに通知しています。",
                        own.en() + " You are told in place of somebody who cannot be reached."));
    }

    /** Why just this person: it is their turn, or they take over for once. */
    public static Bilingual onDuty(Schedule schedule, OnDuty.Person person) {
        String ja = text(schedule, "ja");
        String en = text(schedule, "en");
        if (person.because() instanceof OnDuty.Because.Substitutes override) {
            String reason = override.by().reason();
            return new Bilingual(
                    "当番表「" + ja + "」の変更による当番です（理由：" + reason + "）。",
                    "You are on duty by an override of the schedule '" + en + "' (" + reason + ").");
        }
        String rotation = ((OnDuty.Because.Turn) person.because()).rotation();
        return new Bilingual(
                "当番表「" + ja + "」の当番です（" + rotation + "）。",
                "You are on duty by the schedule '" + en + "' (" + rotation + ").");
    }

    private static String text(Schedule schedule, String language) {
        String name = schedule.name().get(language);
        return name != null
                ? name
                : schedule.name().values().stream().findFirst().orElse(schedule.id());
    }

    private static String parts(List<Finding> findings, String language, String and) {
        return findings.stream()
                .map(Finding::part)
                .distinct()
                .sorted()
                .map(part -> part(part, language))
                .collect(Collectors.joining(and));
    }

    static Bilingual verdict(City city, Responsibility responsibility, Verdict verdict, Severity severity) {
        String ja =
                stakeholder(city, responsibility.stakeholder(), "ja") + "（" + duty(responsibility.duty(), "ja") + "）";
        String en =
                stakeholder(city, responsibility.stakeholder(), "en") + " (" + duty(responsibility.duty(), "en") + ")";
        return switch (verdict) {
            case APPLIES -> new Bilingual(ja + "に通知", en + " is told");
            case NOT_YET_VALID ->
                new Bilingual(
                        ja + "：" + date(responsibility.validFrom()) + " から有効のため対象外",
                        en + ": valid only from " + date(responsibility.validFrom()));
            case EXPIRED ->
                new Bilingual(
                        ja + "：" + date(responsibility.validTo()) + " で終了したため対象外",
                        en + ": ended on " + date(responsibility.validTo()));
            case ONLY_OBSERVED ->
                new Bilingual(ja + "：検知しただけの資産のため対象外", en + ": its resource only observed what happened to others");
            case FOR_AUTHORS ->
                new Bilingual(ja + "：ルール作成者だけへの警報のため対象外", en + ": the alert is for the authors of rules only");
            case BELOW_SEVERITY -> {
                Severity min = responsibility.severityMin().orElse(severity);
                yield new Bilingual(
                        ja + "：深刻度「" + severity(min, "ja") + "」以上のみ（今回は「" + severity(severity, "ja") + "」）",
                        en + ": only from severity " + severity(min, "en") + " (this one is " + severity(severity, "en")
                                + ")");
            }
        };
    }

    /** Why an author of rules is told. */
    static Bilingual author(Alert alert) {
        return isExperimental(alert)
                ? new Bilingual(
                        "ルール「" + alert.rule().name() + "」は試験中（status: experimental）のため、ルール作成者だけに通知しています。",
                        "The rule '" + alert.rule().name()
                                + "' is being tried out (status: experimental), so only the authors of rules are told: you are one.")
                : new Bilingual(
                        "ルールそのものについての警報のため、ルール作成者に通知しています。",
                        "The alert is about the rules themselves: you are one of their authors.");
    }

    /** Why the owner of an exception is told. */
    static Bilingual ownerOfException(String exception) {
        return new Bilingual("貴組織は例外「" + exception + "」の責任者です。", "You answer for the exception '" + exception + "'.");
    }

    static boolean isExperimental(Alert alert) {
        return alert.rule().status().equals(Alert.Rule.EXPERIMENTAL);
    }

    /** {@code 都市OS APIゲートウェイ（city-os-api）}, or the id alone if the city does not know it. */
    static String resource(City city, String id, String language) {
        return Optional.ofNullable(city.resources().get(id))
                .map(resource -> "ja".equals(language)
                        ? "「" + resource.name(language) + "」（" + id + "）"
                        : resource.name(language) + " (" + id + ")")
                .orElse(id);
    }

    static String stakeholder(City city, String id, String language) {
        return Optional.ofNullable(city.stakeholders().get(id))
                .map(stakeholder -> stakeholder.name(language))
                .orElse(id);
    }

    private static String date(Optional<java.time.LocalDate> date) {
        return date.map(Object::toString).orElse("");
    }

    private static String selector(Selector selector, String language) {
        if (!"ja".equals(language)) {
            return selector.toString();
        }
        String kind = switch (selector.kind()) {
            case SOURCE -> "ログ源";
            case DEVICE -> "機器";
            case CIDR -> "アドレス";
            case HOST -> "ホスト";
            case SERVICE -> "サービス";
            case DATA_CLASS -> "データ種別";
            case LAYER -> "層";
        };
        return kind + " " + selector.value();
    }

    static String part(Alert.Part part, String language) {
        boolean ja = "ja".equals(language);
        return switch (part) {
            case TARGET -> ja ? "対象" : "the target";
            case ORIGIN -> ja ? "発信元" : "the origin";
            case OBSERVER -> ja ? "検知元" : "the observer";
        };
    }

    static String duty(Duty duty, String language) {
        boolean ja = "ja".equals(language);
        return switch (duty) {
            case OWNER -> ja ? "所有者" : "owner";
            case OPERATOR -> ja ? "運用者" : "operator";
            case DATA_CONTROLLER -> ja ? "データ管理者" : "data controller";
            case RESPONDER -> ja ? "対応担当" : "responder";
            case INFORMED -> ja ? "情報共有先" : "informed party";
        };
    }

    static String severity(Severity severity, String language) {
        boolean ja = "ja".equals(language);
        return switch (severity) {
            case INFORMATIONAL -> ja ? "情報" : "informational";
            case LOW -> ja ? "低" : "low";
            case MEDIUM -> ja ? "中" : "medium";
            case HIGH -> ja ? "高" : "high";
            case CRITICAL -> ja ? "重大" : "critical";
        };
    }
}
