package coscribe.relay.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// How often something happened, by a word that says which way. The words must be few and ours. Any
/// thread.
final class ByWord {
    private final String name;
    private final String tag;
    private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param name  of the metric
    /// @param tag   what the word is called
    ByWord(String name, String tag) {
        this.name = name;
        this.tag = tag;
    }

    void count(String word) {
        counts.computeIfAbsent(word, _ -> new LongAdder()).increment();
    }

    /// Has the words told that came since this was called last. One registry only.
    void tell(MeterRegistry registry) {
        counts.forEach((word, count) -> {
            if (told.add(word)) {
                FunctionCounter.builder(name, count, LongAdder::sum)
                        .tags(Tags.of(tag, word))
                        .register(registry);
            }
        });
    }
}
