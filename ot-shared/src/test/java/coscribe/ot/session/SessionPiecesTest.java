package coscribe.ot.session;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.doc;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Resumed;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What comes in pieces is put together, or not at all.
class SessionPiecesTest extends SessionFixture {
    @Nested
    class Pieces {
        private void isEntering() {
            tell(new Event.Started());
            tell(new Event.LinkUp());
            hear(joined(doc("ab").contentHash(), 3, 3, FIRST, new Resumed.Nothing(), true));
        }

        private void piece(long revision, int part, int of) {
            hear(new ServerMessage.SnapshotPart(new Revision(revision), part, of, d("+'a'"), Threads.NONE));
        }

        private void isDisconnected(String why) {
            assertThat(effects).containsExactly(new Effect.Disconnect(why));
        }

        @Test
        void a_snapshot_in_more_pieces_than_can_be_is_not_gathered() {
            isEntering();
            piece(3, 1, Limits.PARTS + 1);
            isDisconnected("a snapshot in more pieces than can be");
            assertThat(session.parts).isEmpty();
        }

        @Test
        void nor_is_a_piece_behind_the_last() {
            isEntering();
            piece(3, 2, 1);
            isDisconnected("a snapshot in more pieces than can be");
        }

        @Test
        void a_piece_of_another_snapshot_or_of_more_pieces_than_the_first_said_is_not_taken() {
            isEntering();
            piece(3, 1, 3);
            piece(4, 2, 3);
            isDisconnected("a snapshot with a piece missing");
            piece(3, 2, 4);
            isDisconnected("a snapshot with a piece missing");
        }

        @Test
        void a_piece_that_changes_a_text_instead_of_being_one_is_not_taken() {
            isEntering();
            hear(new ServerMessage.SnapshotPart(new Revision(3), 1, 2, d("1 +'a'"), Threads.NONE));
            isDisconnected("a snapshot with a piece that is no text");
        }

        @Test
        void formatted_pieces_are_one_text_in_their_order() {
            var whole =
                    new Document(Text.EMPTY.apply(d("+'one'{bold} +' tw'{bold} +'o' +'\n'{header=1}")), Threads.NONE);
            tell(new Event.Started());
            tell(new Event.LinkUp());
            hear(joined(whole.contentHash(), 3, 3, FIRST, new Resumed.Nothing(), true));
            hear(new ServerMessage.SnapshotPart(new Revision(3), 1, 3, d("+'one'{bold} +' t'{bold}"), Threads.NONE));
            hear(new ServerMessage.SnapshotPart(new Revision(3), 2, 3, d("+'w'{bold} +'o'"), Threads.NONE));
            hear(new ServerMessage.SnapshotPart(new Revision(3), 3, 3, d("+'\n'{header=1}"), Threads.NONE));
            assertThat(session.shown()).isEqualTo(whole);
            assertThat(session.isQuiet()).isTrue();
        }

        @Test
        void a_range_in_more_pieces_than_can_be_is_not_gathered() {
            isLiveOn("ab");
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(4), 1, Limits.PARTS + 1, Change.of(d("+'x' @3")), Optional.empty()));
            isDisconnected("a range in more pieces than can be");
            assertThat(session.parts).isEmpty();
        }

        @Test
        void pieces_of_two_ranges_are_not_put_together_but_asked_for_again() {
            isLiveOn("ab");
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(4), 1, 2, Change.of(d("+'x' @3")), Optional.empty()));
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(5), 2, 2, Change.of(d("+'y' @4")), Optional.of(SOME_HASH)));
            assertThat(text()).isEqualTo("ab\n");
            assertThat(effects).containsExactly(new Effect.Send(new ClientMessage.CatchUp(Revision.ZERO)));
        }
    }
}
