package coscribe.desktop.viewmodel;

import coscribe.client.link.LinkLoss;
import coscribe.client.runner.ClientException;
import coscribe.desktop.viewmodel.DocumentListModel.Asked;
import coscribe.desktop.viewmodel.DocumentListModel.Notice;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.RelayId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Which servers did not say what documents there are, and how people are told.
final class ServersAway {
    private final Strings strings;
    private final Map<RelayId, Missed> missed = new LinkedHashMap<>();

    private record Missed(String name, Optional<FailureCode> code, Optional<LinkLoss.Unreachable> loss) {}

    ServersAway(Strings strings) {
        this.strings = strings;
    }

    /// Those that are no longer asked are forgotten.
    void retain(List<Asked> asked) {
        missed.keySet().retainAll(asked.stream().map(Asked::server).toList());
    }

    void reached(Asked asked) {
        missed.remove(asked.server());
    }

    void missed(Asked asked, Throwable failure) {
        var why = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        var code = why instanceof ClientException known ? known.code() : Optional.<FailureCode>empty();
        if (code.filter(FailureCode.FORBIDDEN::equals).isPresent()) {
            missed.remove(asked.server()); // it has no list for this person, which is an answer
        } else {
            missed.put(asked.server(), new Missed(asked.name(), code, unreachable(why)));
        }
    }

    private static Optional<LinkLoss.Unreachable> unreachable(Throwable why) {
        return why instanceof ClientException known
                ? known.loss().filter(LinkLoss.Unreachable.class::isInstance).map(LinkLoss.Unreachable.class::cast)
                : Optional.empty();
    }

    Optional<Notice> notice() {
        if (missed.isEmpty()) {
            return Optional.empty();
        }
        var proxy = missed.values().stream()
                .flatMap(each -> each.loss().stream())
                .filter(loss -> loss.trouble() == LinkLoss.Trouble.PROXY_SIGN_IN)
                .findFirst();
        if (proxy.isPresent()) {
            String about = proxy.get().about();
            return Optional.of(new Notice(Optional.of("CS-04"), strings.get("list.proxy", about), Optional.of(about)));
        }
        if (missed.size() > 1) {
            return Optional.of(new Notice(Optional.of("CS-01"), strings.count("list.away", missed.size())));
        }
        var one = missed.values().iterator().next();
        return Optional.of(one.code()
                .map(code -> answered(one, code))
                .orElseGet(() -> one.loss()
                        .filter(loss -> loss.trouble() == LinkLoss.Trouble.NOT_ALLOWED)
                        .map(loss -> new Notice(Optional.empty(), strings.get("list.notAllowed", one.name())))
                        .orElseGet(() -> new Notice(Optional.of("CS-01"), strings.count("list.away", 1, one.name())))));
    }

    private Notice answered(Missed one, FailureCode code) {
        return switch (code) {
            case EXPIRED, UNAUTHENTICATED ->
                new Notice(Optional.of("CS-06"), strings.get("list.signedOut", one.name()));
            case VERSION -> new Notice(Optional.of("CS-18"), strings.get("list.version", one.name()));
            default -> new Notice(Optional.empty(), strings.get("list.busy", one.name()));
        };
    }
}
