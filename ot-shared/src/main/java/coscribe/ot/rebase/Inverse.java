package coscribe.ot.rebase;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.ThreadEvent;
import java.util.ArrayList;

/// Takes a change back.
public final class Inverse {
    private Inverse() {}

    /// What undoes `change` on the document after it. The text's part is exact. Of comment events
    /// only an opening is taken back, by a deletion: what people said stays said.
    public static Change of(Change change, Document before) {
        var events = new ArrayList<ThreadEvent>();
        for (ThreadEvent event : change.events()) {
            if (event instanceof ThreadEvent.Opened opened) {
                events.add(new ThreadEvent.Deleted(opened.thread(), opened.author(), opened.atMillis()));
            }
        }
        return new Change(before.text().invert(change.delta()), events);
    }
}
