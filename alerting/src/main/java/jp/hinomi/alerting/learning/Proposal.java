package jp.hinomi.alerting.learning;

import java.util.List;
import jp.hinomi.rules.detection.TextPattern;

/** A change of a rule that its verdicts speak for. A person decides; nothing is changed by a proposal. */
public sealed interface Proposal {
    /** Whether the alert would not have come. */
    boolean hides(JudgedAlert alert);

    /**
     * An exception for one value of what the rule groups by.
     *
     * @param value as the alerts have it
     */
    record Except(String field, String value) implements Proposal {
        @Override
        public boolean hides(JudgedAlert alert) {
            String grouped = alert.group().get(field);
            return grouped != null && TextPattern.plain(value).matches(grouped, false); // as the engine compares
        }
    }

    /**
     * A higher bound of a rule that counts events. An alert whose events never came to that many would surely not have come; of
     * one with more it cannot be told, since its events may have come too slowly.
     */
    record Raise(long from, long to) implements Proposal {
        @Override
        public boolean hides(JudgedAlert alert) {
            return alert.count() < to;
        }
    }

    /**
     * What a proposal would have done to stored alerts.
     *
     * @param hidden the alerts that would not have come, in the order given
     * @param of how many were looked at
     */
    record Preview(List<JudgedAlert> hidden, long of) {
        public Preview {
            hidden = List.copyOf(hidden);
        }

        public static Preview of(Proposal proposal, List<JudgedAlert> alerts) {
            return new Preview(alerts.stream().filter(proposal::hides).toList(), alerts.size());
        }

        public long worthwhile() {
            return count(Weight.WORTHWHILE);
        }

        public long wasted() {
            return count(Weight.WASTED);
        }

        public long unjudged() {
            return count(Weight.NONE);
        }

        private long count(Weight weight) {
            return hidden.stream().filter(alert -> alert.weight() == weight).count();
        }
    }
}
