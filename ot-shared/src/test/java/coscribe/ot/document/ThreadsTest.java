package coscribe.ot.document;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.ThreadEvent.Deleted;
import coscribe.ot.document.ThreadEvent.Edited;
import coscribe.ot.document.ThreadEvent.Opened;
import coscribe.ot.document.ThreadEvent.Reopened;
import coscribe.ot.document.ThreadEvent.Replied;
import coscribe.ot.document.ThreadEvent.Resolved;
import coscribe.ot.document.Threads.Comment;
import coscribe.ot.document.Threads.Thread;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private static final Opened OPENED = new Opened("t", "c1", "mara", 1, "why?");
    private static final Comment WHY = new Comment("c1", "mara", 1, "why?");

    private static Threads after(ThreadEvent... events) {
        return Threads.NONE.after(List.of(events));
    }

    private static Threads one(boolean resolved, Comment... comments) {
        var byId = new TreeMap<String, Thread>();
        byId.put("t", new Thread(resolved, List.of(comments)));
        return new Threads(byId);
    }

    @Test
    void a_thread_opens_with_its_first_comment() {
        assertThat(after(OPENED)).isEqualTo(one(false, WHY));
    }

    @Test
    void a_thread_opens_once() {
        assertThat(after(OPENED, new Opened("t", "c9", "jon", 2, "mine"))).isEqualTo(one(false, WHY));
    }

    @Test
    void replies_come_in_the_order_of_the_log() {
        assertThat(after(OPENED, new Replied("t", "c3", "jon", 9, "so"), new Replied("t", "c2", "mara", 5, "oh")))
                .isEqualTo(one(false, WHY, new Comment("c3", "jon", 9, "so"), new Comment("c2", "mara", 5, "oh")));
    }

    @Test
    void a_comment_is_added_once() {
        assertThat(after(OPENED, new Replied("t", "c1", "jon", 9, "again"))).isEqualTo(one(false, WHY));
    }

    @Test
    void a_comment_is_edited_by_its_own_author_and_keeps_its_time() {
        assertThat(after(OPENED, new Edited("t", "c1", "mara", 9, "how?")))
                .isEqualTo(one(false, new Comment("c1", "mara", 1, "how?")));
        assertThat(after(OPENED, new Edited("t", "c1", "jon", 9, "no!"))).isEqualTo(one(false, WHY));
    }

    @Test
    void a_thread_is_resolved_and_reopened() {
        assertThat(after(OPENED, new Resolved("t", "jon", 2))).isEqualTo(one(true, WHY));
        assertThat(after(OPENED, new Resolved("t", "jon", 2), new Reopened("t", "mara", 3)))
                .isEqualTo(one(false, WHY));
    }

    @Test
    void a_deleted_thread_is_gone_and_what_comes_for_it_changes_nothing() {
        assertThat(after(OPENED, new Deleted("t", "jon", 2))).isEqualTo(Threads.NONE);
        assertThat(after(
                                OPENED,
                                new Deleted("t", "jon", 2),
                                new Replied("t", "c2", "mara", 3, "?"),
                                new Edited("t", "c1", "mara", 3, "?"),
                                new Resolved("t", "mara", 3),
                                new Reopened("t", "mara", 4),
                                new Deleted("t", "mara", 5))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void earlier_threads_stay_as_they_were() {
        var before = after(OPENED);
        assertThat(before.after(List.of(new Resolved("t", "jon", 2)))).isNotEqualTo(before);
        assertThat(before).isEqualTo(one(false, WHY));
        assertThat(before.after(List.of())).isSameAs(before);
    }

    @Test
    void the_map_they_were_made_from_may_change_later() {
        var map = new TreeMap<String, Thread>();
        var threads = new Threads(map);
        map.put("t", new Thread(false, List.of(WHY)));
        assertThat(threads.isEmpty()).isTrue();
    }
}
