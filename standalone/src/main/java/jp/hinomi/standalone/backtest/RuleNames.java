package jp.hinomi.standalone.backtest;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.events.Alert;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleSet;

/** What a rule is called in a comparison: by its name now, whatever it was called before. */
final class RuleNames {
    private final Map<String, String> nowByOldName = new HashMap<>();

    /** A rule is the old one of its id, else of its name. */
    RuleNames(RuleSet before, RuleSet after) {
        Map<String, String> nowById = new HashMap<>();
        for (Rule rule : after.byName().values()) {
            nowById.put(rule.info().id(), rule.info().name());
        }
        for (Rule rule : before.byName().values()) {
            RuleInfo info = rule.info();
            String now = nowById.get(info.id());
            nowByOldName.put(info.name(), now != null ? now : info.name());
        }
    }

    String before(Alert.Rule rule) {
        return before(rule.name());
    }

    String before(String name) {
        return nowByOldName.getOrDefault(name, name);
    }

    String after(Alert.Rule rule) {
        return rule.name();
    }
}
