package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;

/// Other words in the place of those that were found. Pure.
final class Replacing {
    private Replacing() {}

    /// As one edit; what comes looks as what goes.
    static Edit all(Text text, Matches found, String with, Caret selection, Attributes stamp) {
        var out = Delta.builder();
        int at = 0;
        for (int i = 0; i < found.size(); i++) {
            int start = found.start(i);
            var look = text.attributesAt(start)
                    .with(Schema.AUTHOR, stamp.get(Schema.AUTHOR).orElseThrow());
            out.retain(start - at).insert(with, look).delete(found.length());
            at = start + found.length();
        }
        var delta = out.build(text.length());
        return Edit.of(delta, Caret.at(delta.mapPosition(selection.head(), Bias.AFTER)));
    }
}
