package coscribe.relay;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.relay.auth.AccessTokens;
import coscribe.relay.auth.ForeignTokens;
import coscribe.relay.auth.Principal.Ceiling;
import coscribe.relay.backup.Backup;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.people.Accounts;
import coscribe.relay.people.Invites;
import coscribe.relay.people.PersonName;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Does what an administrator asks, in the running relay or in a command that opened the store: the
/// same requests, the same answers. An answer that is an `error` says with which code to `exit`.
///
/// Requests: `command` = `invite.create` (`role`, `doc`?, `seconds`, `uses`), `token.issue`
/// (`user`, `seconds`, `doc`?, `role`?), `status`, `collect` (garbage, now; for who looks at the memory
/// behind it), `backup` (`doc`?; the stream behind the answer is the backup).
public final class AdminDesk implements AdminSocket.Desk {
    public static final String COMMAND = "command";
    public static final String ERROR = "error";
    public static final String EXIT = "exit";
    public static final String BACKUP = "backup";
    public static final String DOCUMENT = "doc";
    /// In the answer to `status`: why the running relay takes no edits.
    public static final String REFUSED = "writesRefused";

    private final Identified identified;

    /// What the desk works with.
    ///
    /// @param address  how the relay is reached
    /// @param running  whether a relay answers, or a command that opened the store
    public record Identified(
            Stores stores,
            Invites invites,
            Accounts accounts,
            AccessTokens tokens,
            Addresses address,
            boolean running,
            InstantSource clock,
            String version) {}

    public AdminDesk(Identified identified) {
        this.identified = identified;
    }

    @Override
    public Map<String, String> apply(Map<String, String> request) {
        try {
            return switch (field(request, COMMAND)) {
                case "invite.create" -> invite(request);
                case "token.issue" -> token(request);
                case "status" -> status();
                case "collect" -> {
                    System.gc();
                    yield status();
                }
                case BACKUP -> backup(request);
                default -> failed(RelayFailure.FAILED, "This relay is older than the command. Update the relay.");
            };
        } catch (StoreUnavailableException e) {
            return failed(RelayFailure.STORE_AWAY, "The store can't be reached: " + e.getMessage());
        } catch (DamagedDocumentException e) {
            return failed(RelayFailure.CHECK_FAILED, "That can't be done: " + e.getMessage() + ".");
        } catch (RelayFailure e) {
            return failed(e.exitCode(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return failed(RelayFailure.USAGE, "That can't be done: " + e.getMessage() + ".");
        }
    }

    @Override
    public void stream(Map<String, String> request, OutputStream out) throws IOException {
        if (BACKUP.equals(request.get(COMMAND))) {
            var stores = identified.stores();
            Backup.write(
                    stores.documents(),
                    stores.holdings(),
                    optional(request, DOCUMENT).map(DocumentId::new),
                    identified.clock().instant(),
                    identified.version(),
                    out);
        }
    }

    private Map<String, String> backup(Map<String, String> request) {
        var _ = optional(request, DOCUMENT).map(this::existing);
        return status();
    }

    private Map<String, String> status() {
        var answer = new LinkedHashMap<String, String>();
        answer.put("version", identified.version());
        answer.put("store", identified.stores().shown());
        if (identified.running()) {
            answer.put("address", identified.address().web());
            answer.put("pid", Long.toString(ProcessHandle.current().pid()));
            identified.stores().state().writesRefused().ifPresent(reason -> answer.put(REFUSED, reason));
        }
        return answer;
    }

    private Map<String, String> invite(Map<String, String> request) {
        var role = role(field(request, "role"));
        var document = optional(request, "doc").map(this::existing);
        var grants = document.<Grants>map(doc -> new Grants.InDocument(doc, role))
                .orElseGet(() -> new Grants.AtRelay(standing(role)));
        var life = Duration.ofSeconds(Long.parseLong(field(request, "seconds")));
        var made = Stores.wait(identified.invites().make(grants, life, Integer.parseInt(field(request, "uses"))));
        var answer = new LinkedHashMap<String, String>();
        answer.put(
                "link",
                "coscribe://join/" + identified.address().link() + "/"
                        + made.code().shown());
        answer.put("code", made.code().shown());
        answer.put("role", role.word());
        document.ifPresent(doc -> answer.put("doc", doc.hex()));
        answer.put("expires", made.expires().toString());
        answer.put("uses", Integer.toString(made.uses()));
        return answer;
    }

    /// Without a document an owner is an admin of the relay, and an editor a member of it.
    private static Standing standing(Role role) {
        return switch (role) {
            case OWNER -> Standing.ADMIN;
            case EDITOR -> Standing.MEMBER;
            case COMMENTER, VIEWER ->
                throw new RelayFailure(
                        RelayFailure.USAGE,
                        "--role " + role.word() + " needs --doc: only in a document is there something to view.");
        };
    }

    private Map<String, String> token(Map<String, String> request) {
        var life = Duration.ofSeconds(Long.parseLong(field(request, "seconds")));
        var document = optional(request, "doc").map(this::existing);
        var role = optional(request, "role").map(AdminDesk::role);
        if (document.isPresent() != role.isPresent()) {
            throw new RelayFailure(RelayFailure.USAGE, "--doc and --role narrow a token together: give both or none.");
        }
        var account = account(field(request, "user"));
        var issued = identified
                .tokens()
                .issue(account.id(), account.tokenVersion(), life, document.map(doc -> new Ceiling(doc, role.get())));
        var answer = new LinkedHashMap<String, String>();
        answer.put("token", issued.text());
        answer.put("person", account.id().hex());
        answer.put("name", account.name());
        answer.put("expires", issued.expires().toString());
        return answer;
    }

    /// A person by id, or by a name such as an e-mail address: the same name is always the same
    /// person, who has an account from the first time on.
    private Account account(String user) {
        var byId = user.matches("[0-9a-f]{32}");
        var id = byId ? new PersonId(user) : ForeignTokens.person("user", user.toLowerCase(Locale.ROOT));
        var known = Stores.wait(identified.accounts().account(id));
        if (known.isPresent()) {
            if (known.get().disabled()) {
                throw new RelayFailure(RelayFailure.FAILED, "'" + user + "' is disabled. Enable the account first.");
            }
            return known.get();
        }
        if (byId) {
            throw new RelayFailure(RelayFailure.FAILED, "Nobody here has the id " + user + ".");
        }
        var account = new Account(id, PersonName.clean(user.replaceFirst("@.*", "")), Standing.MEMBER, false, 0);
        var _ = Stores.wait(identified.accounts().put(account).thenApply(_ -> true));
        return account;
    }

    private DocumentId existing(String hex) {
        if (!hex.matches("[0-9a-f]{32}")) {
            throw new RelayFailure(
                    RelayFailure.USAGE, "'" + hex + "' is no document id. An id has 32 digits of 0-9 and a-f.");
        }
        var document = new DocumentId(hex);
        if (Stores.wait(identified.stores().documents().access(document)).version() == 0) {
            throw new RelayFailure(RelayFailure.FAILED, "There is no document " + hex + " here. Check its id.");
        }
        return document;
    }

    private static Role role(String word) {
        return Role.ofWord(word)
                .orElseThrow(() -> new RelayFailure(
                        RelayFailure.USAGE, "'" + word + "' is no role. Write owner, editor, commenter or viewer."));
    }

    private static String field(Map<String, String> request, String name) {
        return optional(request, name)
                .orElseThrow(() -> new RelayFailure(RelayFailure.USAGE, "The request says no " + name + "."));
    }

    private static Optional<String> optional(Map<String, String> request, String name) {
        return Optional.ofNullable(request.get(name)).filter(value -> !value.isEmpty());
    }

    private static Map<String, String> failed(int exitCode, String sentence) {
        return Map.of(ERROR, sentence, EXIT, Integer.toString(exitCode));
    }
}
