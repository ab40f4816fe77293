package coscribe.desktop.viewmodel;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.client.VirtualTime;
import coscribe.client.journal.MemoryJournal;
import coscribe.client.link.MemoryLink;
import coscribe.client.link.Peer;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Home;
import coscribe.client.runner.MemoryCopies;
import coscribe.client.runner.Surroundings;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// One writer in a document full of others, who do what a test says, in virtual time. Everything
/// runs on the caller's thread.
public final class Crowd implements Peer {
    public static final PersonId ME = new PersonId("a1".repeat(16));
    private static final DocumentId DOCUMENT = new DocumentId("d0".repeat(16));
    private static final Epoch EPOCH = new Epoch("e0".repeat(16));

    public final VirtualTime time = new VirtualTime();
    public final DocumentClient client;
    public final OwnColours colours = new OwnColours(Map.of());
    public final People people;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Map<ClientId, Member> members = new LinkedHashMap<>();
    private final Map<ClientId, Long> seqs = new HashMap<>();
    private final ClientId mine = ClientId.random(random);
    private Document text;
    private long revision = 1;
    private Optional<Line> line = Optional.empty();
    private boolean reachable = true;
    /// Whether what the writer types is committed; otherwise it stays pending.
    public boolean acknowledges = true;

    public Crowd(String words) {
        text = Document.EMPTY.apply(Change.of(Delta.builder().insert(words).build(1)));
        var around = Surroundings.of(Home.serial(time), time, time, time, new SplittableRandom(7));
        var link = new MemoryLink(this, around.home(), time, () -> reachable);
        client = DocumentClient.open(around, ME, DOCUMENT, link, new MemoryJournal(), new MemoryCopies());
        time.settle();
        people = new People(client, time, colours);
        time.settle();
    }

    @Override
    public void heard(Line from, ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello _ -> {
                line = Optional.of(from);
                from.tell(new ServerMessage.Welcome(
                        1,
                        new RelayId("ab".repeat(16)),
                        new Person(ME, "Me", new PaletteSlot(0, 0)),
                        Optional.empty(),
                        4_102_444_800_000L,
                        Optional.empty(),
                        true));
            }
            case ClientMessage.Join _ -> {
                from.tell(new ServerMessage.Joined(
                        DOCUMENT,
                        "Plan for spring",
                        mine,
                        Role.EDITOR,
                        EPOCH,
                        new Revision(revision),
                        new Revision(revision),
                        text.contentHash(),
                        true,
                        new ServerMessage.Resumed.Nothing(),
                        List.copyOf(members.values()),
                        ServerMessage.Durability.STRICT));
                from.tell(new ServerMessage.SnapshotPart(
                        new Revision(revision), 1, 1, text.text().asDelta(), text.threads()));
            }
            case ClientMessage.Submit(var submission) -> {
                if (acknowledges) {
                    commit(ME, mine, submission.seq(), submission.change(), submission.caret());
                }
            }
            default -> {}
        }
    }

    private void commit(PersonId author, ClientId by, long seq, Change change, Optional<Caret> caret) {
        text = text.apply(change);
        revision++;
        tell(new Committed(new Revision(revision), author, by, seq, Intent.EDIT, 0, change, caret, Optional.empty()));
    }

    private void tell(ServerMessage message) {
        line.ifPresent(it -> it.tell(message));
        time.settle();
    }

    private void tell(Member member) {
        members.put(member.client(), member);
        tell(new PresenceUpdate(List.of(member), List.of()));
    }

    // --- what others do

    @CanIgnoreReturnValue
    public ClientId joins(String name) {
        return joins(name, Role.EDITOR, new PaletteSlot(members.size() % 8, members.size() % 4));
    }

    @CanIgnoreReturnValue
    public ClientId joins(String name, Role role, PaletteSlot slot) {
        return joins(new Person(PersonId.random(random), name, slot), role);
    }

    /// Another device of somebody who may be here already.
    @CanIgnoreReturnValue
    public ClientId joins(Person person, Role role) {
        var device = ClientId.random(random);
        tell(new Member(device, person, role, Optional.empty()));
        return device;
    }

    public void stands(ClientId who, int position) {
        selects(who, position, position);
    }

    public void selects(ClientId who, int anchor, int head) {
        var member = members.get(who);
        tell(new Member(
                who,
                member.person(),
                member.role(),
                Optional.of(new CaretAt(new Revision(revision), new Caret(anchor, head)))));
    }

    /// Is still here, but nowhere in the text.
    public void leavesTheText(ClientId who) {
        var member = members.get(who);
        tell(new Member(who, member.person(), member.role(), Optional.empty()));
    }

    /// Inserts, and stands behind it then.
    public void types(ClientId who, int position, String words) {
        var person = members.get(who).person().id();
        var stamp = Attributes.of(Schema.AUTHOR, Value.of(person.hex()));
        var delta = Delta.builder().retain(position).insert(words, stamp).build(text.length());
        long seq = seqs.merge(who, 1L, Long::sum);
        commit(person, who, seq, Change.of(delta), Optional.of(Caret.at(position + words.length())));
    }

    public void deletes(ClientId who, int from, int to) {
        var delta = Delta.builder().retain(from).delete(to - from).build(text.length());
        long seq = seqs.merge(who, 1L, Long::sum);
        commit(members.get(who).person().id(), who, seq, Change.of(delta), Optional.of(Caret.at(from)));
    }

    public void leaves(ClientId who) {
        members.remove(who);
        tell(new PresenceUpdate(List.of(), List.of(who)));
    }

    /// The relay says what somebody is called who wrote here before.
    public void names(Person author) {
        tell(new PresenceUpdate(List.of(), List.of(), List.of(author)));
    }

    /// The relay presents the writer to everybody.
    public void presentsMe() {
        tell(new PresenceUpdate(
                List.of(new Member(mine, new Person(ME, "Me", new PaletteSlot(5, 1)), Role.OWNER, Optional.empty())),
                List.of()));
    }

    /// The writer's role is another one from now on.
    public void letsMe(Role role) {
        tell(new ServerMessage.RoleChanged(role));
    }

    // --- what the writer does

    public void iType(int position, String words) {
        var done = client.run(it -> it.insert(position, words));
        time.settle();
        done.join();
    }

    public void networkIs(boolean now) {
        reachable = now;
        if (!now) {
            line.ifPresent(Line::cut);
            line = Optional.empty();
        }
        time.settle();
    }

    public Collaborator find(ClientId who) {
        people.refresh();
        return people.find(who).orElseThrow();
    }
}
