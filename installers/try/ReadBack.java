import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import java.nio.file.Path;

/// Run from source with the packaged jars on the class path.
/// `ReadBack.java PROFILE` prints the ids of the documents that were opened with a profile;
/// `ReadBack.java LINK FOLDER` what the document of an invite link says, as a newcomer gets it from the relay.
final class ReadBack {
    private ReadBack() {}

    public static void main(String... args) {
        if (args.length == 1) {
            CoscribeClient.recent(Path.of(args[0])).forEach(each -> System.out.println(each.document().hex()));
            return;
        }
        try (var client = CoscribeClient.join(InviteLink.parse(args[0]), "Newcomer", Path.of(args[1]))) {
            var document = client.open(client.invitedTo().orElseThrow());
            document.opened().join();
            System.out.print(document.text());
        }
    }
}
