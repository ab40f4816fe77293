package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.KnownRelay;
import coscribe.client.Shelf;
import coscribe.client.link.Network;
import coscribe.client.link.RelayAddress;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel.Asked;
import coscribe.desktop.viewmodel.NotAllowedException;
import coscribe.ot.protocol.DocumentId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The relays that this profile has to do with, and one client for each: two would take each
/// other's credentials. What waits for a disk does so on a thread of its own, one thing after the
/// other; nothing waits there for a network. May be called from anywhere; futures complete anywhere.
final class Relays implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relays.class);

    private static final long ABANDONED_WITHIN_SECONDS = 5;

    private final Path profile;
    private final Path hosted;
    private final Workshop workshop;
    private final Supplier<BundledRelay> host;
    private final boolean mayHost;
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("coscribe-relays").factory());
    private final Map<RelayAddress, CoscribeClient> clients = new HashMap<>(); // on that thread
    private final Map<RelayAddress, Entry> entries = new HashMap<>(); // on that thread; still going on
    private Optional<BundledRelay> bundled = Optional.empty(); // on that thread
    private volatile Optional<RelayAddress> own = Optional.empty(); // of the bundled one

    /// Somebody came in.
    ///
    /// @param document  that the invite link was for
    record Joined(CoscribeClient client, Optional<DocumentId> document) {}

    /// Somebody is on their way in.
    private record Entry(InviteLink invite, String name, CompletableFuture<Joined> done) {
        /// Another way, however this one ends.
        <T> CompletableFuture<T> then(Supplier<CompletableFuture<T>> other) {
            return done.handle((joined, failure) -> true).thenCompose(ended -> other.get());
        }
    }

    /// @param network  to all but this computer's own
    /// @param host     starts the bundled relay; blocks
    /// @param mayHost  whether it may be started
    Relays(Places places, Workshop workshop, Network network, Supplier<BundledRelay> host, boolean mayHost) {
        this.profile = places.data();
        this.hosted = places.relay();
        this.workshop = workshop.with(new Network(
                network.trust(),
                network.proxies(),
                address -> own.filter(address::equals).isPresent()
                        || network.allowed().test(address)));
        this.host = host;
        this.mayHost = mayHost;
    }

    /// Follows an invite link. Fails with a {@link coscribe.client.runner.ClientException}.
    CompletableFuture<Joined> join(InviteLink invite, String name) {
        return goingOn(() -> joining(invite, name));
    }

    private CompletableFuture<Joined> joining(InviteLink invite, String name) {
        for (RelayAddress address : invite.addresses()) {
            var going = entries.get(address);
            if (going != null) {
                boolean same = going.invite().equals(invite) && going.name().equals(name);
                return same ? going.done() : going.then(() -> join(invite, name));
            }
            if (clients.containsKey(address) || CoscribeClient.isKnown(address, profile)) {
                var known = client(address);
                return known.follow(invite, name).thenApply(document -> new Joined(known, document));
            }
        }
        return enter(invite, name);
    }

    private CompletableFuture<Joined> enter(InviteLink invite, String name) {
        var entry = new Entry(invite, name, new CompletableFuture<>());
        invite.addresses().forEach(address -> entries.put(address, entry));
        var _ = CoscribeClient.joining(invite, name, profile, workshop)
                .whenCompleteAsync(
                        (client, failure) -> {
                            invite.addresses().forEach(address -> entries.remove(address, entry));
                            if (failure == null) {
                                clients.put(client.address(), client);
                                entry.done().complete(new Joined(client, client.invitedTo()));
                            } else {
                                entry.done().completeExceptionally(failure);
                            }
                        },
                        waiting);
        return entry.done();
    }

    private CoscribeClient client(RelayAddress address) {
        return clients.computeIfAbsent(address, it -> CoscribeClient.connect(it, profile, workshop));
    }

    /// A way into this computer's own relay, where that is the one at `address`.
    CompletableFuture<Optional<InviteLink>> ownWayIn(RelayAddress address) {
        return later(() -> bundled.filter(own -> own.address().equals(address)).map(BundledRelay::ownerInvite));
    }

    /// Somebody who was there before; does not wait for the network. Where it is this computer's
    /// own relay, that is started first; where it may not be, the copies that are here open as they
    /// do without a network.
    CompletableFuture<CoscribeClient> at(RelayAddress address) {
        return goingOn(() -> {
            var going = entries.get(address);
            if (going != null) {
                return going.then(() -> at(address));
            }
            boolean isOwn =
                    mayHost && BundledRelay.last(hosted).filter(address::equals).isPresent();
            return CompletableFuture.completedFuture(isOwn ? hostNow("") : client(address));
        });
    }

    /// The relay that a document's link names. The link does not say whether TLS is spoken: who
    /// was met already is met in the same way again.
    CompletableFuture<CoscribeClient> at(DocumentLink link) {
        return later(() -> link.addresses().stream()
                        .filter(clients::containsKey)
                        .findFirst()
                        .or(() -> CoscribeClient.relays(profile).stream()
                                .map(KnownRelay::address)
                                .filter(link.addresses()::contains)
                                .findFirst())
                        .orElse(link.addresses().getFirst()))
                .thenCompose(this::at);
    }

    /// The documents of which there is a copy here, the one used last first.
    CompletableFuture<List<DocumentEntry>> recent() {
        return later(() -> {
            var own = BundledRelay.last(hosted);
            return CoscribeClient.recent(profile).stream()
                    .map(known -> new DocumentEntry(
                            known.address(),
                            known.relay(),
                            known.document(),
                            known.title(),
                            own.filter(known.address()::equals).isPresent(),
                            Optional.of(known.usedAt()),
                            known.waiting(),
                            Optional.empty(),
                            true))
                    .toList();
        });
    }

    /// Where somebody signed in from this profile.
    CompletableFuture<List<RelayAddress>> known() {
        return later(() ->
                CoscribeClient.relays(profile).stream().map(KnownRelay::address).toList());
    }

    /// Asks every relay where somebody signed in from this profile for their documents. This
    /// computer's own is not started for it: what it has is here.
    CompletableFuture<List<Asked>> ask() {
        return later(() -> {
            var own = BundledRelay.last(hosted);
            var asked = new ArrayList<Asked>();
            for (KnownRelay known : CoscribeClient.relays(profile)) {
                boolean isOwn = own.filter(known.address()::equals).isPresent();
                boolean isEntering = entries.containsKey(known.address());
                if (!isEntering && (!isOwn || bundled.isPresent())) {
                    var client = client(known.address());
                    asked.add(new Asked(
                            known.relay(),
                            known.address().toString(),
                            client.documents().thenApply(shelf -> entries(shelf, isOwn))));
                }
            }
            return asked;
        });
    }

    private static List<DocumentEntry> entries(Shelf shelf, boolean hosted) {
        shelf.missing().ifPresent(why -> {
            throw why;
        });
        return shelf.documents().stream()
                .map(each -> new DocumentEntry(
                        each.address(),
                        each.relay(),
                        each.document(),
                        each.title(),
                        hosted,
                        Optional.of(each.usedAt()),
                        each.waiting(),
                        each.role(),
                        each.here()))
                .toList();
    }

    /// Starts this computer's own relay, if it does not run, and goes in as its owner.
    CompletableFuture<CoscribeClient> host(String name) {
        return later(() -> hostNow(name));
    }

    private CoscribeClient hostNow(String name) {
        if (!mayHost) {
            throw new NotAllowedException(NotAllowedException.What.HOSTING);
        }
        if (bundled.isEmpty()) {
            bundled = Optional.of(host.get());
        }
        var relay = bundled.get();
        own = Optional.of(relay.address());
        if (!clients.containsKey(relay.address()) && !CoscribeClient.isKnown(relay.address(), profile)) {
            // It is in this process: this wait is none for a network.
            clients.put(relay.address(), CoscribeClient.join(relay.ownerInvite(), name, profile, workshop));
        }
        return client(relay.address());
    }

    /// As {@link #later}, for what goes on elsewhere.
    private <T> CompletableFuture<T> goingOn(Supplier<CompletableFuture<T>> what) {
        return CompletableFuture.completedFuture(true).thenComposeAsync(begun -> what.get(), waiting);
    }

    private <T> CompletableFuture<T> later(Supplier<T> what) {
        return CompletableFuture.supplyAsync(what, waiting);
    }

    /// Leaves them all: documents are closed, each with its journal on the disk, then the bundled
    /// relay. Blocks; never on the thread that draws, which is needed meanwhile.
    @Override
    public void close() {
        later(() -> {
                    List.copyOf(clients.values()).forEach(Relays::closeOne);
                    bundled.ifPresent(Relays::closeOne);
                    return true;
                })
                .join();
        waiting.shutdown();
        workshop.close();
    }

    /// Closes the bundled relay, and waits for nothing else.
    void abandon() {
        try {
            var _ = later(() -> {
                        bundled.ifPresent(Relays::closeOne);
                        return true;
                    })
                    .get(ABANDONED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("event=relay_abandoned", e);
        }
    }

    private static void closeOne(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            LOG.warn("event=not_left", e);
        }
    }
}
