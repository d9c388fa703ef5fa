package jp.hinomi.standalone.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken from a revision, and what is said where that cannot be all of it. */
class GitFolderTest {
    @TempDir
    Path repository;

    private Path rules;

    @BeforeEach
    void repository() throws Exception {
        rules = Files.createDirectories(repository.resolve("all/rules"));
        Files.writeString(rules.resolve("a.yml"), "title: A\n");
        Files.writeString(rules.resolve("empty.yml"), "");
        Files.writeString(rules.resolve("b.yaml"), "title: B\n".repeat(20_000));
        Files.writeString(rules.resolve("read.me"), "no rule");
        Files.writeString(repository.resolve("all/other.yml"), "elsewhere");
        assumeTrue(git("init", "-q"), "there is no git here");
        commit();
    }

    private void commit() throws Exception {
        git("add", ".");
        assertThat(git("-c", "user.name=a", "-c", "user.email=a@example.jp", "commit", "-q", "-m", "rules"))
                .isTrue();
    }

    @Test
    void theFilesOfTheFolderAreAsTheyWere() throws Exception {
        Files.delete(rules.resolve("a.yml"));
        Path copy;
        try (GitFolder then = GitFolder.at(rules, "HEAD")) {
            copy = then.folder();
            try (Stream<Path> files = Files.list(copy)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("a.yml", "b.yaml", "empty.yml");
            }
            assertThat(copy.resolve("a.yml")).hasContent("title: A\n");
            assertThat(copy.resolve("b.yaml")).hasSameTextualContentAs(rules.resolve("b.yaml"));
            assertThat(copy.resolve("empty.yml")).isEmptyFile();
        }
        assertThat(copy.getParent()).doesNotExist();
    }

    @Test
    void moreThanIsTakenIsSaidBeforeItIsRead() {
        assertThatThrownBy(() -> GitFolder.at(rules, "HEAD", 1000))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("more than 1000 bytes of YAML");
    }

    @Test
    void whatGitLostIsSaid() throws Exception {
        try (Stream<Path> objects = Files.walk(repository.resolve(".git/objects"))) {
            for (Path object : objects.filter(Files::isRegularFile).toList()) {
                // Only those with the content of b.yaml are as long when they are packed.
                if (Files.size(object) > 300) {
                    Files.delete(object);
                }
            }
        }
        assertThatThrownBy(() -> GitFolder.at(rules, "HEAD"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("b.yaml")
                .hasMessageContaining("missing");
    }

    @Test
    void aLinkIsNotSilentlyLeftOut() throws Exception {
        Files.createSymbolicLink(rules.resolve("link.yml"), Path.of("../other.yml"));
        commit();
        assertThatThrownBy(() -> GitFolder.at(rules, "HEAD"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("link.yml is a symbolic link")
                .hasMessageContaining("git worktree add");
    }

    @Test
    void aFolderThatWasNotThereIsSaid() throws Exception {
        Path later = Files.createDirectory(repository.resolve("later"));
        assertThatThrownBy(() -> GitFolder.at(later, "HEAD"))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("is not in the revision 'HEAD'");
    }

    private boolean git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .directory(repository.toFile())
                    .redirectErrorStream(true)
                    .start();
            return git.waitFor(60, TimeUnit.SECONDS) && git.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
