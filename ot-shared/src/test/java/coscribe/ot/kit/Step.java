package coscribe.ot.kit;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import java.util.List;
import java.util.Map;

/// One step of a change as a generator thought of it, before {@link Delta} brings it into normal
/// form. Steps may be empty, joinable and longer than needed: that is what the normal form is
/// tested with.
public sealed interface Step {
    /// Keeps `units` and sets attributes over them.
    record Keep(int units, Map<String, Value> set) implements Step {}

    record Put(String text, Map<String, Value> set) implements Step {}

    record Drop(int units) implements Step {}

    static Delta toDelta(List<Step> steps, int baseLength) {
        var out = Delta.builder();
        for (Step step : steps) {
            switch (step) {
                case Keep(int units, var set) -> out.retain(units, Attributes.of(set));
                case Put(String text, var set) -> out.insert(text, Attributes.of(set));
                case Drop(int units) -> out.delete(units);
            }
        }
        return out.build(baseLength);
    }
}
