package coscribe.ot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Submission;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a peer may send, and what it gets for what it may not.
class HostileBytesTest {
    private static final String PING = "{\"t\":\"ping\",\"number\":7}";

    private static void isRefused(String text) {
        assertThatThrownBy(() -> Wire.decodeClient(text)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> Wire.decodeClient(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessageException.class);
    }

    private static Submission submission(String delta) {
        return ((ClientMessage.Submit) Wire.decodeClient(
                        "{\"t\":\"submit\",\"seq\":1,\"base\":0,\"intent\":\"edit\",\"delta\":" + delta + "}"))
                .submission();
    }

    private static void isRefusedDelta(String delta) {
        isRefused("{\"t\":\"submit\",\"seq\":1,\"base\":0,\"intent\":\"edit\",\"delta\":" + delta + "}");
    }

    @Nested
    class Is_taken {
        @Test
        void with_its_fields_in_any_order_and_white_space_between() {
            assertThat(Wire.decodeClient(" {\n\"number\" : 7 ,\t\"t\":\"ping\" } \r\n"))
                    .isEqualTo(new ClientMessage.Ping(7));
        }

        @Test
        void with_fields_that_nobody_knows_whatever_they_hold() {
            assertThat(
                            Wire.decodeClient(
                                    "{\"new\":{\"a\":[1,2.5e3,{\"b\":null}]},\"t\":\"ping\",\"x\":1e99,\"number\":7,\"z\":[[]]}"))
                    .isEqualTo(new ClientMessage.Ping(7));
        }

        @Test
        void with_null_for_a_field_that_may_be_absent() {
            assertThat(Wire.decodeClient("{\"t\":\"caret\",\"revision\":2,\"caret\":null}"))
                    .isEqualTo(new ClientMessage.MoveCaret(new Revision(2), Optional.empty()));
        }

        @Test
        void with_escapes_that_nobody_needs() {
            assertThat(Wire.decodeClient("{\"\\u0074\":\"pi\\u006eg\",\"number\":7}"))
                    .isEqualTo(new ClientMessage.Ping(7));
            assertThat(Wire.decodeClient("{\"t\":\"create\",\"title\":\"\\ud83d\\ude00\\/\"}"))
                    .isEqualTo(new ClientMessage.Create("\ud83d\ude00/"));
        }

        @Test
        void as_a_change_that_is_not_in_normal_form_which_is_made_normal() {
            assertThat(submission("[2,3,\"a\",[\"b\",{}],-1,-1,[1,{\"bold\":true}],[2,{\"bold\":true}],4]")
                            .change()
                            .delta())
                    .isEqualTo(Delta.builder()
                            .retain(5)
                            .insert("ab")
                            .delete(2)
                            .retain(3, coscribe.ot.kit.Notation.a("{bold}"))
                            .build(14));
        }

        @Test
        void up_to_the_limit_of_components_beside_the_retain_at_the_end() {
            String most = "1,-1,".repeat(Limits.SUBMISSION_COMPONENTS / 2);
            assertThat(submission("[" + most + "9]").change().delta().size()).isEqualTo(Limits.SUBMISSION_COMPONENTS);
            isRefusedDelta("[" + most + "[9,{\"bold\":true}]]");
            isRefusedDelta("[" + most + "1,-1]");
        }

        @Test
        void whatever_split_makes_of_a_larger_change() {
            var out = Delta.builder();
            for (int i = 0; i < 3 * Limits.SUBMISSION_COMPONENTS; i++) {
                out.retain(1).insert("\u4e2d");
            }
            var first = out.build(1_000_000)
                    .split(Limits.SUBMISSION_COMPONENTS, Limits.SUBMISSION_UNITS)
                    .first();
            var submit = new ClientMessage.Submit(
                    new Submission(1, Revision.ZERO, Intent.EDIT, Change.of(first), Optional.empty()));
            assertThat(Wire.decodeClient(Wire.encode(submit))).isEqualTo(submit);
        }
    }

    @Nested
    class Is_refused {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "7",
                    "\"ping\"",
                    "[]",
                    "{}",
                    "{\"t\":7,\"number\":7}",
                    "{\"t\":\"poke\"}",
                    "{\"t\":\"pong\",\"number\":7}",
                    "{\"t\":\"ping\"}",
                    "{\"t\":\"ping\",\"number\":null}",
                    "{\"t\":\"ping\",\"number\":\"7\"}",
                    "{\"t\":\"ping\",\"number\":7.0}",
                    "{\"t\":\"ping\",\"number\":7e0}",
                    "{\"t\":\"ping\",\"number\":-7}",
                    "{\"t\":\"ping\",\"number\":[7]}",
                    "{\"t\":\"ping\",\"number\":9007199254740992}",
                    "{\"t\":\"ping\",\"number\":99999999999999999999}",
                    "{\"t\":\"ping\",\"number\":123456789012345678901234567890}",
                    "{\"t\":\"ping\",\"number\":7,}",
                    "{\"t\":\"ping\",\"number\":07}",
                    "{\"t\":\"ping\",\"number\":NaN}",
                    "{'t':'ping','number':7}",
                    "{t:\"ping\",number:7}",
                    "{\"t\":\"ping\",\"number\":7}}",
                    "{\"t\":\"ping\",\"number\":7} {}",
                    "{\"t\":\"ping\",\"number\":7} 0",
                    "{\"t\":\"ping\",\"number\":7}//",
                    "{\"t\":\"ping\",\"number\":7",
                    "{\"t\":\"create\",\"title\":\"a\nb\"}",
                    "{\"t\":\"create\",\"title\":\"\\ud83d\"}",
                    "{\"t\":\"create\",\"title\":\"\\ude00\\ud83d\"}",
                    "{\"t\":\"list\"}",
                    "{\"t\":\"list\",\"most\":0}",
                    "{\"t\":\"list\",\"most\":101}",
                    "{\"t\":\"list\",\"most\":-1}",
                    "{\"t\":\"list\",\"most\":9007199254740991}",
                    "{\"t\":\"list\",\"most\":\"2\"}",
                    "{\"t\":\"list\",\"most\":2,\"after\":7}",
                    "{\"t\":\"list\",\"most\":2,\"after\":[]}",
                    "{\"t\":\"list\",\"most\":2,\"after\":{}}",
                    "{\"t\":\"list\",\"most\":2,\"after\":{\"usedAtMillis\":1}}",
                    "{\"t\":\"list\",\"most\":2,\"after\":{\"document\":\"d7f3a2604c9e4b18a6e05f1c83b92d47\"}}",
                    "{\"t\":\"list\",\"most\":2,\"after\":{\"usedAtMillis\":-1,\"document\":\"d7f3a2604c9e4b18a6e05f1c83b92d47\"}}",
                    "{\"t\":\"list\",\"most\":2,\"after\":{\"usedAtMillis\":1,\"document\":\"*\"}}",
                    "{\"t\":\"listed\",\"documents\":[]}",
                    "{\"t\":\"join\",\"document\":\"D7F3A2604C9E4B18A6E05F1C83B92D47\"}",
                    "{\"t\":\"join\",\"document\":\"d7f3\"}",
                    "{\"t\":\"caret\",\"revision\":0,\"caret\":[1]}",
                    "{\"t\":\"caret\",\"revision\":0,\"caret\":[1,2,3]}",
                    "{\"t\":\"caret\",\"revision\":0,\"caret\":[1,-2]}",
                    "{\"t\":\"caret\",\"revision\":0,\"caret\":{}}",
                    "{\"t\":\"renew\",\"credential\":{\"kind\":\"cookie\"}}",
                    "{\"t\":\"invite\",\"document\":\"d7f3a2604c9e4b18a6e05f1c83b92d47\",\"role\":\"king\",\"ttlSeconds\":1,\"uses\":1}",
                    "{\"t\":\"invite\",\"document\":\"d7f3a2604c9e4b18a6e05f1c83b92d47\",\"role\":\"owner\",\"ttlSeconds\":0,\"uses\":1}"
                })
        void what_is_no_message(String text) {
            isRefused(text);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "[0]",
                    "[-0]",
                    "[\"\"]",
                    "[[\"\",{\"bold\":true}]]",
                    "[[0,{\"bold\":true}]]",
                    "[[-3,{\"bold\":true}]]",
                    "[[3]]",
                    "[[]]",
                    "[[3,{\"bold\":true},1]]",
                    "[[3,null]]",
                    "[[3,[\"bold\"]]]",
                    "[[[3,{}],{}]]",
                    "[null]",
                    "[true]",
                    "[1.5]",
                    "[536870912]",
                    "[-536870912]",
                    "[536870911,536870911]",
                    "[536870911,-1]",
                    "[536870911,\"x\"]",
                    "[2147483648]",
                    "[9223372036854775807]",
                    "[9223372036854775808]",
                    "[[\"x\",{\"bold\":null}]]",
                    "[[1,{\"bold\":false}]]",
                    "[[1,{\"bold\":1.5}]]",
                    "[[1,{\"header\":2147483648}]]",
                    "[[1,{\"bold\":{}}]]",
                    "[[1,{\"bold\":true,\"bold\":true}]]",
                    "[[1,{\"bold\":true,\"bold\":null}]]",
                    "[\"\\ud83d\",\"\\ude00\"]"
                })
        void what_is_no_change(String delta) {
            isRefusedDelta(delta);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"t\":\"ping\",\"number\":7,\"number\":7}",
                    "{\"t\":\"ping\",\"t\":\"ping\",\"number\":7}",
                    "{\"t\":\"ping\",\"number\":7,\"new\":1,\"new\":2}",
                    "{\"t\":\"ping\",\"number\":7,\"\\u006eumber\":7}",
                    "{\"t\":\"ping\",\"number\":null,\"number\":7}",
                    "{\"t\":\"renew\",\"credential\":{\"kind\":\"header\",\"kind\":\"header\"}}",
                    "{\"t\":\"submit\",\"seq\":1,\"base\":0,\"intent\":\"edit\",\"delta\":[1],\"delta\":[1]}"
                })
        void a_field_named_twice(String text) {
            isRefused(text);
        }

        @Test
        void nesting_without_an_end() {
            for (String open : new String[] {"[", "{\"a\":", "{\"known\":", "{\"members\":[{\"person\":"}) {
                isRefused("{\"t\":\"ping\",\"number\":7,\"x\":" + open.repeat(40));
                isRefused("{\"t\":\"ping\",\"number\":7,\"known\":" + open.repeat(100_000 / open.length()));
                isRefused(open.repeat(Limits.FRAME_BYTES / open.length()));
            }
        }

        @Test
        void a_number_a_name_or_a_string_without_an_end() {
            isRefused("{\"t\":\"ping\",\"number\":" + "9".repeat(100_000) + "}");
            isRefused("{\"t\":\"ping\",\"number\":7,\"x\":" + "9".repeat(100_000) + "}");
            isRefused("{\"t\":\"ping\",\"number\":7,\"x\":1e" + "9".repeat(100_000) + "}");
            isRefused("{\"t\":\"ping\",\"number\":7,\"" + "x".repeat(1_000) + "\":1}");
            isRefused("{\"t\":\"ping\",\"number\":7,\"x\":\"" + "x".repeat(Limits.STRING_UNITS + 1) + "\"}");
            isRefusedDelta("[\"" + "x".repeat(Limits.STRING_UNITS + 1) + "\"]");
        }

        @Test
        void more_than_a_frame_holds() {
            String ping = PING + " ".repeat(Limits.FRAME_BYTES - PING.length());
            assertThat(Wire.decodeClient(ping)).isEqualTo(new ClientMessage.Ping(7));
            isRefused(ping + " ");
        }

        @Test
        void more_fields_events_attributes_or_unknown_names_than_anybody_needs() {
            var fields = new StringBuilder("{\"t\":\"ping\",\"number\":7");
            var attributes = new StringBuilder("[[1,{\"a\":true");
            var skipped = new StringBuilder("{\"t\":\"ping\",\"number\":7,\"new\":{\"a\":1");
            for (int i = 0; i < 2_000; i++) {
                fields.append(",\"f").append(i).append("\":0");
                attributes.append(",\"a").append(i).append("\":true");
                skipped.append(",\"s").append(i).append("\":0");
            }
            isRefused(fields + "}");
            isRefusedDelta(attributes + "}]]");
            isRefused(skipped + "}}");
            String event = "{\"event\":\"resolved\",\"thread\":\"\",\"author\":\"\",\"atMillis\":0},"
                    .repeat(Limits.SUBMISSION_EVENTS);
            isRefusedDelta("[1],\"events\":[" + event + event.substring(0, event.indexOf('}') + 1) + "]");
        }

        @Test
        void another_encoding_than_utf_8() {
            for (String name : new String[] {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"}) {
                byte[] bytes = PING.getBytes(Charset.forName(name));
                assertThatThrownBy(() -> Wire.decodeClient(bytes)).isInstanceOf(MalformedMessageException.class);
            }
            assertThatThrownBy(() -> Wire.decodeClient(("\ufeff" + PING).getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedMessageException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80",
                    "bf",
                    "c0 80",
                    "c1 bf",
                    "c3",
                    "e0 80 80",
                    "e0 9f bf",
                    "e4 b8",
                    "ed a0 80",
                    "ed bf bf",
                    "ed a0 bd ed b8 80",
                    "f0 80 80 80",
                    "f0 8f bf bf",
                    "f0 9f 98",
                    "f4 90 80 80",
                    "f5 80 80 80",
                    "ff",
                    "fe",
                    "00"
                })
        void bytes_that_are_not_utf_8(String hex) {
            byte[] before = "{\"t\":\"create\",\"title\":\"".getBytes(StandardCharsets.UTF_8);
            var out = new java.io.ByteArrayOutputStream();
            out.writeBytes(before);
            for (String digits : hex.split(" ")) {
                out.write(Integer.parseInt(digits, 16));
            }
            out.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Wire.decodeClient(out.toByteArray()))
                    .isInstanceOf(MalformedMessageException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"t\":\"snapshot\",\"revision\":1,\"part\":2,\"of\":1,\"piece\":[\"x\"]}",
                    "{\"t\":\"snapshot\",\"revision\":1,\"part\":0,\"of\":1,\"piece\":[\"x\"]}",
                    "{\"t\":\"snapshot\",\"revision\":1,\"part\":1,\"of\":1,\"piece\":[\"x\",1]}",
                    "{\"t\":\"role\",\"role\":\"OWNER\"}",
                    "{\"t\":\"ping\",\"number\":1}"
                })
        void what_a_relay_does_not_say(String text) {
            assertThatThrownBy(() -> Wire.decodeServer(text)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Nested
    class A_kept_document {
        private static void isDamaged(String text) {
            assertThatThrownBy(() -> Wire.decodeDocument(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedMessageException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"ops\":[]}",
                    "{\"ops\":[\"no newline\"]}",
                    "{ \"ops\":[\"\\n\"]}",
                    "{\"ops\":[\"a\",\"\\n\"]}",
                    "{\"ops\":[\"\\u000a\"]}",
                    "{\"ops\":[[\"\\n\",{}]]}",
                    "{\"ops\":[[\"\\n\",{\"b\":true,\"a\":true}]]}",
                    "{\"ops\":[[\"\\n\",{\"b\":null}]]}",
                    "{\"ops\":[\"\\n\"],\"threads\":[]}",
                    "{\"ops\":[\"\\n\"],\"more\":1}",
                    "{\"threads\":[],\"ops\":[\"\\n\"]}",
                    "{\"ops\":[\"\\n\"]}\n",
                    "{\"ops\":[\"\\n\"]"
                })
        void in_any_other_spelling_is_damaged(String text) {
            isDamaged(text);
        }

        @Test
        void may_be_one_run_of_the_ceilings_length() {
            String text = "x".repeat(Limits.DOCUMENT_UNITS_CEILING - 1);
            var document = Wire.decodeDocument(("{\"ops\":[\"" + text + "\\n\"]}").getBytes(StandardCharsets.UTF_8));
            assertThat(document.length()).isEqualTo(Limits.DOCUMENT_UNITS_CEILING);
        }
    }

    @Test
    void what_cannot_be_said_is_a_bug_of_who_says_it() {
        assertThatThrownBy(() -> Wire.encode(new ClientMessage.Create("half \ud83d")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wire.encode(new ClientMessage.Ping(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wire.encode(new ServerMessage.Pong(Revision.MAX + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rejection_never_repeats_what_was_said() {
        assertThatThrownBy(() -> Wire.decodeClient("{\"t\":\"secret-word\"}")).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Wire.decodeClient("{\"t\":\"ping\",\"number\":\"secret\" secret}"))
                .hasMessageNotContaining("secret")
                .hasMessageContaining("well-formed");
    }
}
