package coscribe.relay.cli.load;

import coscribe.ot.protocol.DocumentId;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Makes a load and measures. One thread, so one clock.
public final class Load {
    private Load() {}

    /// Lets people into documents.
    public interface Doors {
        /// A new document.
        DocumentId document(int number);

        /// An access token for person `number`, good for that document.
        String token(int number, DocumentId document);
    }

    /// Blocks for as long as the plan says, and somewhat longer.
    ///
    /// @param random  who types where; also names devices, so not to be guessed
    /// @param memory  asked by {@link Workload.Idle}
    /// @param tell    hears about the progress
    /// @throws LoadException  where the load could not be made at all
    public static LoadResult make(
            LoadPlan plan, Doors doors, RandomGenerator random, Memory memory, Consumer<String> tell) {
        try (var loop = new LoadLoop()) {
            tell.accept("making documents and tokens");
            var people = new People(plan, doors, random, loop);
            tell.accept("joining");
            return switch (plan.workload()) {
                case Workload.Typing typing -> new TypingLoad(plan, typing, people, loop, random, tell).run();
                case Workload.Storm storm -> new StormLoad(plan, storm, people, loop, random, tell).run();
                case Workload.Idle idle -> new IdleLoad(plan, idle, people, loop, memory, tell).run();
            };
        }
    }
}
