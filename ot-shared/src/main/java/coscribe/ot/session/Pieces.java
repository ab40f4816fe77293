package coscribe.ot.session;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What comes in pieces because it may be larger than a frame: a composed run of commits, a whole
/// document. They are kept until the last one is there. Lives for one call.
final class Pieces {
    private final Turn turn;
    private final Advance advance;
    private final Replacement replacement;

    Pieces(Turn turn, Advance advance) {
        this.turn = turn;
        this.advance = advance;
        this.replacement = new Replacement(turn, advance);
    }

    void range(ServerMessage.Range range) {
        if (!advance.receiving()) {
            return;
        }
        if (!isPiece(range.part(), range.of())) {
            turn.disconnect("a range in more pieces than can be");
            return;
        }
        if (range.part() == 1) {
            turn.parts = List.of();
        }
        if (!range.from().equals(turn.replica().revision())
                || range.part() != turn.parts.size() + 1
                || !goesOn(range)) {
            turn.parts = List.of();
            if (range.to().isAfter(turn.replica().revision())) {
                advance.askAgain();
            }
            return;
        }
        gather(range);
        if (range.part() < range.of()) {
            return;
        }
        var composed = composed();
        turn.parts = List.of();
        if (composed.isEmpty()) {
            advance.heal("a range whose pieces do not fit");
            return;
        }
        Change whole = composed.get();
        if (Schema.check(whole, turn.replica().document().length()).isPresent()) {
            advance.heal("a range that does not fit");
            return;
        }
        advance.history(range.to(), whole);
        turn.caretDue |= turn.caret.isPresent(); // the relay moved it through each commit alone
        advance.arrived(range.contentHash());
    }

    /// The gathered run as one change. Empty: its pieces do not fit one behind the other.
    private Optional<Change> composed() {
        var run = new ArrayList<Change>();
        int length = turn.replica().document().length();
        for (ServerMessage part : turn.parts) {
            if (part instanceof ServerMessage.Range piece) {
                if (piece.change().delta().baseLength() != length) {
                    return Optional.empty();
                }
                length = piece.change().delta().targetLength();
                run.add(piece.change());
            }
        }
        return Optional.of(Change.composeAll(run));
    }

    void snapshotPart(ServerMessage.SnapshotPart part) {
        if (!(turn.phase instanceof Phase.CatchingUp catching)) {
            return;
        }
        if (!isPiece(part.part(), part.of())) {
            turn.disconnect("a snapshot in more pieces than can be");
            return;
        }
        if (part.part() != turn.parts.size() + 1 || !goesOn(part)) {
            turn.disconnect("a snapshot with a piece missing");
            return;
        }
        if (part.piece().baseLength() > 0) {
            turn.disconnect("a snapshot with a piece that is no text");
            return;
        }
        gather(part);
        if (part.part() < part.of()) {
            return;
        }
        Text text = gatheredText();
        Threads threads = Threads.NONE;
        for (ServerMessage gathered : turn.parts) {
            if (gathered instanceof ServerMessage.SnapshotPart piece) {
                threads = threads.plus(piece.threads());
            }
        }
        turn.parts = List.of();
        if (text.length() == 0 || text.charAt(text.length() - 1) != '\n') {
            turn.disconnect("a snapshot that is no document");
            return;
        }
        replacement.replace(new Document(text, threads), part.revision(), catching);
        advance.arrived(Optional.empty());
    }

    /// Written once: of a long document that is what takes longest here.
    private Text gatheredText() {
        var whole = Delta.builder();
        for (ServerMessage gathered : turn.parts) {
            if (gathered instanceof ServerMessage.SnapshotPart(var _, int _, int _, var piece, var _)) {
                String inserted = piece.insertedText();
                int at = 0;
                for (int i = 0; i < piece.size(); i++) {
                    int end = at + piece.length(i);
                    whole.insert(inserted, at, end, piece.attributes(i));
                    at = end;
                }
            }
        }
        return Text.EMPTY.apply(whole.build());
    }

    // --- gathering

    /// Gathered pieces are kept in memory until the last one: there are only so many.
    private static boolean isPiece(int part, int of) {
        return part >= 1 && part <= of && of <= Limits.PARTS;
    }

    private boolean goesOn(ServerMessage.Range next) {
        return turn.parts.isEmpty()
                || turn.parts.getFirst() instanceof ServerMessage.Range first
                        && first.of() == next.of()
                        && first.to().equals(next.to());
    }

    private boolean goesOn(ServerMessage.SnapshotPart next) {
        return turn.parts.isEmpty()
                || turn.parts.getFirst() instanceof ServerMessage.SnapshotPart first
                        && first.of() == next.of()
                        && first.revision().equals(next.revision());
    }

    private void gather(ServerMessage part) {
        var gathered = new ArrayList<>(turn.parts);
        gathered.add(part);
        turn.parts = List.copyOf(gathered);
    }
}
