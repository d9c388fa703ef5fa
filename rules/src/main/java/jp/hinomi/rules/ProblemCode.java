package jp.hinomi.rules;

import java.util.Locale;
import java.util.Optional;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;

/**
 * The catalogue: every kind of problem that reading rules and their tests can report, with its meaning for documentation.
 * A problem can only be made from an entry, and a test holds an example of each.
 */
public enum ProblemCode {
    // Files and YAML; reported by the YAML reader under these names.
    UNREADABLE("The file cannot be read.", "ファイルを読めません。"),
    NOT_UTF8("The file is not UTF-8.", "ファイルの文字コードが UTF-8 ではありません。"),
    YAML_SYNTAX("The file is not YAML.", "YAML として正しくありません。"),
    YAML_KEY("A key that is not text.", "キーが文字列ではありません。"),
    YAML_TAG("A tag that has no meaning here.", "ここでは意味を持たないタグがあります。"),
    YAML_TOO_LARGE("The document unfolds to too many parts.", "文書を展開すると大きくなりすぎます。"),
    DUPLICATE_KEY("A key stands twice in one mapping.", "同じキーが二度あります。"),
    NO_RULES("The path holds no rule.", "ルールが一つもありません。"),

    // The document as a whole.
    NOT_A_RULE("The document is no detection, correlation or filter.", "検知・相関・フィルタのいずれでもありません。"),
    SEVERAL_KINDS("The document is of several kinds at once.", "一つの文書に複数の種類が混在しています。"),
    RULE_COLLECTION("'action: global' and its like were dropped from Sigma.", "「action: global」などは Sigma から廃止されました。"),
    MISSING_KEY("A mandatory key is missing.", "必須のキーがありません。"),
    UNKNOWN_KEY("A key that nothing reads.", "使われないキーです。"),
    WRONG_TYPE("A value of the wrong type.", "値の型が違います。"),
    EMPTY_VALUE("A value that must not be empty.", "空にできない値です。"),
    TOO_LONG("A text that is longer than Sigma allows.", "Sigma の上限より長い文字列です。"),
    UNKNOWN_WORD("A word that is not one of the allowed ones.", "許された語のいずれでもありません。"),
    INVALID_DATE("Not a date of the form YYYY-MM-DD.", "YYYY-MM-DD 形式の日付ではありません。"),
    INVALID_TAG("Not a tag of the form namespace.name.", "「名前空間.名前」の形のタグではありません。"),
    UNKNOWN_CONTROL("A cps tag that names no control of the guideline.", "ガイドラインにない対策要件の cps タグです。"),
    INVALID_DURATION("Not a length of time such as 10m.", "「10m」のような時間の長さではありません。"),
    NO_ID("The rule has neither id nor name.", "ルールに id も name もありません。"),
    DUPLICATE_ID("Two rules have the same id.", "二つのルールの id が同じです。"),
    DUPLICATE_NAME("Two rules have the same name.", "二つのルールの name が同じです。"),
    UNKNOWN_LOGSOURCE("A log source that the routing table does not know.", "振り分け表にないログソースです。"),

    // Names of fields.
    UNKNOWN_FIELD("A field that neither decoders nor the Elastic Common Schema have.", "デコーダにも ECS にもないフィールドです。"),
    FOREIGN_FIELD("A field that only shippers of other makers fill.", "他社の転送ソフトだけが埋めるフィールドです。"),
    FIELD_CONFLICT("Two fields of an imported rule that are one here.", "取り込んだルールの二つのフィールドが、ここでは一つになります。"),
    UNTRANSLATED("A name or value of an imported rule that has no counterpart here.", "取り込んだルールの名前または値に、対応するものがありません。"),
    PATH_TAKEN("A file that is already there and is not ours to replace.", "書き込み先に、置き換えてはならないファイルがあります。"),

    EXTENSION("An extension of ours, where only Sigma is wanted.", "Sigma だけを許す指定での独自拡張です。"),

    // Detections.
    NO_IDENTIFIER("A detection without a search identifier.", "検索識別子のない detection です。"),
    UNKNOWN_MODIFIER("A modifier that Sigma does not have.", "Sigma にない修飾子です。"),
    MODIFIER_CONFLICT("Modifiers that do not go together.", "組み合わせられない修飾子です。"),
    MODIFIER_VALUE("A value that the modifier cannot take.", "修飾子が受け付けない値です。"),
    SINGLE_ALL("'all' over a single value.", "値が一つだけの「all」です。"),
    NULL_IN_LIST("null inside a list of values.", "値のリストの中に null があります。"),
    BAD_REGEX("A regular expression that RE2 cannot run.", "RE2 で実行できない正規表現です。"),
    BAD_NETWORK("Not a network in CIDR notation.", "CIDR 形式のネットワークではありません。"),
    MISSING_PLACEHOLDER("A placeholder without values.", "値のないプレースホルダです。"),
    TOO_MANY_VALUES("A rule that unfolds to too many values.", "展開後の値が多すぎます。"),
    CONDITION_SYNTAX("A condition that cannot be read.", "condition を解釈できません。"),
    UNKNOWN_IDENTIFIER("A condition that names no search identifier.", "condition が存在しない検索識別子を指しています。"),
    UNSATISFIABLE("A condition that can never hold.", "決して成り立たない condition です。"),
    UNUSED_IDENTIFIER("A search identifier that the condition does not use.", "condition が使わない検索識別子です。"),
    LEGACY_AGGREGATION("An aggregation in the condition, dropped from Sigma.", "Sigma から廃止された condition 内の集計です。"),
    LEGACY_TIMEFRAME("'timeframe' in a detection, dropped from Sigma.", "Sigma から廃止された detection 内の timeframe です。"),

    // Correlations.
    UNKNOWN_REFERENCE("A reference to a rule that does not exist.", "存在しないルールへの参照です。"),
    BROKEN_REFERENCE("A reference to a rule that was left out.", "除外されたルールへの参照です。"),
    REFERENCE_CYCLE("Correlations that refer to each other in a circle.", "相関が互いを循環して参照しています。"),
    CORRELATION_CONDITION("A correlation condition that does not fit its type.", "相関の種類に合わない condition です。"),
    BAD_ALIAS("An alias that does not fit the correlation.", "相関に合わない alias です。"),

    // Filters.
    FILTER_TARGET("A filter for something that is no detection.", "検知ルールではないものへのフィルタです。"),
    FILTER_LOGSOURCE("A filter for another log source than its rule's.", "ルールとログソースが異なるフィルタです。"),

    // Coverage.
    UNKNOWN_RISK("A number that no risk or incident of the guideline has.", "ガイドラインのリスクまたはインシデントにない番号です。"),
    UNCOVERED_RISK("A risk of the guideline of which nothing is said.", "何も書かれていないガイドラインのリスクです。"),
    RISK_TAGS("A rule for a risk whose controls it does not carry as tags.", "リスクの対策要件のタグを持たないルールです。"),
    UNKNOWN_TECHNIQUE("A technique that ATT&CK does not have.", "ATT&CK にない技術です。"),

    // Test cases.
    BAD_TIME("Not a time in RFC 3339.", "RFC 3339 形式の時刻ではありません。"),
    UNKNOWN_ZONE("Not a time zone or character set that exists.", "存在しないタイムゾーンまたは文字コードです。");

    private final String meaningEn;
    private final String meaningJa;

    ProblemCode(String meaningEn, String meaningJa) {
        this.meaningEn = meaningEn;
        this.meaningJa = meaningJa;
    }

    /** The stable name in output and documentation: {@code unknown-key}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What this kind of problem is, in one sentence: Japanese for {@code ja}, else English. */
    public String meaning(String language) {
        return language.equals("ja") ? meaningJa : meaningEn;
    }

    /** The entry of that name. */
    public static Optional<ProblemCode> ofWord(String word) {
        for (ProblemCode code : values()) {
            if (code.word().equals(word)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    public Problem error(Location at, String message, String remedy) {
        return Problem.error(at, word(), message, remedy);
    }

    public Problem warning(Location at, String message, String remedy) {
        return Problem.warning(at, word(), message, remedy);
    }
}
