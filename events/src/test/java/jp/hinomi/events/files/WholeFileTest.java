package jp.hinomi.events.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void isReplacedAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("a");
        Files.writeString(folder.resolve(".a.part"), "what a crash left");
        WholeFile.replace(file, "one".getBytes());
        WholeFile.replace(file, "two".getBytes());
        assertThat(file).hasContent("two");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void aNewOneTakesNobodysPlace() throws IOException {
        Path file = folder.resolve("a");
        WholeFile.create(file, "one".getBytes());
        assertThatThrownBy(() -> WholeFile.create(file, "two".getBytes()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("one");
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldOne() throws IOException {
        Path file = Files.createDirectory(folder.resolve("a"));
        Files.writeString(file.resolve("in it"), "");
        assertThatThrownBy(() -> WholeFile.replace(file, "two".getBytes())).isInstanceOf(IOException.class);
        assertThat(file.resolve("in it")).exists();
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }
}
