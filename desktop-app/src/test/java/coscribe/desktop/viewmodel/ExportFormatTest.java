package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.export.Alignment;
import coscribe.ot.export.ExportFormat;
import coscribe.ot.export.ListKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExportFormatTest {
    private final Seat mara = new Seat();

    private String written(ExportFormat format) {
        return format.written(mara.text(), "Plan");
    }

    /// What stands between head and foot.
    private String body() {
        String page = written(ExportFormat.HTML);
        return page.substring(page.indexOf("<body>\n") + 7, page.indexOf("</body>"));
    }

    private void styles(int from, int to, InlineStyle... styles) {
        mara.selects(from, to);
        for (InlineStyle style : styles) {
            mara.does(it -> it.toggle(style));
        }
    }

    @Nested
    class As_markdown {
        @Test
        void paragraphs_headings_quotes_and_code_are_blocks_of_their_own() {
            mara.types("# Plan\nGood morning.\n> one\ntwo");
            mara.does(EditorModel::enter);
            mara.does(EditorModel::quote);
            mara.types("```a*b\n`c`");
            assertThat(written(ExportFormat.MARKDOWN)).isEqualTo("""
                    # Plan

                    Good morning.

                    > one
                    >
                    > two

                    ```
                    a*b
                    `c`
                    ```
                    """);
        }

        @Test
        void lists_are_numbered_ticked_and_nested_a_level_at_a_time() {
            mara.types("1. one\ntwo\n\n\n- point\n");
            mara.does(EditorModel::indent);
            mara.types("deep\n");
            mara.does(EditorModel::outdent);
            mara.does(it -> it.list(ListKind.CHECK));
            mara.types("done\n");
            mara.does(EditorModel::tick);
            mara.types("open");
            mara.selects(mara.seen().indexOf("done"), mara.seen().indexOf("done"));
            mara.does(EditorModel::tick);
            assertThat(written(ExportFormat.MARKDOWN)).isEqualTo("""
                    1. one
                    2. two

                    - point
                        - deep

                    - [x] done
                    - [x] open
                    """);
        }

        @Test
        void lists_that_are_two_stay_two() {
            mara.types("1. one\n\n\n1. one");
            assertThat(written(ExportFormat.MARKDOWN)).isEqualTo("1. one\n\n<!-- -->\n\n1. one\n");
        }

        @Test
        void marks_stand_at_words_and_never_touch_each_other() {
            mara.types("so bold and thin it is");
            styles(3, 8, InlineStyle.BOLD);
            styles(8, 11, InlineStyle.ITALIC, InlineStyle.BOLD);
            styles(11, 16, InlineStyle.ITALIC);
            styles(17, 19, InlineStyle.STRIKE, InlineStyle.UNDERLINE);
            assertThat(written(ExportFormat.MARKDOWN)).isEqualTo("so **bold *and*** *thin* ~~<u>it</u>~~ is\n");
            mara.does(EditorModel::selectAll);
            mara.types("ab");
            mara.does(EditorModel::selectAll);
            mara.does(EditorModel::clearFormatting);
            styles(0, 1, InlineStyle.BOLD);
            styles(1, 2, InlineStyle.ITALIC);
            assertThat(written(ExportFormat.MARKDOWN)).isEqualTo("**a**<!-- -->*b*\n");
        }

        @Test
        void links_and_code_inside_lines_keep_what_they_say() {
            mara.types("see it or `a` now");
            mara.selects(4, 6);
            mara.does(it -> it.link(Optional.of("https://example.org/a_(b)")));
            assertThat(written(ExportFormat.MARKDOWN))
                    .isEqualTo("see [it](https://example.org/a_%28b%29) or `a` now\n");
        }

        @Test
        void what_is_typed_is_never_read_as_a_mark() {
            for (String plain : new String[] {"*a* _b_ `c` [d](e) <f> &amp; ~~g~~", "#no", "\\"}) {
                mara.does(EditorModel::selectAll);
                mara.does(it -> it.pastePlain(plain));
                assertThat(written(ExportFormat.MARKDOWN).replaceAll("\\\\(.)", "$1"))
                        .isEqualTo(plain + "\n");
            }
            mara.does(EditorModel::selectAll);
            mara.does(it -> it.pastePlain("# a\n- b\n12. c\n---\n    d\n+ e"));
            assertThat(written(ExportFormat.MARKDOWN)).isEqualTo("""
                    \\# a

                    \\- b

                    12\\. c

                    \\---

                    &#32;   d

                    \\+ e
                    """);
        }

        @Test
        void a_divider_is_a_line() {
            mara.types("a");
            mara.does(EditorModel::divider);
            mara.types("b");
            assertThat(written(ExportFormat.MARKDOWN)).isEqualTo("a\n\n---\n\nb\n");
        }
    }

    @Nested
    class As_a_page {
        @Test
        void everything_that_is_seen_is_in_it() {
            mara.types("## <Plan> & more\none");
            mara.does(it -> it.align(Alignment.CENTER));
            mara.types("\n");
            mara.does(it -> it.align(Alignment.START));
            mara.does(EditorModel::indent);
            mara.types("two\n> q1\nq2");
            mara.does(EditorModel::enter);
            mara.does(EditorModel::quote);
            mara.does(EditorModel::codeBlock);
            mara.types("if (a < b)");
            styles(mara.text().plain().indexOf("one"), mara.text().plain().indexOf("one") + 3, InlineStyle.values());
            assertThat(body()).isEqualTo("""
                    <h2>&lt;Plan&gt; &amp; more</h2>
                    <p style="text-align: center;"><strong><em><u><s><code>one</code></s></u></em></strong></p>
                    <p style="margin-left: 2em;">two</p>
                    <blockquote>
                    <p style="margin-left: 2em;">q1</p>
                    <p style="margin-left: 2em;">q2</p>
                    </blockquote>
                    <pre><code>if (a &lt; b)
                    </code></pre>
                    """);
            assertThat(written(ExportFormat.HTML)).contains("<title>Plan</title>");
        }

        @Test
        void lists_are_nested_in_their_items() {
            mara.types("- one\n");
            mara.does(EditorModel::indent);
            mara.does(EditorModel::indent);
            mara.types("deep\n");
            mara.does(EditorModel::outdent);
            mara.does(EditorModel::outdent);
            mara.does(it -> it.list(ListKind.CHECK));
            mara.does(EditorModel::tick);
            mara.types("done");
            assertThat(body()).isEqualTo("""
                    <ul>
                    <li>one<ul>
                    <li>deep</li>
                    </ul>
                    </li>
                    </ul>
                    <ul class="check">
                    <li><input type="checkbox" disabled checked> done</li>
                    </ul>
                    """);
        }

        @Test
        void a_link_leads_where_it_led_and_breaks_out_of_nothing() {
            mara.types("x");
            mara.selects(0, 1);
            mara.does(it -> it.link(Optional.of("https://example.org/?a=1&b=\"2\"")));
            assertThat(body()).isEqualTo("<p><a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">x</a></p>\n");
        }
    }

    @Test
    void as_plain_text_lists_keep_their_marks() {
        mara.types("Plan\n- a\nb");
        assertThat(written(ExportFormat.TEXT)).isEqualTo("Plan\n- a\n- b\n");
    }

    @Test
    void a_file_is_called_by_title_and_day_and_by_nothing_that_a_disk_refuses() {
        var now = Instant.parse("2026-11-24T23:30:00Z");
        assertThat(ExportFormat.fileName("Plan for spring", now, ZoneOffset.UTC))
                .isEqualTo("Plan for spring 2026-11-24");
        assertThat(ExportFormat.fileName("Plan for spring", now, ZoneOffset.ofHours(1)))
                .endsWith("2026-11-25");
        assertThat(ExportFormat.fileName("../a/b: \"c\"?\t*", now, ZoneOffset.UTC))
                .isEqualTo("a b c 2026-11-24");
        assertThat(ExportFormat.fileName("", now, ZoneOffset.UTC)).isEqualTo("2026-11-24");
        assertThat(ExportFormat.fileName("\ud83d\ude00".repeat(60), now, ZoneOffset.UTC))
                .hasSize(100 + 11);
    }
}
