package coscribe.relay.cli.load;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Connections that do nothing but answer pings. The first warm the relay, too: what a further one
/// costs is told by as many again.
final class IdleLoad {
    private static final double KIB = 1024;

    private final LoadPlan plan;
    private final Workload.Idle idle;
    private final People people;
    private final LoadLoop loop;
    private final Memory memory;
    private final Consumer<String> tell;
    private final CpuMeter cpu;

    IdleLoad(LoadPlan plan, Workload.Idle idle, People people, LoadLoop loop, Memory memory, Consumer<String> tell) {
        this.plan = plan;
        this.idle = idle;
        this.people = people;
        this.loop = loop;
        this.memory = memory;
        this.tell = tell;
        this.cpu = new CpuMeter(plan.pids());
    }

    LoadResult.Idled run() {
        var before = memory.now();
        loop.watch();
        people.comeIn(people.all().subList(0, plan.people()));
        people.fill();
        var _ = rest();
        var first = memory.now();
        tell.accept("as many again");
        people.comeIn(people.all().subList(plan.people(), plan.allPeople()));
        people.fill();
        var busy = rest();
        var further = memory.now();
        return new LoadResult.Idled(
                plan.allPeople(),
                further,
                each(before.resident(), first.resident()),
                each(first.resident(), further.resident()),
                each(first.heap(), further.heap()),
                busy,
                loop.watched(),
                people.lost());
    }

    /// The share of one processor that the relays took meanwhile.
    private OptionalDouble rest() {
        tell.accept("resting for " + idle.rest().toSeconds() + " s");
        cpu.start();
        var _ = loop.run(() -> false, System.nanoTime() + idle.rest().toNanos());
        return Medians.per(cpu.millis(), idle.rest().toMillis());
    }

    private OptionalDouble each(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of((after.getAsLong() - before.getAsLong()) / KIB / plan.people())
                : OptionalDouble.empty();
    }
}
