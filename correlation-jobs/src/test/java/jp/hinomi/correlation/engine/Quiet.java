package jp.hinomi.correlation.engine;

import java.util.ArrayList;
import java.util.List;

/** Remembers which rules alerted and which were quarantined. */
class Quiet implements Outlet {
    final List<String> alerted = new ArrayList<>();
    final List<String> quarantined = new ArrayList<>();

    @Override
    public void alert(Correlation correlation, GroupKey group, OpenAlert alert) {
        alerted.add(correlation.info().name());
    }

    @Override
    public void match(Correlation to, GroupKey group, Match match) {
        // no chains here
    }

    @Override
    public void ungrouped(Correlation to) {
        // every match has its group
    }

    @Override
    public void late(Correlation correlation, boolean amended) {
        // none is late
    }

    @Override
    public void quarantined(Correlation correlation, RuleFailedException failure) {
        quarantined.add(correlation.info().name());
    }
}
