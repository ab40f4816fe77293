package coscribe.client;

import coscribe.client.journal.file.FileJournal;
import coscribe.client.journal.file.RealDisk;
import coscribe.client.link.AccountFile;
import coscribe.client.link.LineFile;
import coscribe.client.link.OwnerFile;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.Unsaved;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a person has on this computer, as a folder that only they may read:
/// ```
///   device                                   names this computer to relays
///   accounts/HOST_PORT                       how one signs in there
///   relays/RELAY/PERSON/DOCUMENT/about       its title, where its relay is, when it was used
///   relays/RELAY/PERSON/DOCUMENT/journal     the local copy of a document, and what is unsent
///   relays/RELAY/PERSON/DOCUMENT/copies/     text that could not become part of it
/// ```
/// Local copies go by the relay's id, not by its address: what was written for one relay is never
/// sent to another one that answers in its place.
final class Profile {
    private static final Logger LOG = LoggerFactory.getLogger(Profile.class);
    private static final String FORMAT = "coscribe-document 1";
    private static final Object MAKING = new Object(); // a device, in any folder: no other program has it

    private final Path folder;

    Profile(Path folder) {
        this.folder = folder;
    }

    /// Made once, whoever asks at the same time.
    DeviceId device(RandomGenerator random) {
        Path file = folder.resolve("device");
        try {
            OwnerFile.createFolders(folder);
            synchronized (MAKING) {
                try {
                    return new DeviceId(Files.readString(file).strip());
                } catch (NoSuchFileException e) {
                    var made = DeviceId.random(random);
                    OwnerFile.replace(file, made.hex().getBytes(StandardCharsets.US_ASCII));
                    return made;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for your documents cannot be used.", e);
        }
    }

    AccountFile account(RelayAddress address) {
        Path accounts = made(folder.resolve("accounts"));
        String host = address.host().replaceAll("[^a-z0-9.-]", "_");
        return new AccountFile(accounts.resolve(host + "_" + address.port()), address);
    }

    /// Where somebody signed in, by the names of the files.
    List<KnownRelay> relays() {
        var known = new ArrayList<KnownRelay>();
        for (Path file : in(folder.resolve("accounts"))) {
            if (file.toString().endsWith(".new")) {
                continue; // one that a power cut kept from taking its place
            }
            AccountFile.addressIn(file).ifPresent(address -> {
                var account = new AccountFile(file, address).load();
                account.relay()
                        .ifPresent(relay ->
                                account.person().ifPresent(who -> known.add(new KnownRelay(address, relay, who))));
            });
        }
        return known;
    }

    Path document(RelayId relay, PersonId person, DocumentId document) {
        return made(folder.resolve("relays")
                .resolve(relay.hex())
                .resolve(person.hex())
                .resolve(document.hex()));
    }

    /// Notes what a document is called and that it was used. Throws {@link UncheckedIOException}.
    void note(Recent document) {
        var values = new LinkedHashMap<String, String>();
        values.put("title", document.title());
        values.put("address", document.address().uri().toString());
        values.put("used", Long.toString(document.usedAt().toEpochMilli()));
        try {
            LineFile.replace(
                    document(document.relay(), document.person(), document.document())
                            .resolve("about"),
                    FORMAT,
                    values);
        } catch (IOException e) {
            throw new UncheckedIOException("The title of a document could not be stored.", e);
        }
    }

    /// The documents with a copy here, the one used last first.
    List<Recent> recent() {
        var found = new ArrayList<Recent>();
        for (Path relay : in(folder.resolve("relays"))) {
            for (Path person : in(relay)) {
                for (Path document : in(person)) {
                    about(relay, person, document).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(Recent::usedAt).reversed());
        return found;
    }

    private static Optional<Recent> about(Path relay, Path person, Path document) {
        try {
            var values = LineFile.parse(Files.readString(document.resolve("about")), FORMAT);
            var who = new PersonId(person.getFileName().toString());
            var id = new DocumentId(document.getFileName().toString());
            var unsaved = unsaved(who, id, document);
            return Optional.of(new Recent(
                    RelayAddress.of(URI.create(value(values, "address"))),
                    new RelayId(relay.getFileName().toString()),
                    who,
                    id,
                    unsaved.title().orElse(value(values, "title")),
                    Instant.ofEpochMilli(Long.parseLong(value(values, "used"))),
                    unsaved.edits(),
                    unsaved.title().isPresent()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty(); // it was never there: the relay did not let this person in
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("document not listed folder={}", document.getFileName(), e);
            return Optional.empty();
        }
    }

    private static Unsaved unsaved(PersonId person, DocumentId document, Path folder) {
        try {
            return Unsaved.of(person, document, FileJournal.unsettled(new RealDisk(), folder));
        } catch (IOException e) {
            LOG.warn("journal not looked into document={}", document, e);
            return Unsaved.NOTHING;
        }
    }

    private static String value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow(() -> new IllegalArgumentException("no " + name));
    }

    private static List<Path> in(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for your documents cannot be used.", e);
        }
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
