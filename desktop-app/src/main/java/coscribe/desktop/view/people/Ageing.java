package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Collaborator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// How what is drawn of a person fades as time goes by. Pure.
final class Ageing {
    static final Duration FLAG = Duration.ofSeconds(3); // after a keystroke or a jump
    static final Duration GREETING = Duration.ofSeconds(4); // after joining, or when gone to
    static final Duration FADE = Duration.ofMillis(200);
    static final Duration TINT = Duration.ofSeconds(30);

    private Ageing() {}

    /// Until when a flag is to be seen in full.
    ///
    /// @param called  when the writer last went to this person
    static Instant flagUntil(Collaborator who, Optional<Instant> called) {
        return Stream.of(
                        Optional.of(who.joinedAt().plus(GREETING)),
                        who.typedAt().map(at -> at.plus(FLAG)),
                        who.jumpedAt().map(at -> at.plus(FLAG)),
                        called.map(at -> at.plus(GREETING)))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /// 1 until `until`, then down to 0.
    static double opacity(Instant until, Instant now, boolean calm) {
        if (now.isBefore(until)) {
            return 1;
        }
        long since = Duration.between(until, now).toMillis();
        return calm || since >= FADE.toMillis() ? 0 : 1 - since / (double) FADE.toMillis();
    }

    /// How opaque a selection's tint is; 0: it is not drawn, nor is its underline.
    static double tint(Collaborator who, Palette palette, Instant now) {
        var age = Duration.between(who.movedAt(), now);
        if (age.compareTo(Collaborator.AWAY) >= 0) {
            return 0;
        }
        return age.compareTo(TINT) >= 0 && !palette.outlined() ? Palette.OLD_TINT : palette.tint();
    }

    /// When what is drawn of somebody next changes by itself.
    static Stream<Instant> changes(Collaborator who) {
        return Stream.of(
                who.movedAt().plus(TINT),
                who.movedAt().plus(Collaborator.AWAY),
                who.lastActive().plus(Collaborator.AWAY));
    }
}
