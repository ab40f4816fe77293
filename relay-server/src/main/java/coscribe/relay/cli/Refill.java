package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.Stores;
import coscribe.relay.backup.Restore;
import coscribe.relay.backup.Summary;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.store.StoreInUseException;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts a backup into a store. What is there already is never thrown away: files are moved aside,
/// what lies in Redis is backed up first.
final class Refill {
    private static final String STORE_FILES = "store.";
    private static final String LOCK = "store.lock";

    private final RelayConfig config;
    private final CommandContext context;
    private final String stamp;

    Refill(RelayConfig config, CommandContext context) {
        this.config = config;
        this.context = context;
        this.stamp = BackupFiles.stamp(context.world().clock().instant());
    }

    /// @throws RelayFailure  where a relay runs on the data folder
    void requireNobodyRuns() {
        try {
            if (AdminSocket.ask(config.dataDir(), Map.of(AdminDesk.COMMAND, "status"))
                    .isPresent()) {
                throw new RelayFailure(
                        RelayFailure.FAILED,
                        "A relay runs on " + config.dataDir()
                                + ". Stop it first, then try again. Nothing was changed.");
            }
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "Something that does not answer holds " + config.dataDir() + " (" + e.getMessage()
                            + "). Stop it first, then try again. Nothing was changed.",
                    e);
        }
    }

    /// Whether nobody could miss what the store holds: it is empty, or a restore into it did not end.
    ///
    /// @throws StoreUnavailableException  where it can't be opened
    boolean isEmpty() {
        if (config.store() instanceof RelayConfig.StoreChoice.Embedded
                && storeFiles().isEmpty()) {
            return true;
        }
        try (var stores = context.world().opener().open(config)) {
            return isEmpty(stores);
        }
    }

    private static boolean isEmpty(Stores stores) {
        return Stores.wait(stores.mark().begun()).isPresent() || Restore.isEmpty(stores.holdings());
    }

    /// Fills the store with a backup that was verified.
    ///
    /// @param force  whether what is there may be replaced
    /// @return where what was there is now
    Optional<Path> from(Path backup, Summary summary, boolean force) {
        try {
            return switch (config.store()) {
                case RelayConfig.StoreChoice.Embedded() -> files(backup, summary, force);
                case RelayConfig.StoreChoice.Redis _ -> redis(backup, summary, force);
            };
        } catch (StoreUnavailableException e) {
            throw Desk.away(e);
        }
    }

    private RelayFailure notEmpty(String becomes) {
        return new RelayFailure(
                RelayFailure.FAILED,
                "The store is not empty: there are documents or people in it. Nothing was changed. Choose an empty one,"
                        + " or add --force; what is there is then " + becomes + ".");
    }

    /// Into a new database beside the old one, which takes its place when it is whole.
    private Optional<Path> files(Path backup, Summary summary, boolean force) {
        if (!force && !isEmpty()) {
            throw notEmpty("moved into a folder beside it");
        }
        if (force) {
            requireFree();
        }
        var fresh = config.dataDir().resolve("restoring-" + stamp);
        try {
            if (!Files.isDirectory(config.dataDir())) {
                var _ = Files.createDirectories(config.dataDir(), OwnersOnly.folder(config.dataDir()));
            }
            try (var stores = context.world().opener().open(config.in(fresh))) {
                fill(stores, backup, summary);
            }
            var aside = moveAside();
            for (var file : list(fresh)) {
                if (!file.getFileName().toString().equals(LOCK)) {
                    var _ = Files.move(file, config.dataDir().resolve(file.getFileName()));
                }
            }
            return aside;
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "The restored store can't take its place in " + config.dataDir() + " (" + BackupFiles.reason(e)
                            + "). Look at that folder: nothing of the old store is deleted.",
                    e);
        } finally {
            remove(fresh);
        }
    }

    /// A store that is damaged may be replaced; one that somebody uses may not.
    private void requireFree() {
        try {
            var _ = isEmpty();
        } catch (StoreInUseException e) {
            throw e;
        } catch (StoreUnavailableException e) {
            context.err().println("What is there can't be used: " + e.getMessage() + " It is moved aside as it is.");
        }
    }

    private Optional<Path> moveAside() throws IOException {
        var old = storeFiles();
        if (old.isEmpty()) {
            return Optional.empty();
        }
        var aside = config.dataDir().resolve("replaced-" + stamp);
        var _ = Files.createDirectory(aside, OwnersOnly.folder(aside));
        for (var file : old) {
            var _ = Files.move(file, aside.resolve(file.getFileName()));
        }
        return Optional.of(aside);
    }

    private List<Path> storeFiles() {
        return list(config.dataDir()).stream()
                .filter(file -> file.getFileName().toString().startsWith(STORE_FILES)
                        && !file.getFileName().toString().equals(LOCK))
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try {
            for (var file : list(folder)) {
                Files.delete(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            return; // what stays of it is named after what it is
        }
    }

    private Optional<Path> redis(Path backup, Summary summary, boolean force) {
        try (var stores = context.world().opener().open(config)) {
            if (isEmpty(stores)) {
                fill(stores, backup, summary);
                return Optional.empty();
            }
            if (!force) {
                throw notEmpty("backed up into data.dir first");
            }
            var kept = BackupFiles.ofStores(
                    config.dataDir().resolve(BackupCommand.FOLDER).resolve("replaced-" + stamp + ".backup"),
                    stores,
                    context);
            if (!kept.summary().damaged().isEmpty()) {
                throw new RelayFailure(
                        RelayFailure.CHECK_FAILED,
                        "Documents that are there do not verify, and would be lost: "
                                + kept.summary().damaged() + ". Nothing was replaced. Keep a copy of Redis' own files,"
                                + " empty it, then restore.");
            }
            fill(stores, backup, summary);
            return Optional.of(kept.file());
        }
    }

    private void fill(Stores stores, Path backup, Summary summary) {
        var _ = Stores.wait(stores.mark().set(context.world().clock().instant()).thenApply(_ -> true));
        Restore.clear(stores.holdings());
        var restore = new Restore(
                stores.documents(), stores.holdings(), context.world().random(), summary.damaged());
        var read = BackupFiles.read(backup, restore);
        if (!read.equals(summary)) {
            throw new RelayFailure(
                    RelayFailure.CHECK_FAILED, backup + " changed while it was read. Begin again with --force.");
        }
        var _ = Stores.wait(stores.mark().remove().thenApply(_ -> true));
    }
}
