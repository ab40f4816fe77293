package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig.BackupPlan;
import coscribe.relay.RelayFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a backup of the running relay again and again, as `backup` does, and keeps the newest ones.
/// A start makes none that is not due: what counts is the age of the newest one.
final class BackupSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupSchedule.class);
    private static final String BEGIN = "scheduled-";
    private static final String END = ".backup";
    private static final long END_WITHIN_SECONDS = 10;

    private final BackupPlan plan;
    private final AdminDesk desk;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("relay-backups").factory());

    /// @param desk  of the running relay
    BackupSchedule(BackupPlan plan, AdminDesk desk, InstantSource clock) {
        this.plan = plan;
        this.desk = desk;
        this.clock = clock;
    }

    void start() {
        long every = plan.every().toMillis();
        var _ = thread.scheduleWithFixedDelay(this::make, firstDue().toMillis(), every, TimeUnit.MILLISECONDS);
    }

    private Duration firstDue() {
        var made = made();
        if (made.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            Instant due = Files.getLastModifiedTime(made.getFirst()).toInstant().plus(plan.every());
            var wait = Duration.between(clock.instant(), due);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (IOException e) {
            return Duration.ZERO; // gone since it was listed
        }
    }

    /// The newest first: their names tell when they were made.
    private List<Path> made() {
        if (!Files.isDirectory(plan.folder())) {
            return List.of();
        }
        try (var files = Files.list(plan.folder())) {
            return files.filter(file -> {
                        var name = file.getFileName().toString();
                        return name.startsWith(BEGIN) && name.endsWith(END);
                    })
                    .sorted(Comparator.<Path>naturalOrder().reversed())
                    .toList();
        } catch (IOException e) {
            LOG.warn("event=backups_unlisted folder={}", plan.folder(), e);
            return List.of();
        }
    }

    private void make() {
        try {
            var file = plan.folder().resolve(BEGIN + BackupFiles.stamp(clock.instant()) + END);
            var written = BackupFiles.write(file, out -> desk.stream(Map.of(AdminDesk.COMMAND, AdminDesk.BACKUP), out));
            int damaged = written.summary().damaged().size();
            if (damaged > 0) {
                LOG.error(
                        "event=backup_incomplete file={} damaged={} note=\"no older backup is deleted\"",
                        file,
                        damaged);
                return;
            }
            LOG.info("event=backup_made file={} bytes={} sha256={}", file, written.bytes(), written.sha256());
            for (var old : made().stream().skip(plan.keep()).toList()) {
                Files.deleteIfExists(old);
            }
        } catch (RelayFailure | IOException e) {
            LOG.error("event=backup_failed folder={}", plan.folder(), e);
        } catch (RuntimeException e) { // else there would be no next one
            LOG.error("event=backup_failed folder={}", plan.folder(), e);
        }
    }

    /// Lets one that is being made end, for a while.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=backup_broken_off");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
