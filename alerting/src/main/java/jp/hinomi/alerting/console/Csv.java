package jp.hinomi.alerting.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jp.hinomi.alerting.text.CsvLine;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A table of a page as a file for spreadsheets, as {@link CsvLine} writes cells: UTF-8 with BOM, no formulas. */
final class Csv {
    private final StringBuilder text = new StringBuilder(CsvLine.BOM);

    Csv(String... head) {
        row((Object[]) head);
    }

    Csv row(Object... cells) {
        text.append(Arrays.stream(cells)
                        .map(cell -> cell instanceof Number ? cell.toString() : CsvLine.cell(String.valueOf(cell)))
                        .collect(Collectors.joining(",")))
                .append("\r\n");
        return this;
    }

    static String list(List<String> values) {
        return String.join(" ", values);
    }

    /** @param name of the file, in plain letters */
    ResponseEntity<byte[]> file(String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.toString().getBytes(UTF_8));
    }
}
