package jp.hinomi.alerting.learning;

/**
 * Which part of a rule's judged alerts was worth an analyst's time, and how uncertain that is after so few verdicts: the score
 * interval of E. B. Wilson ("Probable inference, the law of succession, and statistical inference", Journal of the American
 * Statistical Association 22, 1927, 209–212), which Brown, Cai and DasGupta recommend for small numbers ("Interval estimation
 * for a binomial proportion", Statistical Science 16, 2001, 101–133). Unlike the usual plus or minus it stays within 0 and 1, and is
 * no point where all verdicts agree.
 *
 * @param worthwhile verdicts that say so
 * @param judged verdicts that say either
 */
public record Precision(long worthwhile, long judged) {
    /** Of the standard normal distribution: in 95 of 100 cases the interval holds the truth. */
    private static final double Z = 1.959963984540054;

    public static final Precision NONE = new Precision(0, 0);

    public Precision {
        if (worthwhile < 0 || judged < worthwhile) {
            throw new IllegalArgumentException(worthwhile + " of " + judged + " alerts");
        }
    }

    public boolean isKnown() {
        return judged > 0;
    }

    /** 0 to 1; 0 if nothing was judged. */
    public double share() {
        return judged == 0 ? 0 : (double) worthwhile / judged;
    }

    /** The lower end of the interval; 0 if nothing was judged. */
    public double low() {
        return judged == 0 ? 0 : Math.max(0, centre() - half());
    }

    /** The upper end of the interval; 1 if nothing was judged. */
    public double high() {
        return judged == 0 ? 1 : Math.min(1, centre() + half());
    }

    private double centre() {
        return (share() + Z * Z / (2 * judged)) / (1 + Z * Z / judged);
    }

    private double half() {
        return Z / (1 + Z * Z / judged) * Math.sqrt(share() * (1 - share()) / judged + Z * Z / (4.0 * judged * judged));
    }

    public long percent() {
        return Math.round(share() * 100);
    }

    public long lowPercent() {
        return Math.round(low() * 100);
    }

    public long highPercent() {
        return Math.round(high() * 100);
    }
}
