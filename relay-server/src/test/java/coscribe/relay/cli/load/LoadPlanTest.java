package coscribe.relay.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
    private static final List<InetSocketAddress> EIGHT = IntStream.range(0, 8)
            .mapToObj(i -> InetSocketAddress.createUnresolved("relay-" + i, 1))
            .toList();

    private static LoadPlan plan(int people, int documents, Workload workload) {
        return new LoadPlan(EIGHT, List.of(), people, documents, 0, workload, 1);
    }

    private static long at(LoadPlan plan, int relay) {
        return IntStream.range(0, plan.allPeople())
                .filter(person -> plan.relay(person).equals(EIGHT.get(relay)))
                .count();
    }

    @Test
    void the_people_of_one_document_are_spread_over_all_relays() {
        var hot = plan(64, 1, new Workload.Storm(Duration.ofSeconds(1)));
        for (int relay = 0; relay < 8; relay++) {
            assertThat(at(hot, relay)).isEqualTo(8);
        }
    }

    @Test
    void so_are_many_documents_with_few_people_each() {
        var spread = plan(160, 80, new Workload.Storm(Duration.ofSeconds(1)));
        for (int relay = 0; relay < 8; relay++) {
            assertThat(at(spread, relay)).isEqualTo(20);
        }
    }

    @Test
    void those_who_come_further_have_documents_of_their_own() {
        var idle = plan(6, 3, new Workload.Idle(Duration.ofSeconds(1)));
        assertThat(idle.allPeople()).isEqualTo(12);
        assertThat(idle.allDocuments()).isEqualTo(6);
        assertThat(IntStream.range(0, 12).map(idle::document)).containsExactly(0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
    }
}
