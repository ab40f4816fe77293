package coscribe.relay.session;

import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What people are called.
@FunctionalInterface
public interface Names {
    /// Where nobody says.
    Names NONE = person -> CompletableFuture.completedFuture(Optional.empty());

    /// Empty: there is no such person any more. From any thread.
    CompletionStage<Optional<Person>> of(PersonId person);
}
