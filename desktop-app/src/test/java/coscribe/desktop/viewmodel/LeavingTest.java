package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.host.BundledRelay;
import coscribe.kit.FaultProxy;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How soon somebody who is gone is gone for the others: two clients on a real relay, and between
/// one of them and it a line that breaks. In real time, as relay and clients are shipped.
class LeavingTest {
    private static final Duration A_LEAVE = Duration.ofSeconds(5);
    private static final Duration A_SILENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private BundledRelay relay;
    private FaultProxy line;
    private CoscribeClient mara;
    private CoscribeClient jon;
    private DocumentClient hers;
    private DocumentClient his;
    private People seenByMara;

    @BeforeEach
    void jons_caret_is_seen_by_mara() throws Exception {
        var random = new SecureRandom();
        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), random, "test");
        line = new FaultProxy(random, List.of(FaultProxy.local(relay.address().port())));
        mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"));
        DocumentId id = mara.createDocument("Plan").get(30, TimeUnit.SECONDS);
        String code = mara.invite(id, Role.EDITOR, Duration.ofHours(1), 1).get(30, TimeUnit.SECONDS);
        var through = new RelayAddress("127.0.0.1", line.port(), false);
        jon = CoscribeClient.join(new InviteLink(List.of(through), code), "Jon", folder.resolve("jon"));
        hers = mara.open(id).opened().get(30, TimeUnit.SECONDS);
        seenByMara = hers.call(it -> new People(it, InstantSource.system(), new OwnColours(Map.of())))
                .get(30, TimeUnit.SECONDS);
        his = jon.open(id).opened().get(30, TimeUnit.SECONDS);
        his.run(it -> it.moveCaret(Optional.of(Caret.at(0)))).get(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> everyone().stream()
                        .anyMatch(who -> who.name().equals("Jon") && who.caret().isPresent()));
    }

    @AfterEach
    void end() throws Exception {
        hers.run(_ -> seenByMara.close()).get(30, TimeUnit.SECONDS);
        line.close();
        jon.close();
        mara.close();
        relay.close();
    }

    private List<Collaborator> everyone() throws Exception {
        return hers.call(_ -> {
                    seenByMara.refresh();
                    return seenByMara.everyone().get();
                })
                .get(30, TimeUnit.SECONDS);
    }

    /// From when something is done until he is gone.
    private Duration gone(Runnable how) {
        long begun = System.nanoTime();
        how.run();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> everyone().isEmpty());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void who_closes_a_document_is_gone_within_five_seconds() {
        assertThat(gone(his::close)).isLessThan(A_LEAVE);
    }

    @Test
    void whose_connection_breaks_is_gone_within_five_seconds() {
        assertThat(gone(() -> {
                    line.deaf(true); // he does not come back
                    line.reset();
                }))
                .isLessThan(A_LEAVE);
    }

    /// Half a minute of real time: the relay's, which no setting shortens.
    @Tag("slow")
    @Test
    void whose_network_falls_silent_is_gone_within_half_a_minute() {
        assertThat(gone(() -> {
                    line.forth(FaultProxy.Way.BLACK_HOLE);
                    line.back(FaultProxy.Way.BLACK_HOLE);
                }))
                .as("not sooner than a ping that goes unanswered, or something told the relay")
                .isGreaterThan(Duration.ofSeconds(20))
                .isLessThan(A_SILENCE);
    }
}
