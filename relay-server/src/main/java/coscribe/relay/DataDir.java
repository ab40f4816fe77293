package coscribe.relay;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder in which a relay keeps what is its own.
final class DataDir {
    private DataDir() {}

    /// Makes it where it is missing, for its owner alone: keys and texts are in there.
    static void make(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return;
            }
            var parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            throw new RelayFailure(
                    RelayFailure.STORE_AWAY,
                    "data.dir " + folder + " is a file. Write the path of a folder into data.dir, or move the file.",
                    e);
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.STORE_AWAY,
                    "The folder " + folder + " can't be made (" + e.getClass().getSimpleName()
                            + "). Let the relay's user write there, or write another data.dir.",
                    e);
        }
    }
}
