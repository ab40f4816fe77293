package coscribe.relay.simulation;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Role;
import coscribe.ot.session.Event;
import java.util.List;
import java.util.Optional;

/// What a writer does next, by the seed: types, erases, formats, undoes, comments, goes elsewhere.
final class SimHand {
    private final World world;
    private final Scheduler scheduler;
    private final SimClient client;

    SimHand(World world, SimClient client) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.client = client;
    }

    void act() {
        if (!client.session().role().atLeast(Role.EDITOR) && scheduler.chance(0.8)) {
            return;
        }
        double dice = scheduler.random.nextDouble();
        if (dice < 0.55) {
            type();
        } else if (dice < 0.72) {
            erase();
        } else if (dice < 0.82) {
            format();
        } else if (dice < 0.92) {
            world.seen.saw(Seen.What.UNDOS);
            client.feed(new Event.UndoAsked());
        } else if (dice < 0.95) {
            client.feed(new Event.RedoAsked());
        } else if (dice < 0.97) {
            comment();
        } else {
            moveCaret();
        }
        if (scheduler.chance(0.15)) {
            moveCaret(); // while what was done is still under way
        }
        if (scheduler.chance(0.04)) {
            rename();
        }
        if (scheduler.chance(0.1)) {
            client.compact();
        }
    }

    void moveCaret() {
        if (client.session().hasDocument()) {
            world.seen.saw(Seen.What.CARETS);
            int from = scheduler.random.nextInt(length());
            int to = scheduler.chance(0.3) ? scheduler.random.nextInt(length()) : from;
            client.feed(
                    new Event.CaretMoved(scheduler.chance(0.1) ? Optional.empty() : Optional.of(new Caret(from, to))));
        }
    }

    private void rename() {
        world.seen.saw(Seen.What.RENAMES);
        String asked = "Plan " + world.seen.count(Seen.What.RENAMES);
        client.renames(asked);
    }

    private int length() {
        return client.session().shown().length();
    }

    private void type() {
        String text = client.session().shown().text().plain();
        // Half of all inserts meet at one of a few places, so that they tie.
        int wanted = scheduler.chance(0.5)
                ? Math.min(text.length() - 1, world.meetingPlace())
                : scheduler.random.nextInt(text.length());
        int at = Tokens.outside(text, wanted);
        if (at > text.length() - 1) {
            at = text.length() - 1;
        }
        if (at > 0 && Character.isHighSurrogate(text.charAt(at - 1))) {
            at--;
        }
        String token = world.tokens.fresh(scheduler.chance(0.3));
        var stamp = Attributes.of(Schema.AUTHOR, Value.of(client.person.hex()));
        var delta = Delta.builder()
                .retain(at)
                .insert(token + (scheduler.chance(0.1) ? "\n" : ""), stamp)
                .build(text.length());
        client.wrote(token);
        edit(delta, List.of(), Optional.of(Caret.at(at + token.length())));
    }

    /// One insert at the end of the text, and the caret behind it.
    void appends(String typed) {
        int at = length() - 1;
        var stamp = Attributes.of(Schema.AUTHOR, Value.of(client.person.hex()));
        edit(
                Delta.builder().retain(at).insert(typed, stamp).build(length()),
                List.of(),
                Optional.of(Caret.at(at + typed.length())));
    }

    private void erase() {
        String text = client.session().shown().text().plain();
        if (text.length() < 3) {
            return;
        }
        int from = wholeCharacter(text, scheduler.random.nextInt(text.length() - 1));
        int to = wholeCharacter(text, Math.min(text.length() - 1, from + 1 + scheduler.random.nextInt(6)));
        if (to <= from) {
            return;
        }
        edit(Delta.builder().retain(from).delete(to - from).build(text.length()), List.of(), Optional.empty());
    }

    private static int wholeCharacter(String text, int at) {
        return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }

    private void format() {
        String text = client.session().shown().text().plain();
        int from = wholeCharacter(text, scheduler.random.nextInt(text.length()));
        int to = wholeCharacter(text, Math.min(text.length(), from + 1 + scheduler.random.nextInt(8)));
        if (to <= from) {
            return;
        }
        String name = scheduler.chance(0.5) ? "bold" : "italic";
        Value value = scheduler.chance(0.6) ? Value.TRUE : Value.CLEAR;
        edit(
                Delta.builder()
                        .retain(from)
                        .retain(to - from, Attributes.of(name, value))
                        .build(text.length()),
                List.of(),
                Optional.empty());
    }

    private void comment() {
        String thread = ClientId.random(scheduler.random).hex();
        var threads = client.session().shown().threads().byId().keySet();
        ThreadEvent event = threads.isEmpty() || scheduler.chance(0.5)
                ? new ThreadEvent.Opened(thread, thread, client.person.hex(), 1, "why?")
                : scheduler.chance(0.5)
                        ? new ThreadEvent.Resolved(threads.iterator().next(), client.person.hex(), 2)
                        : new ThreadEvent.Reopened(threads.iterator().next(), client.person.hex(), 3);
        edit(Delta.identity(length()), List.of(event), Optional.empty());
    }

    private void edit(Delta delta, List<ThreadEvent> events, Optional<Caret> caret) {
        world.seen.saw(Seen.What.EDITS);
        noteDeletions(delta);
        client.edits(new Change(delta, events), caret);
    }

    void noteDeletions(Delta delta) {
        String text = client.view().plain();
        delta.forEach(new Delta.Visitor() {
            private int at;

            @Override
            public void retain(int length, Attributes set) {
                at += length;
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {}

            @Override
            public void delete(int length) {
                world.tokens.deleting(text, at, at + length);
                at += length;
            }
        });
    }
}
