package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.DocumentStore.Creation;
import coscribe.relay.store.DocumentStore.Page;
import coscribe.relay.store.JoinResult.Joined;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Which documents a person finds in their list, and in which order.
public abstract class DocumentListContract extends DocumentReadContract {
    @Nested
    class Listing {
        private final PersonId jon = PersonId.random(random);

        private DocumentId made(String title) {
            var id = DocumentId.random(random);
            assertThat(await(store().create(id, Epoch.random(random), title, owner)))
                    .isEqualTo(Creation.CREATED);
            elapse(Duration.ofMillis(2));
            return id;
        }

        private JoinResult enters(PersonId person, DocumentId id, Optional<Role> grant) {
            var result = await(store().join(
                            id, person, DeviceId.random(random), ClientId.random(random), Optional.empty(), grant));
            elapse(Duration.ofMillis(2));
            return result;
        }

        private void mayEdit(DocumentId... ids) {
            for (DocumentId id : ids) {
                assertThat(enters(jon, id, Optional.of(Role.EDITOR))).isInstanceOf(Joined.class);
            }
        }

        private Page page(PersonId person, Optional<ListPlace> after, int most) {
            return await(store().list(person, after, most));
        }

        private List<ListedDocument> list(PersonId person) {
            return page(person, Optional.empty(), 100).documents();
        }

        private List<DocumentId> ids(PersonId person) {
            return list(person).stream().map(ListedDocument::document).toList();
        }

        /// Page by page, to the end.
        private List<DocumentId> paged(int most) {
            var ids = new ArrayList<DocumentId>();
            Optional<ListPlace> after = Optional.empty();
            do {
                var page = page(owner, after, most);
                assertThat(page.documents().size()).isLessThanOrEqualTo(most);
                page.documents().forEach(each -> ids.add(each.document()));
                after = page.next();
            } while (after.isPresent());
            return ids;
        }

        @Test
        void a_person_without_documents_has_an_empty_list() {
            assertThat(page(jon, Optional.empty(), 100)).isEqualTo(new Page(List.of(), Optional.empty()));
        }

        @Test
        void a_new_document_is_in_the_list_of_whoever_made_it_and_in_no_other() {
            var plan = made("Plan");
            assertThat(list(owner)).singleElement().satisfies(listed -> {
                assertThat(listed.document()).isEqualTo(plan);
                assertThat(listed.title()).isEqualTo("Plan");
                assertThat(listed.role()).isEqualTo(Role.OWNER);
                assertThat(listed.usedAtMillis()).isPositive();
            });
            assertThat(list(jon)).isEmpty();
            var _ = await(store().create(plan, Epoch.random(random), "Mine", jon));
            assertThat(list(jon)).as("it was there already").isEmpty();
        }

        @Test
        void what_was_entered_last_is_on_top_with_title_and_role_as_they_are_now() {
            var plan = made("Plan");
            var notes = made("Notes");
            mayEdit(plan, notes);
            assertThat(ids(jon)).containsExactly(notes, plan);
            mayEdit(plan);
            assertThat(ids(jon)).containsExactly(plan, notes);
            assertThat(list(jon))
                    .isSortedAccordingTo(Comparator.comparingLong(ListedDocument::usedAtMillis)
                            .reversed());

            var _ = await(store().rename(notes, owner, "Minutes"));
            await(store().grant(plan, jon, Optional.of(Role.VIEWER)));
            assertThat(list(jon))
                    .extracting(ListedDocument::title, ListedDocument::role)
                    .containsExactly(tuple("Plan", Role.VIEWER), tuple("Minutes", Role.EDITOR));
            assertThat(ids(owner)).as("hers is her own").containsExactly(notes, plan);
        }

        @Test
        void whoever_was_not_let_in_finds_nothing() {
            var plan = made("Plan");
            assertThat(enters(jon, plan, Optional.empty())).isInstanceOf(JoinResult.NoAccess.class);
            assertThat(enters(jon, DocumentId.random(random), Optional.of(Role.OWNER)))
                    .isInstanceOf(JoinResult.NoAccess.class);
            await(store().grant(plan, jon, Optional.of(Role.OWNER)));
            assertThat(list(jon)).as("never entered").isEmpty();
        }

        @Test
        void whoever_lost_their_role_does_not_see_it_and_sees_it_again_with_a_new_one() {
            var plan = made("Plan");
            var notes = made("Notes");
            mayEdit(plan, notes);
            await(store().grant(plan, jon, Optional.empty()));
            assertThat(page(jon, Optional.empty(), 1).documents())
                    .extracting(ListedDocument::document)
                    .containsExactly(notes);
            assertThat(ids(jon)).containsExactly(notes);
            await(store().grant(plan, jon, Optional.of(Role.COMMENTER)));
            assertThat(ids(jon)).containsExactly(notes, plan);
        }

        @Test
        void a_page_of_lost_documents_is_empty_and_the_list_goes_on_behind() {
            var notes = made("Notes");
            var lost = Stream.generate(() -> made("Lost")).limit(3).toList();
            mayEdit(notes);
            mayEdit(lost.toArray(DocumentId[]::new));
            lost.forEach(id -> await(store().grant(id, jon, Optional.empty())));
            var first = page(jon, Optional.empty(), 3);
            assertThat(first.documents()).isEmpty();
            var second = page(jon, first.next(), 3);
            assertThat(second.documents()).extracting(ListedDocument::document).containsExactly(notes);
            assertThat(second.next()).isEmpty();
        }

        @Test
        void pages_hold_each_document_once_and_end_with_the_last() {
            var made = Stream.generate(() -> made("Plan")).limit(12).toList();
            for (int most : new int[] {1, 4, 5, 11, 12, 13}) {
                assertThat(paged(most)).as("pages of %d", most).isEqualTo(made.reversed());
            }
            assertThat(page(owner, Optional.empty(), 12).next())
                    .as("no empty page at the end")
                    .isEmpty();
        }

        @Test
        void documents_used_at_the_same_moment_are_each_met_once() {
            var ids = Stream.generate(() -> DocumentId.random(random)).limit(20).toList();
            ids.forEach(id -> await(store().create(id, Epoch.random(random), "Plan", owner)));
            for (int most : new int[] {1, 3, 7, 20}) {
                assertThat(paged(most)).as("pages of %d", most).containsExactlyInAnyOrderElementsOf(ids);
            }
            assertThat(list(owner))
                    .isSortedAccordingTo(Comparator.comparingLong(ListedDocument::usedAtMillis)
                            .thenComparing(listed -> listed.document().hex())
                            .reversed());
        }

        @Test
        void what_is_used_between_two_pages_moves_to_the_front_and_shifts_nothing_behind() {
            var made = Stream.generate(() -> made("Plan")).limit(6).toList().reversed();
            var first = page(owner, Optional.empty(), 2);
            assertThat(enters(owner, made.get(1), Optional.empty())).isInstanceOf(Joined.class);
            assertThat(enters(owner, made.get(5), Optional.empty())).isInstanceOf(Joined.class);
            var fresh = made("Fresh");
            var second = page(owner, first.next(), 100);
            assertThat(second.documents())
                    .extracting(ListedDocument::document)
                    .containsExactly(made.get(2), made.get(3), made.get(4));
            assertThat(ids(owner))
                    .containsExactly(
                            fresh, made.get(5), made.get(1), made.get(0), made.get(2), made.get(3), made.get(4));
        }

        @Test
        void a_place_that_nobody_was_at_is_a_place_too() {
            var plan = made("Plan");
            var used = list(owner).getFirst().usedAtMillis();
            var nobody = new DocumentId("f".repeat(32));
            assertThat(page(owner, Optional.of(new ListPlace(used, nobody)), 5).documents())
                    .extracting(ListedDocument::document)
                    .containsExactly(plan);
            assertThat(page(owner, Optional.of(new ListPlace(used - 1, nobody)), 5)
                            .documents())
                    .isEmpty();
            assertThat(page(owner, Optional.of(new ListPlace(0, nobody)), 5).documents())
                    .isEmpty();
            assertThat(page(owner, Optional.of(new ListPlace((1L << 53) - 1, nobody)), 5)
                            .documents())
                    .hasSize(1);
        }
    }
}
