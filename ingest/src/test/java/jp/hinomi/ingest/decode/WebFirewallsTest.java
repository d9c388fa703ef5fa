package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** ModSecurity, AWS WAF and BIG-IP ASM: what the documents do not show. */
class WebFirewallsTest {
    private final DecoderTable modsecurity = new DecoderTable("modsecurity");
    private final DecoderTable aws = new DecoderTable("aws-waf");
    private final DecoderTable asm = new DecoderTable("f5-asm");

    @Test
    void theRuleIsTheMostSevereThatFoundSomethingItself() {
        modsecurity.line(
                """
                --1-A--
                [01/Apr/2026:10:00:00 +0900] u 192.0.2.1 1 192.0.2.2 2
                --1-H--
                Message: Access denied with code 403 (phase 2). [id "949110"] [msg "Score: 8)"] [severity "EMERGENCY"]
                Message: Warning. [id "1"] [msg "a"] [severity "NOTICE"]
                Message: Warning. [id "2"] [msg "b"] [severity "CRITICAL"]

                --1-Z--""",
                "rule.id=2",
                "event.severity=2",
                "event.type=access",
                "event.action=denied",
                "modsecurity.rules.id=[949110, 1, 2]",
                "modsecurity.anomaly_score=8");
    }

    @Test
    void aTransactionWithoutAFindingIsAnOrdinaryRequest() {
        modsecurity.line(
                "--1-A--\r\n[01/Apr/2026:10:00:00 +0900] u 192.0.2.1 1 192.0.2.2 2\r\n--1-B--\r\nGET /a HTTP/1.1\r\nHost: h.example\r\n\r\n--1-F--\r\nHTTP/1.1 200 OK\r\n\r\n--1-Z--",
                "event.kind=event",
                "event.category=web",
                "event.type=access",
                "event.outcome=success",
                "url.path=/a",
                "url.domain=h.example",
                "rule.id");
    }

    @Test
    void whatIsNoAuditRecordIsRefused() {
        modsecurity.rejected("--1-A--\nnothing", "whole transaction");
        modsecurity.rejected("--1-B--", "SecAuditLogFormat JSON");
        modsecurity.rejected("{\"transaction\":{\"client_ip\":\"192.0.2.1\"}}", "no transaction with its time");
        modsecurity.rejected("GET / HTTP/1.1", "neither an audit record");
        modsecurity.rejected("{\"transaction\":{}} x", "not JSON");
    }

    @Test
    void whatIsNoLogOfAWebAclIsRefused() {
        aws.rejected("{\"timestamp\":1775005200123,\"httpRequest\":{}}", "lacks 'action'");
        aws.rejected("{\"action\":\"BLOCK\",\"httpRequest\":{}}", "lacks 'timestamp'");
        aws.rejected("{\"action\":\"BLOCK\",\"timestamp\":1775005200123}", "lacks 'httpRequest'");
    }

    @Test
    void valuesMayHoldCommasAndQuotes() {
        asm.line(
                "policy_name=\"/Common/a, b=c\",uri=\"/x\",query_string=\"q=\"a\",b\",ip_client=192.0.2.1,request_status=\"alerted\"",
                "f5.asm.policy_name=/Common/a, b=c",
                "url.query=q=\"a\",b",
                "source.ip=192.0.2.1",
                "event.kind=alert",
                "event.type=[access, allowed]",
                "event.outcome=success");
        asm.rejected("<134>Apr  1 10:00:00 h ASM:a=b", "no pairs of ASM", "Key-Value Pairs");
    }
}
