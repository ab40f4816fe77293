package coscribe.client;

import coscribe.client.runner.ClientException;
import coscribe.client.runner.Surroundings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// How the client answers: on which thread, and how long one waits.
final class Answers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Answers() {}

    /// Behind what was asked of the home before, so that a document that is being closed is closed.
    static <T> CompletableFuture<T> onDisk(Surroundings around, Supplier<T> task) {
        return CompletableFuture.supplyAsync(
                task, command -> around.home().execute(() -> around.disk().execute(command)));
    }

    /// The same, told at home, a failure as what it is.
    static <T> CompletableFuture<T> atHome(Surroundings around, CompletableFuture<T> from) {
        var answer = new CompletableFuture<T>();
        var _ = from.whenComplete((value, failure) -> around.home().execute(() -> {
            var _ = failure == null ? answer.complete(value) : answer.completeExceptionally(cause(failure));
        }));
        return answer;
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ClientException("The server did not answer in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("Waiting for the server was interrupted.");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case ClientException known -> known;
                case UncheckedIOException known -> known;
                case null, default -> new IllegalStateException("signing in failed", e);
            };
        }
    }
}
