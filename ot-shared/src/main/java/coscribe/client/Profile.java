package coscribe.client;

import coscribe.client.link.OwnerFile;
import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// What a person has on this computer, as a folder that only they may read:
/// ```
///   device                                   names this computer to relays
///   accounts/HOST_PORT                       how one signs in there
///   relays/RELAY/PERSON/DOCUMENT/journal     the local copy of a document, and what is unsent
///   relays/RELAY/PERSON/DOCUMENT/copies/     text that could not become part of it
/// ```
/// Local copies go by the relay's id, not by its address: what was written for one relay is never
/// sent to another one that answers in its place.
final class Profile {
    private final Path folder;

    Profile(Path folder) {
        this.folder = folder;
    }

    /// Made once.
    DeviceId device(RandomGenerator random) {
        Path file = folder.resolve("device");
        try {
            OwnerFile.createFolders(folder);
            try {
                return new DeviceId(Files.readString(file).strip());
            } catch (NoSuchFileException e) {
                var made = DeviceId.random(random);
                OwnerFile.replace(file, made.hex().getBytes(StandardCharsets.US_ASCII));
                return made;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for your documents cannot be used.", e);
        }
    }

    Path account(RelayAddress address) {
        Path accounts = made(folder.resolve("accounts"));
        String host = address.host().replaceAll("[^a-z0-9.-]", "_");
        return accounts.resolve(host + "_" + address.port());
    }

    Path document(RelayId relay, PersonId person, DocumentId document) {
        return made(folder.resolve("relays")
                .resolve(relay.hex())
                .resolve(person.hex())
                .resolve(document.hex()));
    }

    private static Path made(Path wanted) {
        try {
            OwnerFile.createFolders(wanted);
            return wanted;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for your documents cannot be used.", e);
        }
    }
}
