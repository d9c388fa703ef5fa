package jp.hinomi.ingest.receive;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Collection;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.ingest.receive.HttpAnswer.Refused;

/** The catalogue of what the HTTP receiver refuses. */
final class HttpRefusals {
    private HttpRefusals() {}

    static Refused unauthorized() {
        return new Refused(
                HttpResponseStatus.UNAUTHORIZED,
                "the bearer token is missing or wrong: send \"Authorization: Bearer TOKEN\" with the token that the"
                        + " receiver was started with",
                "ベアラートークンがないか正しくありません。受信側に設定したトークンを \"Authorization: Bearer TOKEN\" で送ってください");
    }

    static Refused noSuchPath() {
        return new Refused(
                HttpResponseStatus.NOT_FOUND,
                "there is nothing here: send records with POST /ingest/{source}, or ask GET /health or GET /counters",
                "該当するパスがありません。レコードは POST /ingest/{source} で送るか、GET /health か GET /counters を使ってください");
    }

    static Refused unknownSource(String id, Collection<String> known) {
        String nearest = Suggestion.nearest(id, known).orElse(null);
        return new Refused(
                HttpResponseStatus.NOT_FOUND,
                "unknown source '" + id + "'" + (nearest == null ? "" : " (did you mean '" + nearest + "'?)")
                        + ": use the id of a source in sources.yaml, or add it there",
                "ソース '" + id + "' は登録されていません" + (nearest == null ? "" : "('" + nearest + "' ではありませんか?)")
                        + "。sources.yaml にあるソースの id を使うか、そこに追加してください");
    }

    static Refused wrongMethod() {
        return new Refused(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                "wrong method: send records with POST /ingest/{source}",
                "メソッドが違います。レコードは POST /ingest/{source} で送ってください");
    }

    static Refused tooLarge(int maxBytes) {
        return new Refused(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "the body is longer than " + maxBytes + " bytes (after decompression): send fewer records per request",
                "本文が上限の " + maxBytes + " バイト(展開後)を超えています。1 回のリクエストのレコードを減らしてください");
    }

    static Refused tooMany(int maxRecords) {
        return new Refused(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "more than " + maxRecords
                        + " records; nothing of this request was stored: send fewer records per request",
                "レコードが上限の " + maxRecords + " 件を超えています(このリクエストは何も保存していません)。1 回のリクエストのレコードを減らしてください");
    }

    static Refused lineTooLong(int line, int maxBytes) {
        return new Refused(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "line " + line + " is longer than " + maxBytes
                        + " bytes; nothing of this request was stored: one record"
                        + " per line, each at most that long",
                line + " 行目が上限の " + maxBytes + " バイトを超えています(このリクエストは何も保存していません)。1 行 1 レコードで、上限以下にしてください");
    }

    static Refused badCompression(String encoding) {
        return new Refused(
                HttpResponseStatus.BAD_REQUEST,
                "the body is not what Content-Encoding says ('" + encoding + "'): send gzip that is whole, or no"
                        + " Content-Encoding",
                "本文が Content-Encoding ('" + encoding + "') のとおりではありません。完全な gzip を送るか、Content-Encoding を外してください");
    }

    static Refused empty() {
        return new Refused(
                HttpResponseStatus.BAD_REQUEST,
                "no records: send one record per line",
                "レコードがありません。1 行 1 レコードで送ってください");
    }

    static Refused array() {
        return new Refused(
                HttpResponseStatus.BAD_REQUEST,
                "a JSON array: send JSON lines instead, one object per line without commas between them",
                "JSON の配列です。配列ではなく、1 行に 1 オブジェクトの JSON Lines(行間のカンマなし)で送ってください");
    }

    static Refused notHttp() {
        return new Refused(
                HttpResponseStatus.BAD_REQUEST,
                "the request is not well-formed HTTP/1.1",
                "リクエストが正しい HTTP/1.1 ではありません");
    }

    static Refused busy() {
        return new Refused(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "Kafka takes records more slowly than they come, or is down; nothing of this request was stored: send it"
                        + " again later",
                "Kafka の処理が追いつかないか停止しています(このリクエストは何も保存していません)。しばらくしてから再送してください");
    }

    static Refused notAcknowledged() {
        return new Refused(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "Kafka has not acknowledged all records in time; some may have been stored: send the request again",
                "Kafka の応答が時間内に得られませんでした(一部は保存された可能性があります)。リクエストを再送してください");
    }
}
