package coscribe.desktop;

import coscribe.client.runner.ClientException;
import coscribe.desktop.host.BundledRelay.HostFailure;
import coscribe.desktop.viewmodel.AttemptFailedException;
import coscribe.desktop.viewmodel.AttemptFailedException.Attempt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Says with a failure what was tried and where, so that people can be told.
final class Attempted {
    private Attempted() {}

    /// @param server  as people read its address
    static <T> CompletableFuture<T> at(Attempt attempt, String server, CompletableFuture<T> way) {
        return way.exceptionallyCompose(failure ->
                CompletableFuture.failedFuture(new AttemptFailedException(attempt, server, reason(failure))));
    }

    private static Throwable reason(Throwable failure) {
        var why = failure;
        for (var cause = why.getCause(); why instanceof CompletionException && cause != null; cause = why.getCause()) {
            why = cause;
        }
        return why instanceof HostFailure host ? new ClientException(String.valueOf(host.getMessage())) : why;
    }
}
