package jp.hinomi.alerting.routing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.Responsibility;
import jp.hinomi.events.Severity;

/** Finds where the map has nobody for an alert, and says what is missing. */
final class Gaps {
    private Gaps() {}

    /**
     * One gap per resource that nobody answers for. That everybody entered wants only worse alerts is a gap only when
     * nobody at all is told: else the map has said what it means.
     */
    static List<Gap> of(City city, List<Finding> findings, Severity severity, LocalDate day) {
        if (findings.isEmpty()) {
            return List.of(noResource());
        }
        boolean somebody = findings.stream().anyMatch(Finding::applies);
        List<Gap> gaps = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.applies()) {
                continue;
            }
            Gap gap = of(city, finding, severity, day);
            if (!somebody || gap.kind() != Gap.Kind.NONE_AT_SEVERITY) {
                gaps.add(gap);
            }
        }
        return gaps.stream().distinct().toList();
    }

    private static Gap of(City city, Finding finding, Severity severity, LocalDate day) {
        String id = finding.resource();
        Optional<String> resource = Optional.of(id);
        String ja = Reasons.resource(city, id, "ja");
        String en = Reasons.resource(city, id, "en");
        if (!city.resources().containsKey(id)) {
            return new Gap(
                    Gap.Kind.UNKNOWN_RESOURCE,
                    resource,
                    new Bilingual(
                            "資産「" + id + "」は都市の台帳（resources.yaml）にありません。登録してください。",
                            "Resource '" + id + "' is not in the city's resources.yaml: enter it."));
        }
        if (finding.considered().isEmpty()) {
            return new Gap(
                    Gap.Kind.NO_RESPONSIBILITY,
                    resource,
                    new Bilingual(
                            ja + "には責任者が登録されていません。responsibilities.yaml に追加してください。",
                            "Nobody is entered as responsible for " + en + ": add an entry to responsibilities.yaml."));
        }
        boolean validButMild =
                finding.considered().stream().anyMatch(entry -> entry.verdict() == Verdict.BELOW_SEVERITY);
        if (validButMild) {
            return new Gap(
                    Gap.Kind.NONE_AT_SEVERITY,
                    resource,
                    new Bilingual(
                            ja + "の責任者は、深刻度「" + Reasons.severity(severity, "ja") + "」の警報を受け取らない設定です（severity-min）。",
                            "Those responsible for " + en + " take no alerts of severity "
                                    + Reasons.severity(severity, "en") + " (severity-min)."));
        }
        return new Gap(
                Gap.Kind.NONE_VALID,
                resource,
                new Bilingual(
                        ja + "には " + day + " に有効な責任分担がありません。valid-from / valid-to を確認してください。",
                        "No responsibility for " + en + " is valid on " + day + ": check valid-from and valid-to."));
    }

    private static Gap noResource() {
        return new Gap(
                Gap.Kind.NO_RESOURCE,
                Optional.empty(),
                new Bilingual(
                        "この警報は台帳のどの資産にも該当しません。resources.yaml の selectors を確認してください。",
                        "The alert touches no resource of the city: check the selectors in resources.yaml."));
    }

    static Gap noChannel(City city, String resource, Responsibility responsibility) {
        return new Gap(
                Gap.Kind.NO_CHANNEL,
                Optional.of(resource),
                new Bilingual(
                        Reasons.resource(city, resource, "ja") + "の責任者「"
                                + Reasons.stakeholder(city, responsibility.stakeholder(), "ja")
                                + "」に連絡できる手段がありません。stakeholders.yaml の channels を確認してください。",
                        "There is no channel to reach "
                                + Reasons.stakeholder(city, responsibility.stakeholder(), "en")
                                + ", responsible for " + Reasons.resource(city, resource, "en")
                                + ": check channels in stakeholders.yaml."));
    }

    static Gap nobodyOnDuty(City city, String resource, Responsibility responsibility, String schedule) {
        return new Gap(
                Gap.Kind.NOBODY_ON_DUTY,
                Optional.of(resource),
                new Bilingual(
                        Reasons.resource(city, resource, "ja") + "の責任者「"
                                + Reasons.stakeholder(city, responsibility.stakeholder(), "ja") + "」の当番表 " + schedule
                                + " では、現在だれも当番ではありません。schedules.yaml を確認してください。",
                        "By the schedule " + schedule + " nobody is on duty for "
                                + Reasons.stakeholder(city, responsibility.stakeholder(), "en") + ", responsible for "
                                + Reasons.resource(city, resource, "en") + ": check schedules.yaml."));
    }

    /** @param named whether the city names any author at all */
    static Gap noRuleAuthors(boolean named) {
        return named
                ? new Gap(
                        Gap.Kind.NO_CHANNEL,
                        Optional.empty(),
                        new Bilingual(
                                "ルール作成者（city.yaml の rule-authors）に連絡できる手段がありません。stakeholders.yaml の channels を確認してください。",
                                "There is no channel to reach the authors of rules (rule-authors in city.yaml): check channels in stakeholders.yaml."))
                : new Gap(
                        Gap.Kind.NO_RULE_AUTHORS,
                        Optional.empty(),
                        new Bilingual(
                                "ルール作成者が登録されていません。city.yaml に rule-authors を追加してください。",
                                "The city names no authors of rules: add rule-authors to city.yaml."));
    }

    /** Why the promoter gets an alert that nobody else answers for. */
    static Bilingual toPromoter(Gap gap) {
        return new Bilingual(gap.text().ja() + "このため推進主体に通知しています。", gap.text().en() + " The promoter is told instead.");
    }
}
