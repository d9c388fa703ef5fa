package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicReader;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpReceiverTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static String kafka;
    private static Receivers receivers;

    @BeforeAll
    static void start() throws IOException {
        kafka = TestKafka.shared().bootstrapServers();
        TopicSetup.ensure(kafka, 2);
        receivers = Receivers.start(ReceiverSettings.of(ReceiversTest.CITY, kafka, "secret")
                .withHost("127.0.0.1")
                .withPorts(new ReceiverPorts(-1, -1, -1, -1, -1, 0)));
    }

    @AfterAll
    static void stop() {
        receivers.close();
    }

    @Test
    void answersWithTheCountAfterKafkaHasTheRecords() throws Exception {
        try (TopicReader logs = new TopicReader(kafka, Topics.LOGS_CITY_OS)) {
            HttpResponse<String> response = post("bastion-01", "secret", "one\r\n\n  \ntwo\n三".getBytes(UTF_8));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"accepted\":3}\n");
            // No waiting: acknowledged means that a reader sees them.
            assertThat(logs.all())
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly("one", "two", "三");
            assertThat(logs.all()).allSatisfy(record -> {
                assertThat(TopicReader.header(record, Topics.HEADER_TRANSPORT)).isEqualTo("http");
                assertThat(TopicReader.header(record, Topics.HEADER_PEER)).isEqualTo("127.0.0.1");
                assertThat(TopicReader.header(record, Topics.HEADER_SOURCE)).isEqualTo("bastion-01");
            });
        }
    }

    @Test
    void takesGzip() throws Exception {
        HttpResponse<String> response = send(request("bastion-01", "secret")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip("a\nb\n".getBytes(UTF_8))))
                .build());
        assertThat(response.body()).isEqualTo("{\"accepted\":2}\n");
    }

    @Test
    void refusesWithAReasonAndARemedyInTwoLanguages() throws Exception {
        assertRefused(post("bastion-01", "wrong", "x".getBytes(UTF_8)), 401, "Authorization: Bearer");
        assertRefused(post("bastion-01", "", "x".getBytes(UTF_8)), 401, "token");
        assertRefused(post("bastion-1", "secret", "x".getBytes(UTF_8)), 404, "did you mean 'bastion-01'");
        assertRefused(post("bastion-01", "secret", "\n \n".getBytes(UTF_8)), 400, "one record per line");
        assertRefused(post("bastion-01", "secret", new byte[17 << 20]), 413, "16777216");
        // Failed when only bytes were bounded: eight million records of one byte took four gigabytes.
        assertRefused(post("bastion-01", "secret", "a\n".repeat(8 << 20).getBytes(UTF_8)), 413, "20000 records");
        byte[] longLine = new byte[3 << 20];
        java.util.Arrays.fill(longLine, (byte) 'x');
        assertRefused(post("bastion-01", "secret", longLine), 413, "line 1");
        HttpRequest broken = request("bastion-01", "secret")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("not gzip"))
                .build();
        assertRefused(send(broken), 400, "gzip");
        HttpRequest bomb = request("bastion-01", "secret")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(new byte[200 << 20])))
                .build();
        assertRefused(send(bomb), 413, "after decompression");
        assertRefused(
                send(at("/ingest/bastion-01")
                        .header("Authorization", "Bearer secret")
                        .GET()
                        .build()),
                405,
                "POST");
        assertRefused(send(at("/elsewhere").GET().build()), 404, "/health");
    }

    @Test
    void whoAsksFirstHearsBeforeSendingTheBody() throws Exception {
        assertThat(asking("wrong")).startsWith("HTTP/1.1 401");
        assertThat(asking("secret")).startsWith("HTTP/1.1 100");
    }

    /** The first line that comes back when a client waits for leave to send its body. */
    private static String asking(String token) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receivers.port(Way.HTTP))) {
            socket.setSoTimeout(30_000);
            String head = "POST /ingest/bastion-01 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
        }
    }

    @Test
    void saysThatItIsUp() throws Exception {
        HttpResponse<String> health = send(at("/health").GET().build());
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"up\"");
    }

    @Test
    void countsForWhoHasTheToken() throws Exception {
        long before = receivers.counters().of(Way.HTTP).received();
        assertThat(post("bastion-01", "secret", "one\ntwo\n".getBytes(UTF_8)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> counters = send(
                at("/counters").header("Authorization", "Bearer secret").GET().build());
        assertThat(counters.statusCode()).isEqualTo(200);
        assertThat(counters.body())
                .contains("\"http\":{\"received\":" + (before + 2) + ",\"rejected\":0,\"dropped\":0}")
                .contains("\"syslog-tls\":", "\"relp-tls\":")
                .doesNotContain("secret");
        assertRefused(send(at("/counters").GET().build()), 401, "Authorization: Bearer");
        assertRefused(
                send(at("/counters")
                        .header("Authorization", "Bearer wrong")
                        .GET()
                        .build()),
                401,
                "token");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String word) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(word).contains("\"error\":").containsPattern("\"error_ja\":\"[^\"]*[ぁ-ん]");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static HttpResponse<String> post(String source, String token, byte[] body) throws Exception {
        return send(request(source, token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private static HttpRequest.Builder request(String source, String token) {
        HttpRequest.Builder request = at("/ingest/" + source);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receivers.port(Way.HTTP) + path))
                .timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}
