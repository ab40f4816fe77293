package coscribe.ot.export;

import coscribe.ot.delta.Attributes;
import coscribe.ot.document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A document as Markdown: CommonMark with check boxes and ~~strike~~ as GitHub reads them, and
/// `<u>`, which has no sign of its own. Alignment and the indent of what is no list item have none
/// either, and are left out.
final class MarkdownText {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>~&]");
    /// What would make a heading, a list, a quote or a line of a paragraph that begins with it.
    private static final Pattern OPENING = Pattern.compile("^(#{1,6}(?=\\s|$)|[-+=](?=\\s|$|[-=])|\\d{1,9}(?=[.)]))");
    /// Between what would else be read as one.
    private static final String APART = "<!-- -->";

    private static final Pattern TICKS = Pattern.compile("`+");
    private static final List<Mark> MARKS = List.of(
            new Mark("bold", "**", "**"),
            new Mark("italic", "*", "*"),
            new Mark("strike", "~~", "~~"),
            new Mark("underline", "<u>", "</u>"));

    private record Mark(String attribute, String open, String close) {}

    private enum Kind {
        NONE,
        BODY,
        ITEM,
        QUOTE
    }

    private final StringBuilder out = new StringBuilder();
    private final ListDepth lists = new ListDepth();
    private Kind before = Kind.NONE;
    private boolean numbered; // the newest list

    private MarkdownText() {}

    static String of(Text text) {
        var markdown = new MarkdownText();
        var passages = Passage.of(text);
        for (int i = 0; i < passages.size(); ) {
            int next = i + 1;
            if (passages.get(i).style().code()) {
                while (next < passages.size() && passages.get(next).style().code()) {
                    next++;
                }
                markdown.code(passages.subList(i, next));
            } else {
                markdown.take(passages.get(i));
            }
            i = next;
        }
        return markdown.out.toString();
    }

    private void code(List<Passage> lines) {
        gap(Kind.BODY);
        lists.leave();
        int longest = lines.stream()
                .mapToInt(line -> longestTicks(line.plain()))
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        out.append(fence).append('\n');
        lines.forEach(line -> out.append(line.plain()).append('\n'));
        out.append(fence).append('\n');
    }

    private void take(Passage passage) {
        var style = passage.style();
        if (style.list().isPresent()) {
            item(passage, style.list().get());
        } else if (style.quote()) {
            if (before == Kind.QUOTE) {
                out.append(">\n");
            } else {
                gap(Kind.QUOTE);
            }
            line("> ", passage);
        } else if (passage.isDivider()) {
            gap(Kind.BODY);
            out.append("---\n");
        } else if (!passage.isEmpty()) {
            gap(Kind.BODY);
            line(style.heading() == 0 ? "" : "#".repeat(style.heading()) + " ", passage);
        }
        if (style.list().isEmpty()) {
            lists.leave();
        }
    }

    private void item(Passage passage, ListKind kind) {
        boolean first = lists.depth() == 0;
        int number = lists.item(passage.style(), kind);
        boolean numbers = kind == ListKind.ORDERED;
        if (first && before == Kind.ITEM && numbers == numbered) {
            out.append('\n').append(APART).append('\n');
        }
        if (first || (number == 1 && lists.depth() == 1)) {
            gap(Kind.ITEM);
            numbered = numbers;
        }
        String mark = switch (kind) {
            case BULLET -> "- ";
            case ORDERED -> number + ". ";
            case CHECK -> passage.style().checked() ? "- [x] " : "- [ ] ";
        };
        line("    ".repeat(lists.depth() - 1) + mark, passage);
    }

    private void gap(Kind kind) {
        if (before != Kind.NONE) {
            out.append('\n');
        }
        before = kind;
    }

    private void line(String opening, Passage passage) {
        var line = new StringBuilder();
        Optional<String> link = Optional.empty();
        var open = new ArrayList<Mark>();
        for (Passage.Run run : passage.runs()) {
            var target = BlockStyle.text(run.look(), Passage.LINK);
            if (!target.equals(link)) {
                close(line, open, 0);
                link.ifPresent(to -> line.append("](").append(target(to)).append(')'));
                if (target.isPresent()) {
                    line.append('[');
                }
                link = target;
            }
            run(line, open, run);
        }
        close(line, open, 0);
        link.ifPresent(to -> line.append("](").append(target(to)).append(')'));
        out.append(opening).append(begun(line.toString())).append('\n');
    }

    private static void run(StringBuilder line, List<Mark> open, Passage.Run run) {
        if (run.isEmbed()) {
            close(line, open, 0);
            line.append(run.isDivider() ? "---" : "![" + escaped(run.alt()) + "]()");
            return;
        }
        String all = run.characters();
        String core = all.strip();
        if (core.isEmpty()) {
            line.append(all);
            return;
        }
        int lead = all.indexOf(core); // a mark beside a space is none
        marks(line, open, all.substring(0, lead), run.look());
        line.append(run.look().has("code") ? ticked(core) : escaped(core))
                .append(all, lead + core.length(), all.length());
    }

    /// From the marks of what stands there to those of what comes next.
    private static void marks(StringBuilder line, List<Mark> open, String space, Attributes look) {
        int keep = 0;
        while (keep < open.size() && look.has(open.get(keep).attribute())) {
            keep++;
        }
        boolean closed = keep < open.size();
        close(line, open, keep);
        line.append(space);
        for (Mark mark : MARKS) {
            if (look.has(mark.attribute()) && !open.contains(mark)) {
                boolean touches = closed && !line.isEmpty() && line.charAt(line.length() - 1) == '*';
                line.append(touches ? APART : "").append(mark.open());
                open.add(mark);
                closed = false;
            }
        }
    }

    private static void close(StringBuilder line, List<Mark> open, int keep) {
        while (open.size() > keep) {
            // The spaces at the end of what was marked go behind the mark.
            int end = line.length();
            while (end > 0 && Character.isWhitespace(line.charAt(end - 1))) {
                end--;
            }
            line.insert(end, open.removeLast().close());
        }
    }

    private static String escaped(String characters) {
        return SPECIAL.matcher(characters).replaceAll("\\\\$0");
    }

    private static String ticked(String code) {
        String fence = "`".repeat(longestTicks(code) + 1);
        boolean edge = code.startsWith("`") || code.endsWith("`");
        return fence + (edge ? " " + code + " " : code) + fence;
    }

    private static int longestTicks(String text) {
        return TICKS.matcher(text)
                .results()
                .mapToInt(ticks -> ticks.end() - ticks.start())
                .max()
                .orElse(0);
    }

    private static String target(String link) {
        return link.replace(" ", "%20")
                .replace("<", "%3C")
                .replace(">", "%3E")
                .replace("(", "%28")
                .replace(")", "%29");
    }

    /// A line whose beginning is its text and nothing else.
    private static String begun(String line) {
        if (line.startsWith(" ")) {
            return "&#32;" + line.substring(1);
        }
        if (line.startsWith("\t")) {
            return "&#9;" + line.substring(1);
        }
        var opening = OPENING.matcher(line);
        if (!opening.find()) {
            return line;
        }
        int digits = Character.isDigit(line.charAt(0)) ? opening.end() : 0;
        return line.substring(0, digits) + "\\" + line.substring(digits);
    }
}
