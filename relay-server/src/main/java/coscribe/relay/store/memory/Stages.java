package coscribe.relay.store.memory;

import coscribe.relay.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

final class Stages {
    private Stages() {}

    /// What `work` answers, on the executor and under the lock; the stage is completed outside it.
    static <T> CompletionStage<T> run(Executor executor, Object lock, Supplier<T> work) {
        var answer = new CompletableFuture<T>();
        try {
            executor.execute(() -> {
                T value;
                try {
                    synchronized (lock) {
                        value = work.get();
                    }
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                    return;
                }
                answer.complete(value);
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new StoreUnavailableException("the store is closed", e));
        }
        return answer;
    }
}
