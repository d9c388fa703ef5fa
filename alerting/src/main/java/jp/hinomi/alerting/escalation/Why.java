package jp.hinomi.alerting.escalation;

import jp.hinomi.alerting.routing.Bilingual;

/** Why a step of an escalation is told. */
public enum Why {
    /** Those before did not answer in time. */
    UNANSWERED("escalation"),
    /** Nothing that was sent to those before can arrive. */
    UNREACHABLE("unreachable"),
    /** Nobody of those before is on call now. */
    OFF_CALL("off-call"),
    /** Somebody before asked for help. */
    HELP("help"),
    /** Somebody before said that it is not theirs. */
    NOT_OURS("not-ours"),
    /** It was acknowledged and then left alone. */
    LEFT_ALONE("left-alone");

    /** For whoever may not learn who it was. */
    private static final Bilingual OTHERS = new Bilingual("先に通知した相手", "Whoever was told before");

    private final String word;

    Why(String word) {
        this.word = word;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return word;
    }

    /**
     * @param step counts from 1
     * @param before who was told before, in words
     */
    public Bilingual reason(int step, Bilingual before) {
        return words(step, before).naming(words(step, OTHERS));
    }

    private static String midSentence(String name) {
        return name.equals(OTHERS.en()) ? "whoever was told before" : name;
    }

    private Bilingual words(int step, Bilingual before) {
        String ja = "、エスカレーションの第" + step + "段階として通知しています。";
        String en = ": you are step " + step + " of the escalation.";
        return switch (this) {
            case UNANSWERED ->
                new Bilingual(before.ja() + "からの応答が期限内になかったため" + ja, before.en() + " did not answer in time" + en);
            case UNREACHABLE ->
                new Bilingual(before.ja() + "に通知が届かなかったため" + ja, "No message reached " + midSentence(before.en()) + en);
            case OFF_CALL -> new Bilingual(before.ja() + "は対応時間外のため" + ja, before.en() + " is not on call now" + en);
            case HELP -> new Bilingual(before.ja() + "が応援を求めたため" + ja, before.en() + " asked for help" + en);
            case NOT_OURS ->
                new Bilingual(
                        before.ja() + "が「担当ではない」と回答したため、次の責任者として通知しています。",
                        before.en() + " answered that it is not theirs: you are the next who is responsible.");
            case LEFT_ALONE ->
                new Bilingual(
                        "確認済みのまま動きがないため、あらためて第" + step + "段階から通知しています。",
                        "It was acknowledged and then left alone: asking again from step " + step + ".");
        };
    }
}
