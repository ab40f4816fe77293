package coscribe.client.journal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/// A disk in memory that knows what it has promised. A power cut keeps what was forced, and of the
/// rest what the test chooses: any length of a file between the forced and the written one, any of
/// its unforced blocks of 4 KiB, and any beginning of the folder's unforced moves.
final class FaultDisk implements Disk {
    static final int BLOCK = 4096;

    /// A file's content, whatever its name is at the moment.
    private static final class Content {
        byte[] written = new byte[0];
        byte[] forced = new byte[0];
    }

    /// The power goes here.
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    private final TreeMap<Path, Content> names = new TreeMap<>();
    /// The folder as it was after each change since it was forced; the first is the forced one.
    private final ArrayList<TreeMap<Path, Content>> folders = new ArrayList<>(List.of(new TreeMap<>()));
    private boolean locked;
    private int operations;
    private int writes;

    /// The power goes in front of this operation, counted from 1.
    int cutAt = Integer.MAX_VALUE;
    /// From this write on, counted from 1, the disk is full; half of the write still fits.
    int fullAt = Integer.MAX_VALUE;
    /// So many forces fail before they succeed again.
    int failingForces;
    boolean refusesMoves;

    int operations() {
        return operations;
    }

    int writes() {
        return writes;
    }

    private void operate() {
        if (++operations >= cutAt) {
            throw new PowerCut();
        }
    }

    void write(Path file, byte[] content) {
        var made = new Content();
        made.written = content.clone();
        made.forced = content.clone();
        names.put(file, made);
        folders.clear();
        folders.add(new TreeMap<>(names));
    }

    @Override
    public Optional<byte[]> read(Path file) {
        return Optional.ofNullable(names.get(file)).map(content -> content.written.clone());
    }

    @Override
    public Output create(Path file) throws IOException {
        operate();
        requireRoom();
        names.put(file, new Content());
        folders.add(new TreeMap<>(names));
        return new FaultOutput(names.get(file));
    }

    private void requireRoom() throws IOException {
        if (writes >= fullAt) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public Output append(Path file) throws IOException {
        var content = names.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new FaultOutput(content);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        operate();
        if (refusesMoves) {
            throw new IOException("Input/output error");
        }
        var content = names.remove(from);
        if (content == null) {
            throw new NoSuchFileException(from.toString());
        }
        names.put(to, content);
        folders.add(new TreeMap<>(names));
    }

    @Override
    public void delete(Path file) {
        operate();
        names.remove(file);
        folders.add(new TreeMap<>(names));
    }

    @Override
    public List<Path> list(Path folder, String prefix) {
        return names.keySet().stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .toList();
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        operate();
        failIfAsked();
        folders.clear();
        folders.add(new TreeMap<>(names));
    }

    private void failIfAsked() throws IOException {
        if (failingForces > 0) {
            failingForces--;
            throw new IOException("Input/output error");
        }
    }

    @Override
    public Optional<Closeable> lock(Path file) {
        if (locked) {
            return Optional.empty();
        }
        locked = true;
        return Optional.of(() -> locked = false);
    }

    private final class FaultOutput implements Output {
        private final Content content;

        FaultOutput(Content content) {
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            operate();
            boolean full = ++writes >= fullAt;
            int take = full ? bytes.remaining() / 2 : bytes.remaining();
            int had = content.written.length;
            content.written = Arrays.copyOf(content.written, had + take);
            bytes.get(content.written, had, take);
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            operate();
            failIfAsked();
            content.forced = content.written.clone();
        }

        @Override
        public void truncate(long length) {
            operate();
            content.written = Arrays.copyOf(content.written, (int) length);
        }

        @Override
        public void close() {}
    }

    /// What a power cut leaves, one choice after the other by `choose(n)`, which answers 0 to n -
    /// 1.
    FaultDisk after(IntUnaryOperator choose) {
        var left = new FaultDisk();
        folders.get(choose.applyAsInt(folders.size()))
                .forEach((file, content) -> left.write(file, torn(content, choose)));
        return left;
    }

    FaultDisk after(SplittableRandom random) {
        return after(random::nextInt);
    }

    private static byte[] torn(Content content, IntUnaryOperator choose) {
        byte[] forced = content.forced;
        byte[] written = content.written;
        if (Arrays.equals(forced, written)) {
            return written;
        }
        int least = Math.min(forced.length, written.length);
        int most = Math.max(forced.length, written.length);
        byte[] left = Arrays.copyOf(written, least + choose.applyAsInt(most - least + 1));
        for (int block = 0; block < left.length; block += BLOCK) {
            int end = Math.min(block + BLOCK, left.length);
            boolean same = Arrays.equals(slice(forced, block, end), slice(written, block, end));
            if (!same && choose.applyAsInt(2) == 0) {
                System.arraycopy(slice(forced, block, end), 0, left, block, end - block);
            }
        }
        return left;
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return from >= bytes.length ? new byte[to - from] : Arrays.copyOfRange(bytes, from, to);
    }
}
