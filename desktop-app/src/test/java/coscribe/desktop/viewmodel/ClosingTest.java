package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.journal.JournalException;
import coscribe.client.runner.Desk;
import coscribe.client.runner.TinyRelay;
import coscribe.client.runner.UnforcedJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A document on its way out, with a relay and a disk that may fail, in virtual time.
class ClosingTest {
    private final VirtualTime time = new VirtualTime();
    private final TinyRelay relay = new TinyRelay(time);
    private final Desk desk = new Desk(time, relay, "a1");
    private final UnforcedJournal journal = new UnforcedJournal(List.of());
    private final List<String> did = new ArrayList<>();
    private Closing closing;

    @BeforeEach
    void opens() {
        desk.opens(journal);
        closing = new Closing(desk.document, Runnable::run, () -> did.add("close"), () -> did.add("stay"));
    }

    private void asks() {
        closing.ask();
        time.settle();
    }

    private void typesOnAFullDiskWithoutARelay() {
        relay.reachable = false;
        relay.cut();
        desk.waits(Duration.ofSeconds(1));
        journal.fails = Optional.of(JournalException.Kind.FULL);
        desk.does(it -> it.append("only in memory"));
    }

    @Test
    void is_done_at_once_where_relay_or_disk_have_all_of_it() {
        desk.does(it -> it.append("a"));
        asks();
        relay.reachable = false;
        relay.cut();
        desk.waits(Duration.ofSeconds(1));
        desk.does(it -> it.append("b"));
        asks();
        assertThat(did).containsExactly("close", "close");
    }

    @Test
    void is_not_done_while_text_is_only_in_memory() {
        typesOnAFullDiskWithoutARelay();
        asks();
        asks();
        assertThat(did).containsExactly("stay", "stay");
        journal.fails = Optional.empty();
        asks();
        assertThat(did).last().isEqualTo("close");
    }

    @Test
    void is_done_once_just_this_text_is_in_a_file() {
        typesOnAFullDiskWithoutARelay();
        closing.written(desk.document.document());
        desk.does(it -> it.append(" and more"));
        asks();
        assertThat(did).containsExactly("stay");
        closing.written(desk.document.document());
        asks();
        assertThat(did).containsExactly("stay", "close");
    }

    @Test
    void is_asked_for_once_at_a_time() {
        closing.ask();
        asks();
        assertThat(did).containsExactly("close");
    }
}
