package coscribe.ot.document;

import coscribe.ot.delta.Delta;

/// A whole document at one moment: its text, which ends in a newline that no change deletes or
/// inserts behind, and its comment threads. Immutable; versions share what they have in common. Its
/// revision is kept by whoever holds it.
public record Document(Text text, Threads threads) {
    /// A new document: one empty paragraph.
    public static final Document EMPTY =
            new Document(Text.EMPTY.apply(Delta.builder().insert("\n").build()), Threads.NONE);

    public Document {
        if (text.length() == 0 || text.last() != '\n') {
            throw new IllegalArgumentException("a document's text must end in a newline");
        }
    }

    /// In UTF-16 code units, the closing newline among them; at least 1.
    public int length() {
        return text.length();
    }

    public Document apply(Change change) {
        return new Document(text.apply(change.delta()), threads.after(change.events()));
    }

    /// First 8 bytes of SHA-256 of the canonical form, as 16 hex digits. Linear in the document.
    public ContentHash contentHash() {
        return ContentHash.of(this);
    }
}
