package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One request.
 *
 * @param body empty = none
 */
record HttpCall(String method, URI url, Map<String, String> headers, byte[] body) {
    HttpCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(url, "url");
        headers = Map.copyOf(headers);
    }

    static HttpCall post(URI url, String contentType, byte[] body) {
        return new HttpCall("POST", url, Map.of("Content-Type", contentType), body);
    }

    HttpCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpCall(method, url, more, body);
    }

    /** Without what may be secret: the URL, headers and body. */
    @Override
    public String toString() {
        return method + " " + url.getHost();
    }
}
