package jp.hinomi.alerting.incident.export;

/**
 * What an export does not have because of whom it is for.
 *
 * @param entries of the timeline
 * @param indicators of threat intelligence, of alerts that are in it
 * @param files of evidence
 * @param words whether title, impact, tasks and judgement were taken out
 */
public record LeftOut(int alerts, int entries, int indicators, int files, boolean words) {
    public boolean isNothing() {
        return alerts == 0 && entries == 0 && indicators == 0 && files == 0 && !words;
    }
}
