package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.export.ListKind;
import coscribe.ot.kit.Gen;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Role;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditorClipboardTest {
    private final Seat mara = new Seat();

    private Fragment copied() {
        return Fragment.parse(mara.model.copy().json()).orElseThrow();
    }

    @Nested
    class Fragments {
        @Test
        void know_the_look_of_a_last_paragraph_that_they_have_only_the_beginning_of() {
            mara.types("- one\ntwo");
            mara.does(EditorModel::selectAll);
            var list = copied();
            assertThat(list.plain()).isEqualTo("- one\n- two");
            mara.does(EditorModel::backspace);
            mara.does(EditorModel::backspace);
            mara.does(it -> it.paste(list));
            assertThat(mara.seen()).isEqualTo("one\ntwo|");
            assertThat(mara.paragraph(0).list()).contains(ListKind.BULLET);
            assertThat(mara.paragraph(1).list()).contains(ListKind.BULLET);
        }

        @Test
        void of_one_paragraph_bring_their_characters_and_not_its_look() {
            mara.types("# **Head**");
            mara.selects(0, 4);
            var head = copied();
            mara.selects(4, 4);
            mara.types("\n- x");
            mara.does(it -> it.paste(head));
            assertThat(mara.seen()).isEqualTo("Head\nxHead|");
            assertThat(mara.paragraph(1).list()).contains(ListKind.BULLET);
            assertThat(mara.text().attributesAt(6).has("bold")).isTrue();
        }

        @Test
        void pasted_into_a_line_leave_its_ends_as_they_look() {
            mara.types("# one\n> two");
            mara.does(EditorModel::selectAll);
            var both = copied();
            mara.does(EditorModel::backspace);
            mara.does(it -> it.list(ListKind.CHECK));
            mara.types("ab");
            mara.selects(1, 1);
            mara.does(it -> it.paste(both));
            assertThat(mara.seen()).isEqualTo("aone\ntwo|b");
            assertThat(mara.paragraph(0).list()).contains(ListKind.CHECK);
            assertThat(mara.paragraph(1).list()).contains(ListKind.CHECK);
        }

        @Test
        void tell_neither_writers_nor_comments() {
            mara.types("said");
            var anchor = Schema.COMMENT_PREFIX + "0c".repeat(16);
            mara.jonFormats(0, 4, Attributes.of(anchor, Value.TRUE));
            mara.does(EditorModel::selectAll);
            assertThat(mara.model.copy().json()).doesNotContain("comment").doesNotContain("author");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "[]",
                    "{}",
                    "{\"delta\":[\"x\"]}",
                    "null",
                    "{\"delta\":[{\"retain\":5}]}",
                    "\u0000",
                    "{\"delta\":["
                })
        void that_are_damaged_are_none(String json) {
            assertThat(Fragment.parse(json).filter(it -> !it.isEmpty())).isEmpty();
        }

        @Test
        void hold_a_million_characters() {
            mara.does(it -> it.pastePlain("word and word\n".repeat(70_000)));
            mara.does(EditorModel::selectAll);
            var all = copied();
            assertThat(all.length()).isEqualTo(980_000);
            mara.does(it -> it.paste(all));
            assertThat(mara.text().length()).isEqualTo(980_001);
            mara.does(EditorModel::undo);
            mara.does(EditorModel::undo);
            assertThat(mara.seen()).isEqualTo("|");
        }
    }

    @Nested
    class Links {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://example.org/a?b#c",
                    "HTTP://example.org",
                    " example.org ",
                    "www.example.org/x",
                    "jon@example.org",
                    "mailto:jon@example.org",
                    "example.org:8080/a"
                })
        void are_understood_as_people_write_them(String written) {
            assertThat(EditorModel.linkMeant(written))
                    .get()
                    .satisfies(it -> assertThat(EditorModel.linkMeant(it)).contains(it));
            mara.does(it -> it.link(Optional.of(written)));
            assertThat(mara.text().plain()).isEqualTo(written.strip() + "\n");
            assertThat(mara.model.formattingProperty().get().link().orElseThrow())
                    .matches("(https?://|mailto:).*");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "javascript:alert(1)",
                    "JavaScript:alert(1.5)",
                    "file:///etc/passwd",
                    "data:text/html,x",
                    "word",
                    "",
                    "http://",
                    "two words.org",
                    "ftp://example.org",
                    "https://exa mple.org"
                })
        void lead_nowhere_else(String written) {
            assertThat(EditorModel.linkMeant(written)).isEmpty();
        }
    }

    @Nested
    class Others {
        @Test
        void see_the_caret_from_the_first_moment_and_where_it_goes() {
            var moves = mara.relay.heard.stream()
                    .filter(ClientMessage.MoveCaret.class::isInstance)
                    .map(ClientMessage.MoveCaret.class::cast)
                    .toList();
            assertThat(moves.getLast().caret()).contains(Caret.at(0));
            mara.does(EditorModel::close);
            mara.pauses();
            assertThat(mara.relay.heard.getLast())
                    .isInstanceOfSatisfying(
                            ClientMessage.MoveCaret.class,
                            left -> assertThat(left.caret()).isEmpty());
        }

        @ParameterizedTest
        @EnumSource(
                value = Role.class,
                names = {"VIEWER", "COMMENTER"})
        void who_may_not_write_change_nothing_with_any_command(Role role) {
            mara.types("# One\n- two");
            mara.relay.role = role;
            mara.relay.cut();
            mara.pauses();
            var before = mara.text();
            var gen = new Gen(5);
            var hand = new RandomHand(gen);
            for (int i = 0; i < 500; i++) {
                mara.does(hand.command());
                mara.does(gen.chance(50) ? EditorModel::undo : EditorModel::redo);
            }
            assertThat(mara.model.editableProperty().get()).isFalse();
            assertThat(mara.text()).isEqualTo(before);
        }
    }
}
