package coscribe.desktop.viewmodel;

import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One device of somebody else who is in the document. Times are by this computer's clock: what
/// they did before this window saw them is not known, and counts as done when they were first seen.
///
/// @param caret      in the text as it is shown; empty: not in the text
/// @param joinedAt   when they were first seen here
/// @param typedAt    when their newest keystroke came in
/// @param movedAt    when they last set their caret or selection, or were first seen
/// @param jumpedAt   when their caret last went elsewhere without a keystroke
public record Collaborator(
        ClientId client,
        Person person,
        Role role,
        Optional<Caret> caret,
        Instant joinedAt,
        Optional<Instant> typedAt,
        Instant movedAt,
        Optional<Instant> jumpedAt) {
    public static final Duration TYPING = Duration.ofMillis(1500);
    public static final Duration IDLE = Duration.ofMinutes(2);
    public static final Duration AWAY = Duration.ofMinutes(5);

    public String name() {
        return person.name();
    }

    public PaletteSlot slot() {
        return person.slot();
    }

    public boolean isViewer() {
        return role == Role.VIEWER;
    }

    /// When they last did anything.
    public Instant lastActive() {
        return typedAt.filter(at -> at.isAfter(movedAt)).orElse(movedAt);
    }

    public boolean isTyping(Instant now) {
        return typedAt.filter(at -> now.isBefore(at.plus(TYPING))).isPresent();
    }

    /// Whether they did nothing for 2 minutes.
    public boolean isIdle(Instant now) {
        return !now.isBefore(lastActive().plus(IDLE));
    }

    /// Whether they did nothing for 5 minutes.
    public boolean isAway(Instant now) {
        return !now.isBefore(lastActive().plus(AWAY));
    }
}
