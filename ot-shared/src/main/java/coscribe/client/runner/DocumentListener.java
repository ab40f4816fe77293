package coscribe.client.runner;

import coscribe.ot.document.Change;
import coscribe.ot.protocol.ServerMessage.Member;
import java.util.List;

/// Hears what happens to a document, at its {@link Home}. Override what is of interest; edits may
/// be made from inside.
public interface DocumentListener {
    /// There is a document to show and to edit. Once.
    default void opened(DocumentClient document) {}

    /// The text changed by something other than this program's own edit: by somebody else, or by an
    /// undo or redo of one's own.
    ///
    /// @param change  from the text before to the text after it. Where a listener edits from
    ///     inside, what others hear next may be older than that edit
    /// @param own     an undo or redo of this writer's
    default void changed(DocumentClient document, Change change, boolean own) {}

    /// The document is called something else now, by this writer or by somebody else. Also where
    /// the relay keeps the title that it has: then it is the old one again.
    default void titleChanged(DocumentClient document, String title) {}

    default void statusChanged(DocumentClient document, Status status) {}

    /// Who is here, or where their carets are, changed.
    default void membersChanged(DocumentClient document, List<Member> members) {}

    /// Text that could not be sent was kept beside the document.
    default void copyKept(DocumentClient document, KeptCopy copy) {}
}
