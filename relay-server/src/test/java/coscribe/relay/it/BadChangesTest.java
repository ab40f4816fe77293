package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages that are well-formed and ask for a change that must not be: refused with the reason, by
/// a sentence, and nobody else notices.
class BadChangesTest {
    /// The pair stands at 3 and 4.
    private static final String TEXT = "Hi 😀!";

    @TempDir
    private Path folder;

    private House house;
    private DocumentId plan;
    private Caller mara;
    private Caller eve;

    @BeforeEach
    void eve_may_edit_what_mara_wrote() throws IOException {
        house = House.in(folder, "--limits-doc-chars", "70000");
        mara = house.caller("Mara");
        plan = mara.create("Plan");
        mara.join(plan);
        mara.type(TEXT);
        house.grant(plan, "Eve", Role.EDITOR);
        eve = house.caller("Eve", plan);
    }

    /// Whatever Eve tried: nothing of it came in, and whoever was there before goes on.
    @AfterEach
    void everybody_else_goes_on() throws Exception {
        mara.type(".");
        assertThat(mara.text()).isEqualTo(TEXT + ".");
        assertThat(mara.document()).isEqualTo(house.caller("Mara", plan).document());
        assertThat(mara.heard().stream().filter(ServerMessage.Failed.class::isInstance))
                .isEmpty();
        house.close();
    }

    static Stream<Arguments> bad_changes() {
        return Stream.of(
                Arguments.of("past the end", "[99,INSERT,1]", "for a text of 100 units, but the text has 7"),
                Arguments.of("short of the end", "[1,INSERT]", "for a text of 1 units, but the text has 7"),
                Arguments.of("an insert within a pair", "[4,INSERT,3]", "cuts a character (a surrogate pair) in two"),
                Arguments.of("half a pair deleted", "[3,-1,3]", "cuts a character (a surrogate pair) in two"),
                Arguments.of("half a pair in bold", "[4,[1,{\"bold\":true}],2]", "cuts a character"),
                Arguments.of("an unknown attribute set", "[[2,{\"blink\":true}],5]", "blink"),
                Arguments.of(
                        "an unknown attribute inserted", "[[\"x\",{\"author\":\"ME\",\"blink\":true}],7]", "blink"),
                Arguments.of("a value that is none", "[[2,{\"bold\":\"very\"}],5]", "bold"),
                Arguments.of("a link to run", "[[2,{\"link\":\"javascript:alert(1)\"}],5]", "link"),
                Arguments.of("behind the closing newline", "[7,INSERT]", "behind a document's closing newline"),
                Arguments.of("the closing newline deleted", "[6,-1]", "closing newline cannot be deleted"),
                Arguments.of("a control character", "[[\"\\u0007\",{\"author\":\"ME\"}],7]", "control characters"),
                Arguments.of("no author", "[\"x\",7]", "writer's own id"),
                Arguments.of("somebody else's name", "[[\"x\",{\"author\":\"MARA\"}],7]", "writer's own id"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad_changes")
    void what_is_not_allowed_is_refused_for_good_and_its_writer_comes_in_anew(String what, String delta, String words)
            throws Exception {
        var bad = delta.replace("INSERT", eve.insert("x"))
                .replace("ME", eve.person())
                .replace("MARA", mara.person());

        long seq = eve.submit(bad);

        eve.expectRefusal(seq, Refusal.INVALID, words);
        itsWriterComesInAnew();
    }

    /// The connection is answered on, takes no further submission, and a new one does.
    private void itsWriterComesInAnew() throws Exception {
        eve.submit("[" + eve.insert("never ") + "," + eve.length() + "]");
        eve.expectNothingOf(Committed.class);
        eve.close();
        var anew = house.caller("Eve", plan);
        assertThat(anew.text()).isEqualTo(TEXT);
        anew.type("!");
        anew.acknowledged(anew.submit("[6,-1,1]"));
        mara.expect(Committed.class, commit -> commit.seq() == 2);
    }

    @Test
    void more_than_a_submission_may_insert_is_too_large() throws Exception {
        long seq = eve.submit("[" + eve.insert("x".repeat(Limits.SUBMISSION_UNITS + 1)) + "," + eve.length() + "]");

        eve.expectRefusal(seq, Refusal.TOO_LARGE, "at most 65536 characters", "in pieces");
        itsWriterComesInAnew();
    }

    @Test
    void what_would_make_the_document_too_long_is_too_large() throws Exception {
        eve.acknowledged(eve.submit("[" + eve.insert("x".repeat(60_000)) + "," + eve.length() + "]"));
        long seq = eve.submit("[" + eve.insert("x".repeat(10_000)) + "," + eve.length() + "]");

        eve.expectRefusal(seq, Refusal.TOO_LARGE, "more than 70000 characters");

        var anew = house.caller("Eve", plan);
        anew.acknowledged(anew.submit("[-60000,7]"));
        mara.expect(
                Committed.class, commit -> commit.seq() == 1 && commit.client().equals(anew.client()));
    }

    @Test
    void a_seq_that_was_left_out_closes_the_client_id() throws Exception {
        eve.say("{\"t\":\"submit\",\"seq\":2,\"base\":1,\"intent\":\"edit\",\"delta\":[" + eve.insert("x") + ",7]}");

        eve.expectRefusal(2, Refusal.CLIENT_CLOSED, "closed", "Join again");
        itsWriterComesInAnew();
    }

    @Test
    void a_base_that_does_not_exist_is_refused() throws Exception {
        long seq = eve.submit(99, "[" + eve.insert("x") + ",7]", "");

        eve.expectRefusal(seq, Refusal.INVALID, "revision that does not exist");
        itsWriterComesInAnew();
    }

    @Test
    void a_base_from_too_long_ago_is_told_to_catch_up_and_the_same_connection_goes_on() throws Exception {
        var busy = house.caller("Mara", plan);
        long old = eve.revision();
        // The relay looks back 5,000 commits or 8 MiB of them.
        for (int i = 0; i < 160; i++) {
            busy.acknowledged(busy.submit("[" + busy.insert("x".repeat(60_000)) + "," + busy.length() + "]"));
            busy.acknowledged(busy.submit("[-60000," + (busy.length() - 60_000) + "]"));
            eve.upTo(busy.revision());
            mara.upTo(busy.revision());
        }

        long seq = eve.submit(old, "[" + eve.insert("x") + ",7]", "");
        eve.expectRefusal(seq, Refusal.CATCH_UP, "too far behind", "Catch up");

        eve.say(new ClientMessage.CatchUp(new Revision(eve.revision())));
        assertThat(eve.text()).isEqualTo(TEXT);
        eve.submitAgain("[" + eve.insert("x") + ",7]");
        eve.acknowledged(seq);
        eve.acknowledged(eve.submit("[-1,7]"));
        mara.upTo(eve.revision());
    }
}
