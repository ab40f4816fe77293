package coscribe.bench.windows;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.Surroundings;
import coscribe.desktop.host.BundledRelay;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A relay whose documents somebody was in at different times, and that person's profile: for
/// pictures of what was open before. Time passes here as it is told to.
final class Bookcase implements AutoCloseable {
    private static final Duration DAY = Duration.ofHours(24);

    private final Path folder;
    private final BundledRelay relay;
    private final Workshop workshop;
    private volatile Duration ago = Duration.ZERO;

    /// A document.
    ///
    /// @param role  of the person in it
    /// @param ago   when they were last in it
    record Book(String title, Role role, Duration ago) {}

    Bookcase(Path folder) {
        this.folder = folder;
        var random = new SecureRandom();
        var kept = folder.resolve("bookcase");
        usualPort(kept);
        this.relay = BundledRelay.start(kept, this::now, random, "pictures");
        var own = Workshop.ofOwnThreads();
        var around = own.surroundings();
        this.workshop = new Workshop(
                new Surroundings(around.home(), around.disk(), around.timer(), this::now, random),
                own.network(),
                own.closing());
    }

    /// As if the relay had been there before: it comes back there, unless somebody else is.
    private static void usualPort(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("port"), "7450");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a relay: " + folder, e);
        }
    }

    private RelayAddress address() {
        return new RelayAddress(Troupe.SERVER, relay.address().port(), false);
    }

    private Instant now() {
        return Instant.now().minus(ago);
    }

    /// Lets somebody be in each of the documents, at its time.
    ///
    /// @param books    the one used first first
    /// @param waiting  where three edits were made without a connection
    void read(Path profile, String name, List<Book> books, String waiting) {
        books.forEach(book -> {
            ago = book.ago();
            try (var owner = owner()) {
                var id = owner.createDocument(book.title()).join();
                var way = new InviteLink(
                        List.of(address()),
                        owner.invite(id, book.role(), DAY, 1).join());
                visit(profile, name, way, id, book.title().equals(waiting));
            }
            Troupe.frames(400); // the relay puts down behind the visit when it was
        });
        ago = Duration.ZERO;
    }

    private void visit(Path profile, String name, InviteLink way, DocumentId id, boolean goesOffline) {
        boolean first = !CoscribeClient.isKnown(address(), profile);
        try (var client = first
                ? CoscribeClient.join(way, name, profile, workshop)
                : CoscribeClient.connect(address(), profile, workshop)) {
            if (!first) {
                var _ = client.follow(way, name).join();
            }
            var document = client.open(id).opened().join();
            if (goesOffline) {
                document.run(it -> it.workOffline(true)).join();
                List.of("One.", " Two.", " Three.")
                        .forEach(words -> document.run(it -> it.append(words)).join());
            }
        }
    }

    private CoscribeClient owner() {
        var profile = folder.resolve("owner");
        return CoscribeClient.isKnown(relay.address(), profile)
                ? CoscribeClient.connect(relay.address(), profile, workshop)
                : CoscribeClient.join(relay.ownerInvite(), "Ada", profile, workshop);
    }

    @Override
    public void close() {
        workshop.close();
        relay.close();
    }
}
