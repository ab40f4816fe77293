package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Intent;

/// What a command does to a text: a change, and where the caret and selection are after it.
record Edit(Delta delta, Caret after, Intent intent) {
    static Edit of(Delta delta, Caret after) {
        return new Edit(delta, after, Intent.EDIT);
    }
}
