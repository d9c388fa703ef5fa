package jp.hinomi.correlation.ruletest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import jp.hinomi.events.document.Problem;

/** A report in the XML form that began with JUnit's Ant task and that servers for continuous integration read. */
public final class JunitXml {
    private JunitXml() {}

    /** One suite for each file of cases, and one for files that could not be read, if there are any. */
    public static void write(Report report, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            Map<String, List<CaseResult>> byFile = new LinkedHashMap<>();
            report.results()
                    .forEach(result -> byFile.computeIfAbsent(
                                    result.testCase().at().file(), file -> new ArrayList<>())
                            .add(result));
            for (Map.Entry<String, List<CaseResult>> file : byFile.entrySet()) {
                suite(file.getKey(), file.getValue(), xml);
            }
            problems(report.problems().stream().filter(Problem::isError).toList(), xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException("cannot write the report: " + e.getMessage(), e);
        }
    }

    private static void suite(String file, List<CaseResult> results, XMLStreamWriter xml) throws XMLStreamException {
        long failures = results.stream().filter(result -> !result.passed()).count();
        Duration took = results.stream().map(CaseResult::took).reduce(Duration.ZERO, Duration::plus);
        begin(file, results.size(), failures, 0, took, xml);
        for (CaseResult result : results) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", result.testCase().rule());
            xml.writeAttribute("name", clean(result.testCase().title()));
            xml.writeAttribute("time", seconds(result.took()));
            if (!result.passed()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", clean(result.differences().get(0)));
                xml.writeCharacters(clean(result.toString()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void problems(List<Problem> problems, XMLStreamWriter xml) throws XMLStreamException {
        if (problems.isEmpty()) {
            return;
        }
        begin("files", problems.size(), 0, problems.size(), Duration.ZERO, xml);
        for (Problem problem : problems) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", clean(problem.file()));
            xml.writeAttribute("name", problem.code() + " line " + problem.line());
            xml.writeStartElement("error");
            xml.writeAttribute("message", clean(problem.message()));
            xml.writeCharacters(clean(problem.toString()));
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void begin(String name, long tests, long failures, long errors, Duration took, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(name));
        xml.writeAttribute("tests", Long.toString(tests));
        xml.writeAttribute("failures", Long.toString(failures));
        xml.writeAttribute("errors", Long.toString(errors));
        xml.writeAttribute("time", seconds(took));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    /** Without the characters that XML 1.0 cannot have, which log lines may. */
    private static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c == '\t' || c == '\n' || c >= 0x20 && !(c >= 0xD800 && c < 0xE000) && c < 0xFFFE || c > 0xFFFF
                                ? c
                                : 0xFFFD)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
