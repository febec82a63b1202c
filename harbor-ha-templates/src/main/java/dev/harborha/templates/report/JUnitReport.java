package dev.harborha.templates.report;

import dev.harborha.validation.Finding;
import dev.harborha.validation.Report;
import dev.harborha.validation.RuleInfo;
import dev.harborha.validation.Severity;
import dev.harborha.validation.TextReport;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a report as the XML of JUnit, which CI servers such as Jenkins and GitLab show as tests. Each topic of rules is a test
 * suite, and each rule that was asked is a test case:
 *
 * <ul>
 *   <li>it fails where the rule found errors or warnings, with all of them in its text
 *   <li>it is skipped where its findings are waived, with the reason
 *   <li>it passes where the rule found nothing; what it found worth noting stands in its standard output
 * </ul>
 */
public final class JUnitReport {

    private static final TextReport WHOLE = new TextReport(false, Integer.MAX_VALUE);

    private final XMLStreamWriter out;

    private JUnitReport(XMLStreamWriter out) {
        this.out = out;
    }

    /**
     * What one rule says.
     *
     * @param open its findings that count
     * @param waived its findings that were waived
     */
    private record Case(RuleInfo rule, List<Finding> open, List<Finding> waived) {

        boolean fails() {
            return !open.isEmpty() && rule.severity() != Severity.NOTE;
        }

        boolean isSkipped() {
            return open.isEmpty() && !waived.isEmpty();
        }
    }

    /**
     * Returns the report as XML that ends with a newline.
     *
     * @param asked the rules that were asked, such as those of {@code HarborHa.asked(cluster)}; a rule that found something is
     *     there whether it is named or not
     */
    public static String write(Report report, List<RuleInfo> asked) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitReport(out).document(byTopic(report, asked));
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The report cannot be written as XML.", e);
        }
        return text.append('\n').toString();
    }

    private static Map<String, List<Case>> byTopic(Report report, List<RuleInfo> asked) {
        Map<String, Case> byId = new TreeMap<>();
        asked.forEach(rule -> byId.computeIfAbsent(rule.id(), id -> none(rule)));
        for (Finding finding : report.findings()) {
            Case of = byId.computeIfAbsent(finding.id(), id -> none(finding.rule()));
            (finding.waived().isPresent() ? of.waived() : of.open()).add(finding);
        }
        Map<String, List<Case>> topics = new TreeMap<>();
        byId.forEach((id, of) -> topics.computeIfAbsent(id.substring(0, id.indexOf('.')), topic -> new ArrayList<>())
                .add(of));
        return topics;
    }

    private static Case none(RuleInfo rule) {
        return new Case(rule, new ArrayList<>(), new ArrayList<>());
    }

    private void document(Map<String, List<Case>> topics) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        line(0);
        out.writeStartElement("testsuites");
        attribute("name", "harbor-ha");
        List<Case> all = topics.values().stream().flatMap(List::stream).toList();
        attribute("tests", Integer.toString(all.size()));
        attribute("failures", count(all, Case::fails));
        attribute("errors", "0");
        for (Map.Entry<String, List<Case>> topic : topics.entrySet()) {
            suite(topic.getKey(), topic.getValue());
        }
        line(0);
        out.writeEndElement();
        out.writeEndDocument();
    }

    private void suite(String topic, List<Case> cases) throws XMLStreamException {
        line(1);
        out.writeStartElement("testsuite");
        attribute("name", topic);
        attribute("tests", Integer.toString(cases.size()));
        attribute("failures", count(cases, Case::fails));
        attribute("errors", "0");
        attribute("skipped", count(cases, Case::isSkipped));
        attribute("time", "0");
        for (Case of : cases) {
            testcase(topic, of);
        }
        line(1);
        out.writeEndElement();
    }

    private static String count(List<Case> cases, Predicate<Case> which) {
        return Long.toString(cases.stream().filter(which).count());
    }

    private void testcase(String topic, Case of) throws XMLStreamException {
        boolean silent = of.open().isEmpty() && of.waived().isEmpty();
        line(2);
        if (silent) {
            out.writeEmptyElement("testcase");
        } else {
            out.writeStartElement("testcase");
        }
        attribute("classname", "harbor-ha." + topic);
        attribute("name", of.rule().id());
        attribute("time", "0");
        if (silent) {
            return;
        }
        line(3);
        if (of.fails()) {
            out.writeStartElement("failure");
            attribute("type", of.rule().severity().name().toLowerCase(Locale.ROOT));
            attribute("message", inShort(of));
            text(of.open());
        } else if (of.isSkipped()) {
            out.writeStartElement("skipped");
            attribute("message", of.waived().get(0).waived().orElse(""));
            text(of.waived());
        } else {
            out.writeStartElement("system-out");
            text(of.open());
        }
        out.writeEndElement();
        line(2);
        out.writeEndElement();
    }

    private static String inShort(Case of) {
        int count = of.open().size();
        return count == 1 ? of.open().get(0).problem().message() : of.rule().title() + " (" + count + " findings)";
    }

    private void text(List<Finding> findings) throws XMLStreamException {
        out.writeCharacters(legal(WHOLE.write(new Report(findings))));
    }

    private void attribute(String name, String value) throws XMLStreamException {
        out.writeAttribute(name, legal(value.replace('\n', ' ')));
    }

    private void line(int depth) throws XMLStreamException {
        out.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** Spells out what XML 1.0 cannot hold, or what its readers change. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean kept = c == '\n'
                    || (c >= ' ' && c < 0x7f)
                    || (c >= 0xa0 && c < 0xd800)
                    || (c > 0xdfff && c < 0xfffe)
                    || c > 0xffff;
            if (kept) {
                legal.appendCodePoint(c);
            } else {
                legal.append(String.format("\\u%04x", c));
            }
        });
        return legal.toString();
    }
}
