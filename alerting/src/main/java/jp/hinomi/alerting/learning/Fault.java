package jp.hinomi.alerting.learning;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is wrong with a rule, as its figures show. */
public enum Fault {
    /** The job does not run it: it is refused or in quarantine. */
    STOPPED,
    /** A source without which it sees nothing is silent: that it found nothing says nothing. */
    BLIND,
    /** Its alerts are almost surely more often wasted than worthwhile. */
    IMPRECISE,
    /** It raises so many alerts that they hide others. */
    NOISY,
    /** It has run for long enough and has raised nothing. */
    SILENT;

    /** Alerts a day, on average over the days looked at, from which on a rule is noisy. */
    public static final double NOISE = 20;

    /** So many verdicts it takes before a rule can be called imprecise, however clear they are. */
    static final int FEWEST = 5;

    /** A rule that has run for less, or for less than its own window, may yet find something: it is too early to call it silent. */
    static final Duration PATIENCE = Duration.ofDays(7);

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param running whether the job evaluates it
     * @param proven whether it has been seen running for so long that having raised nothing says something
     * @param alerts that it raised in those days
     * @param silentSources how many of the sources that it needs are silent
     */
    public static Set<Fault> of(
            boolean running, boolean proven, long alerts, int days, Precision precision, int silentSources) {
        if (days <= 0) {
            throw new IllegalArgumentException(days + " days");
        }
        EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
        if (!running) {
            faults.add(STOPPED);
        }
        if (silentSources > 0) {
            faults.add(BLIND);
        }
        if (precision.judged() >= FEWEST && precision.high() < 0.5) {
            faults.add(IMPRECISE);
        }
        if (alerts >= NOISE * days) {
            faults.add(NOISY);
        }
        if (running && proven && alerts == 0) {
            faults.add(SILENT);
        }
        return faults;
    }
}
