package coscribe.ot.wire;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.document.Threads;
import coscribe.ot.kit.Gen;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Draws whatever can be said on the wire, sensible or not: every field at its edges, texts full of
/// what has to be escaped. The same seed draws the same.
final class Said {
    private static final String[] PIECES = {
        "a",
        " ",
        "\"",
        "\\",
        "/",
        "\n",
        "\t",
        "\r",
        "\b",
        "\f",
        "\u0000",
        "\u001f",
        "\u007f",
        "\u0080",
        "é",
        "\u05e9",
        "中",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffc",
        "\ufffd",
        "\uffff",
        "\ud83d\ude00",
        "\ud835\udcb3",
        "</script>"
    };
    private static final String[] NAMES = {
        "bold", "author", "link", "comment:1", "a", "Z", "é", "\ud83d\ude00", "\"", ""
    };

    private final SplittableRandom random;

    Said(Gen gen) {
        random = new SplittableRandom(gen.below(Integer.MAX_VALUE));
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private boolean chance() {
        return random.nextBoolean();
    }

    private <T> Optional<T> maybe(Supplier<T> made) {
        return chance() ? Optional.of(made.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> made) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(made.get());
        }
        return list;
    }

    private String hex(int digits) {
        var text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    private String id() {
        return hex(32);
    }

    String text(int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(pick(PIECES));
        }
        return text.toString();
    }

    private long number() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Revision.MAX;
            case 2 -> random.nextInt(100);
            default -> random.nextLong(Revision.MAX);
        };
    }

    private Revision revision() {
        return new Revision(number());
    }

    Attributes attributes(boolean onRetain) {
        var entries = new TreeMap<String, Value>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(
                    pick(NAMES),
                    switch (random.nextInt(onRetain ? 4 : 3)) {
                        case 0 -> Value.TRUE;
                        case 1 -> Value.of(chance() ? random.nextInt() : random.nextInt(5));
                        case 2 -> Value.of(text(3));
                        default -> Value.CLEAR;
                    });
        }
        return Attributes.of(entries);
    }

    Delta delta() {
        var out = Delta.builder();
        for (int i = random.nextInt(8); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> out.retain(1 + random.nextInt(20));
                case 1 -> out.retain(1 + random.nextInt(1 << random.nextInt(1, 24)), attributes(true));
                case 2 -> out.insert("x" + text(5));
                case 3 -> out.insert("y" + text(5), attributes(false));
                default -> out.delete(1 + random.nextInt(20));
            }
        }
        return out.build();
    }

    private ThreadEvent event() {
        return switch (random.nextInt(6)) {
            case 0 -> new ThreadEvent.Opened(id(), id(), id(), number(), text(8));
            case 1 -> new ThreadEvent.Replied(id(), id(), id(), number(), text(8));
            case 2 -> new ThreadEvent.Edited(id(), id(), id(), number(), text(8));
            case 3 -> new ThreadEvent.Resolved(id(), id(), number());
            case 4 -> new ThreadEvent.Reopened(id(), id(), number());
            default -> new ThreadEvent.Deleted(id(), id(), number());
        };
    }

    Change change() {
        return new Change(delta(), chance() ? List.of() : some(this::event));
    }

    private Caret caret() {
        return new Caret(random.nextInt(1_000), random.nextInt(Delta.MAX_LENGTH + 1));
    }

    private ContentHash contentHash() {
        return new ContentHash(hex(16));
    }

    Threads threads() {
        var threads = new TreeMap<String, Threads.Thread>();
        for (int i = random.nextInt(3); i > 0; i--) {
            threads.put(
                    id(), new Threads.Thread(chance(), some(() -> new Threads.Comment(id(), id(), number(), text(8)))));
        }
        return new Threads(threads);
    }

    private Delta inserts() {
        var out = Delta.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            out.insert("x" + text(5), attributes(false));
        }
        return out.build();
    }

    Document document() {
        var out = Delta.builder();
        out.insert(Text.EMPTY.apply(inserts()).plain(), attributes(false));
        return new Document(
                Text.EMPTY
                        .apply(inserts())
                        .plus(Text.EMPTY.apply(out.insert("\n").build())),
                threads());
    }

    private Credential credential() {
        return switch (random.nextInt(4)) {
            case 0 -> new Credential.AccessToken(text(10));
            case 1 -> new Credential.InviteCode(text(4), text(3));
            case 2 -> new Credential.Refresh(text(6));
            default -> new Credential.Header();
        };
    }

    ClientMessage clientMessage() {
        return switch (random.nextInt(11)) {
            case 0 -> new ClientMessage.Hello(random.nextInt(3), random.nextInt(9), credential(), new DeviceId(id()));
            case 1 -> new ClientMessage.Renew(credential());
            case 2 -> new ClientMessage.Create(text(9));
            case 3 ->
                new ClientMessage.Invite(
                        new DocumentId(id()), pick(Role.values()), 1 + random.nextInt(99_999), 1 + random.nextInt(9));
            case 4 ->
                new ClientMessage.Join(
                        new DocumentId(id()),
                        maybe(() -> new ClientId(id())),
                        maybe(() -> new ClientMessage.Known(new Epoch(id()), revision(), contentHash())));
            case 5, 6 ->
                new ClientMessage.Submit(new Submission(
                        Math.max(1, number()), revision(), pick(Intent.values()), change(), maybe(this::caret)));
            case 7 ->
                chance()
                        ? new ClientMessage.MoveCaret(revision(), maybe(this::caret))
                        : new ClientMessage.CatchUp(revision());
            case 8 -> new ClientMessage.Rename(new DocumentId(id()), text(9));
            case 9 -> new ClientMessage.ListDocuments(maybe(this::place), 1 + random.nextInt(Limits.LIST_DOCUMENTS));
            default -> new ClientMessage.Ping(number());
        };
    }

    private ListPlace place() {
        return new ListPlace(number(), new DocumentId(id()));
    }

    private ListedDocument listed() {
        return new ListedDocument(new DocumentId(id()), text(9), pick(Role.values()), number());
    }

    private Person person() {
        return new Person(new PersonId(id()), text(4), new PaletteSlot(random.nextInt(8), random.nextInt(4)));
    }

    private ServerMessage.Tokens tokens() {
        return new ServerMessage.Tokens(text(9), text(9));
    }

    private ServerMessage.Member member() {
        return new ServerMessage.Member(
                new ClientId(id()),
                person(),
                pick(Role.values()),
                maybe(() -> new ServerMessage.CaretAt(revision(), caret())));
    }

    private ServerMessage.Resumed resumed() {
        return switch (random.nextInt(3)) {
            case 0 -> new ServerMessage.Resumed.Nothing();
            case 1 -> new ServerMessage.Resumed.At(number(), revision());
            default -> new ServerMessage.Resumed.Unknown();
        };
    }

    Committed committed() {
        return new Committed(
                revision(),
                new PersonId(id()),
                new ClientId(id()),
                Math.max(1, number()),
                pick(Intent.values()),
                number(),
                change(),
                maybe(this::caret),
                maybe(this::contentHash));
    }

    ServerMessage serverMessage() {
        int of = 1 + random.nextInt(9);
        int part = 1 + random.nextInt(of);
        return switch (random.nextInt(17)) {
            case 0 ->
                new ServerMessage.Welcome(
                        random.nextInt(9),
                        new RelayId(id()),
                        person(),
                        maybe(this::tokens),
                        number(),
                        maybe(() -> new DocumentId(id())),
                        chance());
            case 1 -> new ServerMessage.Renewed(maybe(this::tokens), number());
            case 2 -> new ServerMessage.Created(new DocumentId(id()));
            case 3 -> new ServerMessage.Invited(text(5), number());
            case 4 ->
                new ServerMessage.Joined(
                        new DocumentId(id()),
                        text(9),
                        new ClientId(id()),
                        pick(Role.values()),
                        new Epoch(id()),
                        revision(),
                        revision(),
                        contentHash(),
                        chance(),
                        resumed(),
                        some(this::member),
                        pick(ServerMessage.Durability.values()));
            case 5 -> new ServerMessage.SnapshotPart(revision(), part, of, inserts(), threads());
            case 6 ->
                new ServerMessage.Range(
                        revision(),
                        revision(),
                        part,
                        of,
                        change(),
                        part == of ? Optional.of(contentHash()) : Optional.empty());
            case 7 -> new ServerMessage.Refused(number(), pick(Refusal.values()), text(9), number());
            case 8 -> new ServerMessage.RoleChanged(pick(Role.values()));
            case 9 ->
                new ServerMessage.PresenceUpdate(
                        some(this::member), some(() -> new ClientId(id())), some(this::person));
            case 10 -> new ServerMessage.Failed(pick(FailureCode.values()), text(9), number(), chance());
            case 11 -> new ServerMessage.Pong(number());
            case 12 -> new ServerMessage.Renamed(new DocumentId(id()), text(9));
            case 13 -> new ServerMessage.Titled(text(9));
            case 14 -> new ServerMessage.Listed(some(this::listed), maybe(this::place));
            default -> committed();
        };
    }
}
