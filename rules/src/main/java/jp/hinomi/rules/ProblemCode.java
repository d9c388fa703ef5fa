package jp.hinomi.rules;

import static jp.hinomi.events.document.Problem.Level.ERROR;
import static jp.hinomi.events.document.Problem.Level.HINT;
import static jp.hinomi.events.document.Problem.Level.WARNING;

import java.util.Locale;
import java.util.Optional;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;

/**
 * The catalogue: every kind of problem that reading, checking and running rules and their tests can report. A problem can only
 * be made from an entry, and a test holds an example of each. Numbers are for ever: one that is given up is not used again.
 * Why each matters and what to do stands in {@code lint/catalogue.yaml}; see {@link jp.hinomi.rules.lint.Catalogue}.
 */
public enum ProblemCode {
    // Files and YAML; reported by the YAML reader under these names.
    UNREADABLE(1, ERROR, "The file cannot be read.", "ファイルを読めません。"),
    NOT_UTF8(2, ERROR, "The file is not UTF-8.", "ファイルの文字コードが UTF-8 ではありません。"),
    YAML_SYNTAX(3, ERROR, "The file is not YAML.", "YAML として正しくありません。"),
    YAML_KEY(4, ERROR, "A key that is not text.", "キーが文字列ではありません。"),
    YAML_TAG(5, ERROR, "A tag that has no meaning here.", "ここでは意味を持たないタグがあります。"),
    YAML_TOO_LARGE(6, ERROR, "The document unfolds to too many parts.", "文書を展開すると大きくなりすぎます。"),
    DUPLICATE_KEY(7, ERROR, "A key stands twice in one mapping.", "同じキーが二度あります。"),
    NO_RULES(8, WARNING, "The path holds no rule.", "ルールが一つもありません。"),
    UNKNOWN_CODE(9, WARNING, "A code that the catalogue does not have.", "一覧にないコードです。"),
    IGNORE_WITHOUT_REASON(10, WARNING, "A 'hinomi:ignore' that does not say why.", "理由のない hinomi:ignore です。"),
    UNUSED_IGNORE(11, HINT, "A 'hinomi:ignore' that hides nothing.", "何も抑止していない hinomi:ignore です。"),

    // The document as a whole.
    NOT_A_RULE(101, ERROR, "The document is no detection, correlation or filter.", "検知・相関・フィルタのいずれでもありません。"),
    SEVERAL_KINDS(102, ERROR, "The document is of several kinds at once.", "一つの文書に複数の種類が混在しています。"),
    RULE_COLLECTION(
            103,
            ERROR,
            "'action: global' and its like were dropped from Sigma.",
            "「action: global」などは Sigma から廃止されました。"),
    MISSING_KEY(104, ERROR, "A mandatory key is missing.", "必須のキーがありません。"),
    UNKNOWN_KEY(105, WARNING, "A key that nothing reads.", "使われないキーです。"),
    WRONG_TYPE(106, ERROR, "A value of the wrong type.", "値の型が違います。"),
    EMPTY_VALUE(107, ERROR, "A value that must not be empty.", "空にできない値です。"),
    TOO_LONG(108, ERROR, "A text that is longer than Sigma allows.", "Sigma の上限より長い文字列です。"),
    UNKNOWN_WORD(109, ERROR, "A word that is not one of the allowed ones.", "許された語のいずれでもありません。"),
    INVALID_DATE(110, ERROR, "Not a date of the form YYYY-MM-DD.", "YYYY-MM-DD 形式の日付ではありません。"),
    INVALID_TAG(111, ERROR, "Not a tag of the form namespace.name.", "「名前空間.名前」の形のタグではありません。"),
    UNKNOWN_CONTROL(112, ERROR, "A cps tag that names no control of the guideline.", "ガイドラインにない対策要件の cps タグです。"),
    INVALID_DURATION(113, ERROR, "Not a length of time such as 10m.", "「10m」のような時間の長さではありません。"),
    NO_ID(114, WARNING, "The rule has neither id nor name.", "ルールに id も name もありません。"),
    DUPLICATE_ID(115, ERROR, "Two rules have the same id.", "二つのルールの id が同じです。"),
    DUPLICATE_NAME(116, ERROR, "Two rules have the same name.", "二つのルールの name が同じです。"),
    UNKNOWN_LOGSOURCE(117, WARNING, "A log source that the routing table does not know.", "振り分け表にないログソースです。"),
    EXTENSION(118, ERROR, "An extension of ours, where only Sigma is wanted.", "Sigma だけを許す指定での独自拡張です。"),
    BAD_ID(119, HINT, "An id that is no UUID.", "UUID ではない id です。"),
    DATE_ORDER(120, WARNING, "Modified before it was written.", "作成日より前の更新日です。"),

    // Names and values of fields.
    UNKNOWN_FIELD(
            201,
            WARNING,
            "A field that neither decoders nor the Elastic Common Schema have.",
            "デコーダにも ECS にもないフィールドです。"),
    FOREIGN_FIELD(202, WARNING, "A field that only shippers of other makers fill.", "他社の転送ソフトだけが埋めるフィールドです。"),
    FIELD_CONFLICT(
            203, WARNING, "Two fields of an imported rule that are one here.", "取り込んだルールの二つのフィールドが、ここでは一つになります。"),
    UNTRANSLATED(
            204,
            WARNING,
            "A name or value of an imported rule that has no counterpart here.",
            "取り込んだルールの名前または値に、対応するものがありません。"),
    PATH_TAKEN(205, ERROR, "A file that is already there and is not ours to replace.", "書き込み先に、置き換えてはならないファイルがあります。"),
    FIELD_VALUE(206, WARNING, "A value that the field never has.", "フィールドが決して取らない値です。"),

    // Detections.
    NO_IDENTIFIER(301, ERROR, "A detection without a search identifier.", "検索識別子のない detection です。"),
    UNKNOWN_MODIFIER(302, ERROR, "A modifier that Sigma does not have.", "Sigma にない修飾子です。"),
    MODIFIER_CONFLICT(303, ERROR, "Modifiers that do not go together.", "組み合わせられない修飾子です。"),
    MODIFIER_VALUE(304, ERROR, "A value that the modifier cannot take.", "修飾子が受け付けない値です。"),
    SINGLE_ALL(305, WARNING, "'all' over a single value.", "値が一つだけの「all」です。"),
    NULL_IN_LIST(306, ERROR, "null inside a list of values.", "値のリストの中に null があります。"),
    BAD_REGEX(307, ERROR, "A regular expression that RE2 cannot run.", "RE2 で実行できない正規表現です。"),
    BAD_NETWORK(308, ERROR, "Not a network in CIDR notation.", "CIDR 形式のネットワークではありません。"),
    MISSING_PLACEHOLDER(309, ERROR, "A placeholder without values.", "値のないプレースホルダです。"),
    TOO_MANY_VALUES(310, ERROR, "A rule that unfolds to too many values.", "展開後の値が多すぎます。"),
    CONDITION_SYNTAX(311, ERROR, "A condition that cannot be read.", "condition を解釈できません。"),
    UNKNOWN_IDENTIFIER(312, ERROR, "A condition that names no search identifier.", "condition が存在しない検索識別子を指しています。"),
    UNSATISFIABLE(313, ERROR, "A condition that can never hold.", "決して成り立たない condition です。"),
    UNUSED_IDENTIFIER(314, WARNING, "A search identifier that the condition does not use.", "condition が使わない検索識別子です。"),
    LEGACY_AGGREGATION(
            315, ERROR, "An aggregation in the condition, dropped from Sigma.", "Sigma から廃止された condition 内の集計です。"),
    LEGACY_TIMEFRAME(
            316, ERROR, "'timeframe' in a detection, dropped from Sigma.", "Sigma から廃止された detection 内の timeframe です。"),
    IMPOSSIBLE_SELECTION(317, WARNING, "A search identifier that can never hold.", "決して成り立たない検索識別子です。"),
    IMPOSSIBLE_CONDITION(318, WARNING, "A condition that no event can meet.", "どのイベントも満たせない condition です。"),
    ALWAYS_TRUE(319, WARNING, "A condition that every event meets.", "すべてのイベントが満たす condition です。"),
    WITHOUT_EFFECT(
            320,
            WARNING,
            "A search identifier without which the condition means the same.",
            "あってもなくても condition の意味が変わらない検索識別子です。"),
    VALUE_TWICE(321, HINT, "A value that stands twice in a list.", "リストに二度ある値です。"),
    SWALLOWED_VALUE(322, HINT, "A value that another of the same list covers.", "同じリストの別の値に含まれる値です。"),
    USELESS_WILDCARD(323, HINT, "A wildcard that changes nothing.", "働きのないワイルドカードです。"),
    LITERAL_REGEX(324, HINT, "A regular expression that is a plain text.", "ただの文字列である正規表現です。"),

    // Correlations.
    UNKNOWN_REFERENCE(401, ERROR, "A reference to a rule that does not exist.", "存在しないルールへの参照です。"),
    BROKEN_REFERENCE(402, ERROR, "A reference to a rule that was left out.", "除外されたルールへの参照です。"),
    REFERENCE_CYCLE(403, ERROR, "Correlations that refer to each other in a circle.", "相関が互いを循環して参照しています。"),
    CORRELATION_CONDITION(
            404, ERROR, "A correlation condition that does not fit its type.", "相関の種類に合わない condition です。"),
    BAD_ALIAS(405, WARNING, "An alias that does not fit the correlation.", "相関に合わない alias です。"),
    NO_SUCH_VALUE(406, WARNING, "A field that matches of a listed correlation do not have.", "列挙した相関の一致が持たないフィールドです。"),
    TRIVIAL_CORRELATION(407, HINT, "A correlation that fires at every match.", "一致のたびに成立する相関です。"),
    SILENT_RESPONSE(408, WARNING, "First steps on a rule that nobody is alerted by.", "だれにも通知されないルールに初動が書かれています。"),
    USELESS_ALWAYS_ALERT(409, HINT, "'always_alert' on a rule that alerts anyway.", "もともと警報を出すルールの always_alert です。"),
    CORRELATION_UNSUPPORTED(410, ERROR, "A correlation that the engine cannot run.", "エンジンが実行できない相関です。"),
    CORRELATION_TOO_DEEP(411, ERROR, "A chain of correlations that is longer than the job's.", "ジョブの段数を超える相関の連鎖です。"),
    UNKNOWN_SOURCE(412, WARNING, "A source that the city does not have.", "都市の定義にない送信元です。"),
    UNWATCHED_SOURCE(413, WARNING, "A source whose silence nobody would notice.", "途絶えても気付かれない送信元です。"),

    // Filters.
    FILTER_TARGET(501, ERROR, "A filter for something that is no detection.", "検知ルールではないものへのフィルタです。"),
    FILTER_LOGSOURCE(502, ERROR, "A filter for another log source than its rule's.", "ルールとログソースが異なるフィルタです。"),
    INCOMPLETE_EXCEPTION(503, ERROR, "An exception without owner, reason or expiry.", "責任者・理由・期限のいずれかがない例外です。"),
    INVALID_EXPIRY(504, ERROR, "Neither a date nor a time with its zone.", "日付でもタイムゾーン付きの日時でもない期限です。"),
    EXPIRED_EXCEPTION(505, WARNING, "An exception that no longer holds.", "期限が切れた例外です。"),
    EXPIRING_EXCEPTION(506, WARNING, "An exception that ends soon.", "まもなく期限が切れる例外です。"),
    UNOWNED_FILTER(
            507, WARNING, "A filter for rules of elsewhere that nobody answers for.", "別の場所のルールに対する、責任者のいないフィルタです。"),

    // EPL, reported by the engine that runs it. First the text, before anything parses it.
    EPL_TOO_LONG(601, ERROR, "A statement that is too long.", "長すぎる文です。"),
    EPL_TOO_DEEP(602, ERROR, "A statement that is nested too deep.", "入れ子が深すぎる文です。"),
    EPL_CHARACTER(603, ERROR, "A character that EPL of rules does not use.", "ルールの EPL では使えない文字です。"),
    EPL_STRING(604, ERROR, "A text constant with an escape or a quote inside.", "エスケープや引用符を含む文字列定数です。"),
    EPL_SEVERAL_STATEMENTS(605, ERROR, "More than one statement.", "文が二つ以上あります。"),
    EPL_ANNOTATION(606, ERROR, "An annotation.", "アノテーションです。"),
    EPL_CODE(607, ERROR, "Code: a class, a script or a new object.", "クラス・スクリプト・new などのプログラムです。"),
    EPL_SYNTAX(608, ERROR, "Not EPL.", "EPL として正しくありません。"),
    EPL_NOT_A_SELECT(609, ERROR, "A statement that does something else than select.", "select 以外のことをする文です。"),
    EPL_CLAUSE(610, ERROR, "A clause that an alert has no use for.", "アラートには使えない句です。"),
    EPL_OUTPUT_LIMIT(611, ERROR, "Output at a rate of its own.", "独自の間隔での出力です。"),
    EPL_NO_ALERT(612, ERROR, "A selection that does not give the events of an alert.", "アラートの根拠となるイベントを選んでいません。"),
    EPL_RULE_NAME(613, ERROR, "A listed rule whose name EPL cannot say.", "EPL で書けない名前のルールです。"),
    EPL_STREAM(614, ERROR, "A stream that is no listed rule.", "rules に挙げたルールではないストリームです。"),
    EPL_JOIN(615, ERROR, "A join whose cost is not bounded.", "コストに上限のない結合です。"),
    EPL_NO_WINDOW(616, ERROR, "A stream that would be kept for ever.", "際限なく保持されるストリームです。"),
    EPL_WINDOW(617, ERROR, "A window that cannot be rebuilt after a restart.", "再起動後に復元できないウィンドウです。"),
    EPL_LONGER_THAN_TIMESPAN(618, ERROR, "A length of time beyond the timespan.", "timespan より長い時間です。"),
    EPL_DURATION(619, ERROR, "A length of time that is no constant.", "定数ではない時間の長さです。"),
    EPL_PATTERN_START(620, ERROR, "A pattern that does not start again with each event.", "イベントごとに始まらないパターンです。"),
    EPL_PATTERN_UNBOUNDED(621, ERROR, "A part of a pattern that may wait for ever.", "際限なく待ちうるパターンです。"),
    EPL_PATTERN(622, ERROR, "A part of a pattern that cannot be rebuilt after a restart.", "再起動後に復元できないパターンです。"),
    EPL_REPEAT(623, ERROR, "A repetition without a small bound.", "小さな上限のない繰り返しです。"),
    EPL_FUNCTION(624, ERROR, "A function or method that is not on the list.", "一覧にない関数・メソッドです。"),
    EPL_AGGREGATION(625, ERROR, "An aggregation that cannot be rebuilt exactly.", "正確に復元できない集計です。"),
    EPL_EXPRESSION(626, ERROR, "An expression that is not on the list.", "一覧にない式です。"),
    EPL_SUBQUERY(627, ERROR, "A subquery that is not on the list.", "一覧にない副問い合わせです。"),
    EPL_PROPERTY(628, ERROR, "A property that is no field of the event.", "イベントのフィールドではないプロパティです。"),
    EPL_UNKNOWN_FIELD(629, WARNING, "A field that the dictionary does not know.", "フィールド辞書にないフィールドです。"),
    EPL_MEANING(630, ERROR, "Allowed, but without a meaning.", "許されていますが、意味が通りません。"),

    // What people read, and tags.
    MISSING_LEVEL(701, HINT, "A rule without a level.", "level のないルールです。"),
    MISSING_STATUS(702, HINT, "A rule without a status.", "status のないルールです。"),
    MISSING_AUTHOR(703, HINT, "A rule without an author.", "author のないルールです。"),
    MISSING_DATE(704, HINT, "A rule without a date.", "date のないルールです。"),
    LONG_TITLE(705, HINT, "A title that does not fit into a list or a subject line.", "一覧や件名に収まらない長い題名です。"),
    MISSING_TEXT(706, HINT, "A text that the recipient of an alert needs.", "アラートの受信者に必要な文章がありません。"),
    UNTRANSLATED_TEXT(707, HINT, "A text that is there in one language only.", "一つの言語でしか書かれていない文章です。"),
    NOT_JAPANESE(708, WARNING, "Japanese text without a Japanese character.", "日本語の文字がない日本語の文章です。"),
    SAME_TEXT(709, HINT, "The same text for both languages.", "二つの言語で同じ文章です。"),
    LEVEL_CONVENTION(710, HINT, "A level that does not fit what the rule is for.", "ルールの役割に合わない level です。"),
    UNKNOWN_ATTACK_TAG(
            711,
            WARNING,
            "An attack tag that names no technique, tactic, group or software.",
            "技術・戦術・グループ・ソフトウェアのいずれでもない attack タグです。"),
    TAG_TWICE(712, HINT, "A tag that stands twice.", "二度付いているタグです。"),
    MISSING_CONTROL_TAG(713, HINT, "A rule without a control of the guideline.", "ガイドラインの対策要件のタグがないルールです。"),
    MISSING_ATTACK_TAG(714, HINT, "A rule without a technique of ATT&CK.", "ATT&CK の技術のタグがないルールです。"),

    // Coverage.
    UNKNOWN_RISK(751, ERROR, "A number that no risk or incident of the guideline has.", "ガイドラインのリスクまたはインシデントにない番号です。"),
    UNCOVERED_RISK(752, WARNING, "A risk of the guideline of which nothing is said.", "何も書かれていないガイドラインのリスクです。"),
    RISK_TAGS(753, WARNING, "A rule for a risk whose controls it does not carry as tags.", "リスクの対策要件のタグを持たないルールです。"),
    UNKNOWN_TECHNIQUE(754, WARNING, "A technique that ATT&CK does not have.", "ATT&CK にない技術です。"),

    // Test cases and packs.
    BAD_TIME(801, ERROR, "Not a time in RFC 3339.", "RFC 3339 形式の時刻ではありません。"),
    UNKNOWN_ZONE(802, ERROR, "Not a time zone or character set that exists.", "存在しないタイムゾーンまたは文字コードです。"),
    UNTESTED(803, HINT, "A rule without a test case.", "テストのないルールです。"),
    HALF_TESTED(804, HINT, "A rule that is only tested one way.", "片側しかテストされていないルールです。"),
    TEST_OF_NOTHING(805, WARNING, "Tests of a rule that is not there.", "存在しないルールのテストです。"),
    DUPLICATE_PACK(806, ERROR, "Two packs with the same name.", "同じ名前のルールパックが二つあります。"),

    // What rules cost.
    COSTLY_REGEX(901, HINT, "A regular expression that has to look at every event.", "すべてのイベントを調べる正規表現です。"),
    SHORT_LITERAL(902, HINT, "A search for a text that is too short to be looked up.", "索引を使うには短すぎる文字列の検索です。"),
    UNBOUNDED_GROUP(903, WARNING, "Groups without number: one for nearly every event.", "ほぼイベントごとに増え続けるグループです。"),
    LONG_TIMESPAN(904, HINT, "A timespan that keeps state for very long.", "状態を非常に長く保持する timespan です。"),
    ONE_GROUP(905, HINT, "A correlation over the whole city at once.", "市全体を一つのグループとする相関です。"),
    LARGE_STATE(906, HINT, "A correlation of which one group may remember very much.", "一グループの記憶量が非常に大きくなりうる相関です。"),
    LONG_SUPPRESS(907, HINT, "A silence that hides later attacks.", "後の攻撃を隠してしまう長い抑制です。");

    private final int number;
    private final Problem.Level usual;
    private final String meaningEn;
    private final String meaningJa;

    ProblemCode(int number, Problem.Level usual, String meaningEn, String meaningJa) {
        this.number = number;
        this.usual = usual;
        this.meaningEn = meaningEn;
        this.meaningJa = meaningJa;
    }

    /** The stable id in output, in suppressing comments and for other tools: {@code HR105}. */
    public String id() {
        return String.format(Locale.ROOT, "HR%03d", number);
    }

    /** How bad it usually is; a place where it does more or less harm may say otherwise. */
    public Problem.Level usual() {
        return usual;
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

    /** The entry of that id or name, in any case: as people write it. */
    public static Optional<ProblemCode> of(String written) {
        String word = written.strip().toLowerCase(Locale.ROOT);
        for (ProblemCode code : values()) {
            if (code.word().equals(word) || code.id().equalsIgnoreCase(word)) {
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

    /** As bad as usual. */
    public Problem problem(Location at, String message, String remedy) {
        return Problem.of(usual, at, word(), message, remedy);
    }
}
