package coscribe.ot.export;

import coscribe.ot.document.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A document as one HTML page that needs nothing else.
final class HtmlText {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            body { font: 16px/1.5 Inter, system-ui, sans-serif; max-width: 680px; margin: 2em auto; padding: 0 1em; }
            blockquote { border-left: 3px solid #d0d7de; margin: 0 0 1em 0; padding: 0 0 0 1em; color: #57606a; }
            pre { background: #f6f8fa; border-radius: 6px; padding: 1em; overflow: auto; }
            p, li { white-space: pre-wrap; }
            .check { list-style: none; padding-left: 1.5em; }
            </style>
            </head>
            <body>
            """;

    private record Mark(String attribute, String tag) {}

    private static final List<Mark> MARKS = List.of(
            new Mark("bold", "strong"),
            new Mark("italic", "em"),
            new Mark("underline", "u"),
            new Mark("strike", "s"),
            new Mark("code", "code"));

    private final StringBuilder out = new StringBuilder();
    private final ListDepth depths = new ListDepth();
    private final Deque<ListKind> lists = new ArrayDeque<>();
    private boolean quoting;
    private boolean coding;

    private HtmlText() {}

    static String of(Text text, String title) {
        var html = new HtmlText();
        html.out.append(HEAD.formatted(escaped(title)));
        Passage.of(text).forEach(html::take);
        html.leave(false, false);
        html.closeLists(0);
        return html.out.append("</body>\n</html>\n").toString();
    }

    private void take(Passage passage) {
        var style = passage.style();
        if (style.list().isPresent()) {
            leave(false, false);
            item(passage, style.list().get());
            return;
        }
        closeLists(0);
        depths.leave();
        leave(style.quote(), style.code());
        if (style.code()) {
            out.append(coding ? "" : "<pre><code>")
                    .append(escaped(passage.plain()))
                    .append('\n');
            coding = true;
        } else {
            out.append(style.quote() && !quoting ? "<blockquote>\n" : "");
            quoting = style.quote();
            block(style.heading() == 0 ? "p" : "h" + style.heading(), passage);
        }
    }

    /// Ends a quote or code that does not go on.
    private void leave(boolean quote, boolean code) {
        if (quoting && !quote) {
            out.append("</blockquote>\n");
            quoting = false;
        }
        if (coding && !code) {
            out.append("</code></pre>\n");
            coding = false;
        }
    }

    private void block(String tag, Passage passage) {
        if (passage.isDivider()) {
            out.append("<hr>\n");
            return;
        }
        out.append('<').append(tag).append(styled(passage.style(), true)).append('>');
        runs(passage);
        out.append(passage.isEmpty() ? "<br>" : "").append("</").append(tag).append(">\n");
    }

    private void item(Passage passage, ListKind kind) {
        int number = depths.item(passage.style(), kind);
        closeLists(depths.depth());
        if (lists.size() == depths.depth() && lists.element() != kind) {
            closeLists(depths.depth() - 1);
        }
        if (lists.size() == depths.depth()) {
            out.append("</li>\n");
        } else {
            out.append(
                    switch (kind) {
                        case BULLET -> "<ul>\n";
                        case ORDERED -> number == 1 ? "<ol>\n" : "<ol start=\"" + number + "\">\n";
                        case CHECK -> "<ul class=\"check\">\n";
                    });
            lists.push(kind);
        }
        out.append("<li").append(styled(passage.style(), false)).append('>');
        if (kind == ListKind.CHECK) {
            out.append("<input type=\"checkbox\" disabled")
                    .append(passage.style().checked() ? " checked" : "")
                    .append("> ");
        }
        runs(passage);
    }

    private void closeLists(int keep) {
        while (lists.size() > keep) {
            out.append("</li>\n").append(lists.pop() == ListKind.ORDERED ? "</ol>\n" : "</ul>\n");
        }
    }

    private static String styled(BlockStyle style, boolean indents) {
        var css = new StringBuilder();
        if (style.alignment() != Alignment.START) {
            css.append("text-align: ").append(style.alignment().value()).append(';');
        }
        if (indents && style.indent() > 0) {
            css.append(css.isEmpty() ? "" : " ")
                    .append("margin-left: ")
                    .append(2 * style.indent())
                    .append("em;");
        }
        return css.isEmpty() ? "" : " style=\"" + css + "\"";
    }

    private void runs(Passage passage) {
        for (Passage.Run run : passage.runs()) {
            if (run.isEmbed()) {
                out.append(
                        run.isDivider()
                                ? "<hr>"
                                : "<em>[" + escaped(run.alt().isEmpty() ? "image" : run.alt()) + "]</em>");
            } else {
                run(run);
            }
        }
    }

    private void run(Passage.Run run) {
        var link = BlockStyle.text(run.look(), Passage.LINK);
        link.ifPresent(to -> out.append("<a href=\"").append(escaped(to)).append("\">"));
        var open = new ArrayDeque<String>();
        for (Mark mark : MARKS) {
            if (run.look().has(mark.attribute())) {
                out.append('<').append(mark.tag()).append('>');
                open.push(mark.tag());
            }
        }
        out.append(escaped(run.characters()));
        open.forEach(tag -> out.append("</").append(tag).append('>'));
        link.ifPresent(to -> out.append("</a>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
