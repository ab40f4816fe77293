package coscribe.client.journal.file;

import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.client.journal.JournalException.Kind;
import coscribe.client.journal.RecordCodec;
import coscribe.ot.session.JournalRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A {@link Journal} in the file `journal` of a folder, with `journal.lock` beside it, and
/// `Leftovers` for people. A rewrite goes into `journal.new`, is forced, and takes the old file's
/// place in one step.
///
/// Appending takes no longer than a write to the page cache: forcing happens beside it, on the
/// timer's thread.
public final class FileJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    /// What was appended is forced within this time.
    public static final Duration FORCED_WITHIN = Duration.ofMillis(200);
    private static final long REWRITE_AT_LEAST = 1L << 20;

    private final Disk disk;
    private final Path folder;
    private final Path file;
    private final Leftovers beside;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final Closeable lease;
    private Opening opening = new Opening(List.of(), List.of());
    private volatile Consumer<State> listener = state -> {};

    /// Held while forcing or replacing the file; taken before `lock`.
    private final Object forcing = new Object();

    private final Object lock = new Object();
    private Optional<Disk.Output> output = Optional.empty();
    private Optional<JournalException> failure = Optional.empty();
    private Optional<byte[]> unkept = Optional.empty(); // bytes behind a damage that the disk did not take yet
    private Optional<Path> aside = Optional.empty();
    private long salt;
    private long length;
    private long checkpointBytes;
    private long appended;
    private long forced;
    private boolean forceDue;
    private boolean begun; // there is a file
    private boolean closed;

    private FileJournal(
            Disk disk, Path folder, ScheduledExecutorService timer, RandomGenerator random, Closeable lease) {
        this.disk = disk;
        this.folder = folder;
        this.file = folder.resolve("journal");
        this.beside = new Leftovers(disk, folder);
        this.timer = timer;
        this.random = random;
        this.lease = lease;
    }

    /// Opens or begins the journal of a folder, which must exist. Throws {@link JournalException}
    /// `LOCKED` where somebody has it open, `UNREADABLE` where the disk does not give back what is
    /// there. A disk that takes no bytes is no reason not to open: then the state says so.
    ///
    /// @param timer   forces what was written
    /// @param random  names files, so that no byte of an old one is taken for one of a new one
    public static FileJournal open(Disk disk, Path folder, ScheduledExecutorService timer, RandomGenerator random) {
        try {
            var lease = disk.lock(folder.resolve("journal.lock"));
            if (lease.isEmpty()) {
                throw new JournalException(
                        Kind.LOCKED, "This document is open in another window or program of this computer.");
            }
            var journal = new FileJournal(disk, folder, timer, random, lease.get());
            try {
                journal.load();
                return journal;
            } catch (IOException | RuntimeException e) {
                lease.get().close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException(Kind.UNREADABLE, "The offline copy of this document cannot be read.", e);
        }
    }

    /// What stands in the journal of a folder, if some of it may be unsent; nothing where all is
    /// acknowledged, or no journal is there. For a look from beside whoever has it open: takes no
    /// lock, changes nothing, and reads the file once.
    public static List<JournalRecord> unsettled(Disk disk, Path folder) throws IOException {
        return disk.read(folder.resolve("journal"))
                .map(JournalFormat::unsettled)
                .orElse(List.of());
    }

    private void load() throws IOException {
        var leftovers = new ArrayList<>(beside.read());
        var found = disk.read(file);
        if (found.isEmpty()) {
            opening = new Opening(List.of(), leftovers);
            beginAnew();
            return;
        }
        begun = true;
        byte[] bytes = found.get();
        var scan = JournalFormat.scan(bytes);
        if (scan.goodBytes() < bytes.length || scan.salt().isEmpty()) {
            // Behind a damage its own header is missing, so the whole file is kept: only in it do the rest's places
            // fit.
            LOG.warn("journal damaged, kept apart good={} bytes={}", scan.goodBytes(), bytes.length);
            unkept = Optional.of(bytes);
            leftovers.add(
                    new Leftover(keepLeftover().map(Leftovers::name), bytes.length - scan.goodBytes(), scan.behind()));
        }
        opening = new Opening(scan.records(), leftovers);
        if (scan.salt().isEmpty()) {
            beginAnew();
        } else {
            goOn(scan, bytes.length);
        }
    }

    private void beginAnew() {
        try {
            rewrite(List.of());
        } catch (JournalException e) {
            failure = Optional.of(e);
            LOG.warn("journal not begun, edits stay in memory", e);
        }
    }

    private void goOn(JournalFormat.Scan scan, int had) {
        try {
            var out = disk.append(file);
            output = Optional.of(out);
            salt = scan.salt().orElseThrow();
            length = scan.goodBytes();
            checkpointBytes = scan.lastCheckpointBytes();
            if (scan.goodBytes() < had) {
                if (unkept.isPresent()) {
                    failure = Optional.of(DiskTrouble.of(new IOException("the damaged rest could not be kept")));
                    return;
                }
                out.truncate(length);
                out.force();
            }
        } catch (IOException e) {
            failure = Optional.of(DiskTrouble.of(e));
            LOG.warn("journal not continued, edits stay in memory", e);
        }
    }

    /// Writes the bytes that could not be used into a file of their own; empty: the disk did not
    /// take them.
    private Optional<Path> keepLeftover() {
        try {
            Path left = beside.keep(unkept.orElseThrow());
            unkept = Optional.empty();
            return Optional.of(left);
        } catch (IOException e) {
            LOG.warn("damaged part of the journal not kept yet", e);
            return Optional.empty();
        }
    }

    @Override
    public Opening opening() {
        return opening;
    }

    @Override
    public void append(JournalRecord entry) {
        State before = state();
        synchronized (lock) {
            failure.ifPresent(had -> {
                throw had;
            });
            var bytes = JournalFormat.record(salt, length, RecordCodec.encode(entry));
            int size = bytes.remaining();
            try {
                output.orElseThrow(() -> new IllegalStateException("the journal is closed"))
                        .write(bytes);
            } catch (IOException e) {
                failure = Optional.of(DiskTrouble.of(e));
            }
            if (failure.isEmpty()) {
                length += size;
                appended++;
                checkpointBytes = entry instanceof JournalRecord.Checkpoint ? size : checkpointBytes;
                forceSoon();
            }
        }
        tell(before);
        throwFailure();
    }

    private void forceSoon() {
        if (forceDue) {
            return;
        }
        forceDue = true;
        try {
            var _ = timer.schedule(this::forceOnTime, FORCED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("no timer any more, the journal is forced when it is closed", e);
        }
    }

    private void forceOnTime() {
        synchronized (lock) {
            forceDue = false;
        }
        try {
            force();
        } catch (JournalException e) {
            LOG.error("journal not forced, edits stay in memory", e);
        }
    }

    @Override
    public void force() {
        State before = state();
        synchronized (forcing) {
            Optional<Disk.Output> out;
            long upTo;
            synchronized (lock) {
                out = failure.isPresent() || forced == appended ? Optional.empty() : output;
                upTo = appended;
            }
            if (out.isPresent()) {
                Optional<JournalException> trouble = Optional.empty();
                try {
                    out.get().force();
                } catch (IOException e) {
                    trouble = Optional.of(DiskTrouble.of(e));
                }
                synchronized (lock) {
                    failure = trouble.or(() -> failure);
                    forced = trouble.isEmpty() ? upTo : forced;
                }
            }
        }
        tell(before);
        throwFailure();
    }

    @Override
    public void rewrite(List<JournalRecord> records) {
        State before = state();
        synchronized (forcing) {
            synchronized (lock) {
                try {
                    replace(records);
                } catch (IOException e) {
                    throw DiskTrouble.of(e);
                }
            }
        }
        tell(before);
    }

    private void replace(List<JournalRecord> records) throws IOException {
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
        if (unkept.isPresent() && keepLeftover().isEmpty()) {
            throw new IOException("the damaged rest could not be kept");
        }
        Path fresh = folder.resolve("journal.new");
        long freshSalt = random.nextLong();
        long at = JournalFormat.HEADER_BYTES;
        long checkpoint = 0;
        try (var out = disk.create(fresh)) {
            out.write(JournalFormat.header(freshSalt));
            for (JournalRecord entry : records) {
                var bytes = JournalFormat.record(freshSalt, at, RecordCodec.encode(entry));
                int size = bytes.remaining();
                out.write(bytes);
                at += size;
                checkpoint = entry instanceof JournalRecord.Checkpoint ? size : checkpoint;
            }
            out.force();
        }
        // From here on the old file is no longer what counts: until all is done, nothing may be appended to either.
        failure = Optional.of(new JournalException(Kind.BROKEN, DiskTrouble.sentence(Kind.BROKEN)));
        closeOutput();
        disk.move(fresh, file);
        disk.forceFolder(folder);
        output = Optional.of(disk.append(file));
        salt = freshSalt;
        length = at;
        checkpointBytes = checkpoint;
        appended = 0;
        forced = 0;
        begun = true;
        failure = Optional.empty();
        if (aside.isPresent()) {
            disk.delete(aside.get());
            aside = Optional.empty();
        }
    }

    private void closeOutput() {
        output.ifPresent(out -> {
            try {
                out.close();
            } catch (IOException e) {
                LOG.debug("closing the old journal failed", e);
            }
        });
        output = Optional.empty();
    }

    @Override
    public void setAside() {
        State before = state();
        synchronized (forcing) {
            synchronized (lock) {
                var had = failure;
                failure = Optional.of(
                        had.orElseGet(() -> new JournalException(Kind.BROKEN, DiskTrouble.sentence(Kind.BROKEN))));
                forceForPeople();
                closeOutput();
                try {
                    if (begun && aside.isEmpty()) {
                        aside = Optional.of(beside.setAside(file));
                    }
                    disk.forceFolder(folder);
                } catch (IOException e) {
                    throw DiskTrouble.of(e);
                }
            }
        }
        tell(before);
    }

    /// What is set aside is only ever read by people: as much of it as the disk takes is good.
    private void forceForPeople() {
        try {
            if (output.isPresent()) {
                output.get().force();
            }
        } catch (IOException e) {
            LOG.debug("set aside without its unforced end", e);
        }
    }

    @Override
    public boolean wantsRewrite() {
        synchronized (lock) {
            return failure.isEmpty() && length > Math.max(REWRITE_AT_LEAST, 4 * checkpointBytes);
        }
    }

    @Override
    public State state() {
        synchronized (lock) {
            if (failure.isPresent()) {
                return new State.Failing(failure.get().kind(), failure.get().sentence());
            }
            return forced == appended ? new State.OnDisk() : new State.Written();
        }
    }

    @Override
    public void listen(Consumer<State> told) {
        listener = told;
    }

    private void tell(State before) {
        State now = state();
        if (!now.equals(before)) {
            listener.accept(now);
        }
    }

    private void throwFailure() {
        synchronized (lock) {
            failure.ifPresent(had -> {
                throw had;
            });
        }
    }

    @Override
    public void close() {
        try {
            force();
        } catch (JournalException e) {
            LOG.error("journal closed with unforced edits", e);
        }
        synchronized (forcing) {
            synchronized (lock) {
                closed = true;
                closeOutput();
            }
        }
        try {
            lease.close();
        } catch (IOException e) {
            LOG.debug("lock not given back", e);
        }
    }
}
