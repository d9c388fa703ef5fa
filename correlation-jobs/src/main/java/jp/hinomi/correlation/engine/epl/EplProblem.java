package jp.hinomi.correlation.engine.epl;

import java.util.Locale;
import java.util.Optional;

/** The catalogue of what can be wrong with the EPL of a rule. A test holds an example of each. */
public enum EplProblem {
    // The text, before anything parses it.
    EPL_TOO_LONG("A statement that is too long.", "長すぎる文です。"),
    EPL_TOO_DEEP("A statement that is nested too deep.", "入れ子が深すぎる文です。"),
    EPL_CHARACTER("A character that EPL of rules does not use.", "ルールの EPL では使えない文字です。"),
    EPL_STRING("A text constant with an escape or a quote inside.", "エスケープや引用符を含む文字列定数です。"),
    EPL_SEVERAL_STATEMENTS("More than one statement.", "文が二つ以上あります。"),
    EPL_ANNOTATION("An annotation.", "アノテーションです。"),
    EPL_CODE("Code: a class, a script or a new object.", "クラス・スクリプト・new などのプログラムです。"),
    EPL_SYNTAX("Not EPL.", "EPL として正しくありません。"),

    // The statement as a whole.
    EPL_NOT_A_SELECT("A statement that does something else than select.", "select 以外のことをする文です。"),
    EPL_CLAUSE("A clause that an alert has no use for.", "アラートには使えない句です。"),
    EPL_OUTPUT_LIMIT("Output at a rate of its own.", "独自の間隔での出力です。"),
    EPL_NO_ALERT("A selection that does not give the events of an alert.", "アラートの根拠となるイベントを選んでいません。"),

    // Streams and windows.
    EPL_RULE_NAME("A listed rule whose name EPL cannot say.", "EPL で書けない名前のルールです。"),
    EPL_STREAM("A stream that is no listed rule.", "rules に挙げたルールではないストリームです。"),
    EPL_JOIN("A join whose cost is not bounded.", "コストに上限のない結合です。"),
    EPL_NO_WINDOW("A stream that would be kept for ever.", "際限なく保持されるストリームです。"),
    EPL_WINDOW("A window that cannot be rebuilt after a restart.", "再起動後に復元できないウィンドウです。"),
    EPL_LONGER_THAN_TIMESPAN("A length of time beyond the timespan.", "timespan より長い時間です。"),
    EPL_DURATION("A length of time that is no constant.", "定数ではない時間の長さです。"),

    // Patterns.
    EPL_PATTERN_START("A pattern that does not start again with each event.", "イベントごとに始まらないパターンです。"),
    EPL_PATTERN_UNBOUNDED("A part of a pattern that may wait for ever.", "際限なく待ちうるパターンです。"),
    EPL_PATTERN("A part of a pattern that cannot be rebuilt after a restart.", "再起動後に復元できないパターンです。"),
    EPL_REPEAT("A repetition without a small bound.", "小さな上限のない繰り返しです。"),

    // Expressions.
    EPL_FUNCTION("A function or method that is not on the list.", "一覧にない関数・メソッドです。"),
    EPL_AGGREGATION("An aggregation that cannot be rebuilt exactly.", "正確に復元できない集計です。"),
    EPL_EXPRESSION("An expression that is not on the list.", "一覧にない式です。"),
    EPL_SUBQUERY("A subquery that is not on the list.", "一覧にない副問い合わせです。"),
    EPL_PROPERTY("A property that is no field of the event.", "イベントのフィールドではないプロパティです。"),
    EPL_UNKNOWN_FIELD("A field that the dictionary does not know.", "フィールド辞書にないフィールドです。"),
    EPL_MEANING("Allowed, but without a meaning.", "許されていますが、意味が通りません。");

    private final String meaningEn;
    private final String meaningJa;

    EplProblem(String meaningEn, String meaningJa) {
        this.meaningEn = meaningEn;
        this.meaningJa = meaningJa;
    }

    /** The stable name in output and documentation: {@code epl-function}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What this kind of problem is, in one sentence: Japanese for {@code ja}, else English. */
    public String meaning(String language) {
        return language.equals("ja") ? meaningJa : meaningEn;
    }

    /** The entry of that name. */
    public static Optional<EplProblem> ofWord(String word) {
        for (EplProblem problem : values()) {
            if (problem.word().equals(word)) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }
}
