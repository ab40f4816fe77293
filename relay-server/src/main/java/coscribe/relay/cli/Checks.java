package coscribe.relay.cli;

import coscribe.relay.Addresses;
import coscribe.relay.AdminDesk;
import coscribe.relay.Finding;
import coscribe.relay.Relay;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.Stores;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The checks of `doctor`. None of them changes anything.
final class Checks {
    private static final String OWNERS_FILE = "rw-------";
    private static final String GROUPS_FILE = "rw-r-----";
    private static final String OWNERS_FOLDER = "rwx------";
    /// Before that, this version did not exist.
    private static final Instant WRITTEN = Instant.parse("2026-11-24T00:00:00Z");

    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final long MIB = 1 << 20;
    private static final long LOW = 1024 * MIB;
    private static final long TOO_LOW = 100 * MIB;

    private final RelayConfig config;
    private final Optional<Path> file;
    private final Relay.World world;
    private final Optional<String> client;

    /// @param client  the address at which people reach the relay, where that is to be tried
    Checks(RelayConfig config, Optional<Path> file, Relay.World world, Optional<String> client) {
        this.config = config;
        this.file = file;
        this.world = world;
        this.client = client;
    }

    List<Finding> all() {
        var findings = new ArrayList<Finding>();
        findings.add(configuration());
        findings.add(folder());
        findings.add(disk());
        findings.add(clock());
        var running = running();
        findings.addAll(ports(running));
        findings.add(network());
        config.tls()
                .ifPresent(
                        tls -> findings.addAll(TlsChecks.of(tls, world.clock().instant())));
        findings.add(store(running));
        findings.addAll(world.judge().apply(config));
        client.ifPresent(address -> findings.add(ClientCheck.look(address)));
        return findings;
    }

    private Finding configuration() {
        if (file.isEmpty()) {
            return Finding.ok("config", "No relay.conf; every key that is not set otherwise has its default.");
        }
        boolean holdsSecret = config.settings().stream()
                .anyMatch(setting -> setting.key().isSecret()
                        && !setting.value().isEmpty()
                        && setting.source().contains(" line "));
        boolean isOwn = isOwn(file.get());
        if (holdsSecret
                && (othersMayRead(file.get()) || (isOwn && othersMay(file.get(), PosixFilePermission.GROUP_READ)))) {
            var mode = isOwn ? "600 " : "640 ";
            return Finding.warn(
                            "config",
                            file.get() + " holds a secret and others may read it. Close it: chmod " + mode + file.get())
                    .closedBy(file.get(), isOwn ? OWNERS_FILE : GROUPS_FILE);
        }
        return Finding.ok("config", file.get() + " is understood.");
    }

    /// Whether it belongs to the relay's user. The package's relay.conf is root's, and the relay reads it
    /// through its group: without that it would be shut out.
    private boolean isOwn(Path file) {
        try {
            return !Files.exists(config.dataDir()) || Files.getOwner(file).equals(Files.getOwner(config.dataDir()));
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }

    private Finding folder() {
        var folder = config.dataDir();
        if (!Files.exists(folder)) {
            var parent = existingParent(folder);
            return Files.isWritable(parent)
                    ? Finding.ok("data.dir", folder + " is not there yet; the first start makes it.")
                    : Finding.fail(
                            "data.dir",
                            folder + " can't be made: " + parent
                                    + " is closed to this user. Let the relay's user write there, or set data.dir.");
        }
        if (!Files.isDirectory(folder)) {
            return Finding.fail("data.dir", folder + " is a file. Move it away, or set data.dir to a folder.");
        }
        if (!Files.isWritable(folder)) {
            return Finding.fail(
                    "data.dir",
                    folder + " is closed to this user. Give it to the relay's user: chown -R USER " + folder);
        }
        if (othersMay(folder, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE)) {
            return Finding.fail(
                            "data.dir",
                            "Others on this computer may change what is in " + folder + ". Close it: chmod 700 "
                                    + folder)
                    .closedBy(folder, OWNERS_FOLDER);
        }
        if (othersMay(folder, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE)) {
            return Finding.warn(
                            "data.dir",
                            "Others on this computer may look into " + folder + ". Close it: chmod 700 " + folder)
                    .closedBy(folder, OWNERS_FOLDER);
        }
        return Finding.ok("data.dir", folder + " is writable and closed to others.");
    }

    private Finding disk() {
        var folder = existingParent(config.dataDir());
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            var amount = free / MIB + " MiB free where " + config.dataDir() + " is.";
            if (free < TOO_LOW) {
                return Finding.fail("disk", amount + " Make room: edits are refused when it is full.");
            }
            return free < LOW ? Finding.warn("disk", amount + " Make room soon.") : Finding.ok("disk", amount);
        } catch (IOException e) {
            return Finding.warn("disk", "The free space where " + config.dataDir() + " is can't be read.");
        }
    }

    /// Without another clock to compare with: it is not earlier than what it stamped itself.
    private Finding clock() {
        var now = world.clock().instant();
        if (now.isBefore(WRITTEN)) {
            return Finding.fail("clock", "The clock says " + now + ", which is in the past. Let it be set by NTP.");
        }
        try (var files = Files.isDirectory(config.dataDir())
                ? Files.list(config.dataDir())
                : java.util.stream.Stream.<Path>empty()) {
            var newest = files.map(Checks::changed).max(Instant::compareTo).orElse(WRITTEN);
            if (newest.isAfter(now.plus(AHEAD))) {
                return Finding.fail(
                        "clock",
                        "The clock says " + now + ", but data was written at " + newest + ". Let it be set by NTP.");
            }
        } catch (IOException e) {
            return Finding.warn("clock", "The clock says " + now + "; there was no data to compare it with.");
        }
        return Finding.ok("clock", "The clock says " + now + ".");
    }

    private static Instant changed(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            return WRITTEN; // gone since it was listed
        }
    }

    /// What the relay says that runs on this folder.
    private Optional<Map<String, String>> running() {
        try {
            return AdminSocket.ask(config.dataDir(), Map.of(AdminDesk.COMMAND, "status"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Finding> ports(Optional<Map<String, String>> running) {
        var findings = new ArrayList<Finding>();
        if (running.isPresent()) {
            findings.add(Finding.ok(
                    "port",
                    "A relay runs here (version " + running.get().get("version") + ") at "
                            + running.get().get("address") + "."));
            return findings;
        }
        findings.add(port("port", "bind", config.bind()));
        config.metricsBind().ifPresent(address -> findings.add(port("metrics", "metrics.bind", address)));
        return findings;
    }

    private static Finding port(String what, String key, InetSocketAddress address) {
        var shown = address.getHostString() + ":" + address.getPort();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address.getHostString(), address.getPort()));
            return Finding.ok(what, shown + " is free.");
        } catch (IOException e) {
            return Finding.fail(
                    what,
                    shown + " can't be listened on (" + e.getMessage() + "). Stop the program that has it, or set "
                            + key + ".");
        }
    }

    private Finding network() {
        if (!config.listensBeyondLoopback()) {
            return Finding.ok("network", "Only this computer, or a proxy on it, reaches the relay.");
        }
        return config.isEncrypted()
                ? Finding.ok(
                        "network",
                        "Others reach the relay at "
                                + Addresses.of(config, config.bind().getPort()).web() + ".")
                : Finding.warn(
                        "network",
                        "Others on the network reach the relay, and could read along. Set tls.cert and tls.key, or put"
                                + " a proxy with TLS before it and set public.url to its https address.");
    }

    private Finding store(Optional<Map<String, String>> running) {
        if (running.isPresent()) {
            var refused = Optional.ofNullable(running.get().get(AdminDesk.REFUSED));
            return refused.map(reason -> Finding.fail("store", "The running relay refuses edits. " + reason))
                    .orElseGet(() -> Finding.ok(
                            "store",
                            "The running relay has it open: " + running.get().get("store") + "."));
        }
        if (config.store() instanceof RelayConfig.StoreChoice.Embedded && !Files.exists(config.dataDir())) {
            return Finding.ok("store", "Empty; the first start makes it.");
        }
        try (var stores = world.opener().open(config).requireWhole()) {
            var _ = Stores.wait(stores.documents().ping().thenApply(_ -> true));
            return Finding.ok("store", stores.shown() + " opens and answers.");
        } catch (StoreUnavailableException | RelayFailure e) {
            return Finding.fail("store", "The store can't be used: " + e.getMessage());
        }
    }

    private static Path existingParent(Path folder) {
        Path each = folder.toAbsolutePath();
        while (!Files.isDirectory(each)) {
            var parent = each.getParent();
            if (parent == null) {
                return each;
            }
            each = parent;
        }
        return each;
    }

    static boolean othersMayRead(Path file) {
        return othersMay(file, PosixFilePermission.OTHERS_READ);
    }

    private static boolean othersMay(Path path, PosixFilePermission... any) {
        try {
            var permissions = Files.getPosixFilePermissions(path);
            return List.of(any).stream().anyMatch(permissions::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // a system without such permissions protects in its own way
        }
    }
}
