package coscribe.desktop.viewmodel;

import java.time.Duration;
import java.time.Instant;

/// Which edits one undo takes back together: typing that goes on at one place without a pause, and
/// deleting that does. Who types on and on begins a step with a word, every few seconds.
final class StepGroups {
    /// A longer pause begins a new step.
    static final Duration PAUSE = Duration.ofSeconds(1);
    /// The next word behind this begins a new step.
    static final Duration LONG = Duration.ofSeconds(5);
    /// Whatever is typed, a step is no longer than this.
    static final Duration LONGEST = Duration.ofSeconds(20);

    /// What is done again and again.
    enum Kind {
        TYPING,
        DELETING,
        /// Never joined to another.
        SINGLE
    }

    private Kind last = Kind.SINGLE;
    private int place = -1;
    private Instant begun = Instant.MIN;
    private Instant newest = Instant.MIN;

    /// Whether the edit that is about to be made belongs to the step before it.
    ///
    /// @param at        where it begins: the caret before it
    /// @param leaves    the caret after it
    /// @param newWord   a word begins with it
    boolean joins(Kind kind, int at, int leaves, boolean newWord, Instant now) {
        boolean joins = kind != Kind.SINGLE
                && kind == last
                && at == place
                && now.isBefore(newest.plus(PAUSE))
                && now.isBefore(begun.plus(newWord ? LONG : LONGEST));
        if (!joins) {
            begun = now;
        }
        last = kind;
        place = leaves;
        newest = now;
        return joins;
    }

    /// Somebody else's change moved the place of the newest edit.
    void moved(int to) {
        place = place < 0 ? place : to;
    }

    /// The next edit begins a step.
    void cut() {
        last = Kind.SINGLE;
        place = -1;
    }
}
