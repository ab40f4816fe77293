package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Participant;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Member;
import java.time.Instant;
import java.util.Locale;

/// What an avatar or a row of the list shows of a person at one moment: two that are equal look the
/// same.
record PersonRow(
        PersonId id,
        String name,
        PaletteSlot slot,
        Role role,
        boolean typing,
        boolean idle,
        boolean inText,
        int devices,
        boolean self) {
    static PersonRow of(Participant who, Instant now) {
        return new PersonRow(
                who.id(),
                who.name(),
                who.slot(),
                who.newest().role(),
                who.isTyping(now),
                who.isIdle(now),
                who.newest().caret().isPresent(),
                who.devices().size(),
                false);
    }

    /// @param elsewhere  on how many other devices they are, too
    static PersonRow self(Member me, int elsewhere) {
        return new PersonRow(
                me.person().id(),
                me.person().name(),
                me.person().slot(),
                me.role(),
                false,
                false,
                true,
                1 + elsewhere,
                true);
    }

    /// "editor", "editor, idle", "typing...".
    String state(Strings strings) {
        String role = roleWord(strings);
        if (typing) {
            return strings.get("people.state.typing");
        }
        if (self && devices > 1) {
            return strings.count("people.state.elsewhere", devices - 1, role);
        }
        return idle ? strings.get("people.state.idle", role) : role;
    }

    boolean isViewer() {
        return role == Role.VIEWER;
    }

    String roleWord(Strings strings) {
        return strings.get("role." + role.name().toLowerCase(Locale.ROOT));
    }

    /// "Mara Klein, editor, typing".
    String spoken(Strings strings) {
        String state = typing ? ".typing" : idle ? ".idle" : "";
        String one = strings.get("people.spoken" + state, name, roleWord(strings));
        return devices > 1 ? strings.count("people.spoken.devices", devices, one) : one;
    }
}
