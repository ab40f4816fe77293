package coscribe.relay;

import coscribe.relay.sequencing.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Timers of a clock that a test turns.
final class HandTimers implements Timers {
    private final List<Waiting> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Waiting(Duration at, Runnable task) {}

    @Override
    public Due after(Duration delay, Runnable task) {
        var due = new Waiting(now.plus(delay), task);
        waiting.add(due);
        return () -> waiting.remove(due);
    }

    void pass(Duration time) {
        var end = now.plus(time);
        while (true) {
            var next = waiting.stream()
                    .filter(each -> each.at().compareTo(end) <= 0)
                    .min(Comparator.comparing(Waiting::at));
            if (next.isEmpty()) {
                now = end;
                return;
            }
            now = next.get().at();
            waiting.remove(next.get());
            next.get().task().run();
        }
    }
}
