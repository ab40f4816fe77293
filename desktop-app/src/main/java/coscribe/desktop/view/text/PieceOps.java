package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import java.util.Optional;
import org.fxmisc.richtext.model.TextOps;

/// Text segments for RichTextFX, which stay as they were cut ({@link Pieces}).
final class PieceOps implements TextOps<String, Attributes> {
    @Override
    public int length(String piece) {
        return piece.length();
    }

    @Override
    public char charAt(String piece, int index) {
        return piece.isEmpty() ? '\0' : piece.charAt(index);
    }

    @Override
    public String getText(String piece) {
        return piece;
    }

    @Override
    public String subSequence(String piece, int start, int end) {
        return piece.substring(start, end);
    }

    @Override
    public String subSequence(String piece, int start) {
        return piece.substring(start);
    }

    @Override
    public Optional<String> joinSeg(String first, String second) {
        return Optional.empty();
    }

    @Override
    public Optional<Attributes> joinStyle(Attributes first, Attributes second) {
        return joined(first, second);
    }

    static Optional<Attributes> joined(Attributes first, Attributes second) {
        return first.equals(second) ? Optional.of(first) : Optional.empty();
    }

    @Override
    public String createEmptySeg() {
        return "";
    }

    @Override
    public String create(String text) {
        return text;
    }
}
