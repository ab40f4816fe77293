package coscribe.client.runner;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// Everything that a client takes from outside itself.
///
/// @param home    where sessions live and listeners are called
/// @param disk    does what may take a while, in order: journal, copies, sending. May be `home`
/// @param timer   its tasks are short
/// @param random  for waiting times and names; thread-safe, and not to be guessed
public record Surroundings(
        Home home, Home disk, ScheduledExecutorService timer, InstantSource clock, RandomGenerator random) {
    /// @param disk  made serial here
    public static Surroundings of(
            Home home, Executor disk, ScheduledExecutorService timer, InstantSource clock, RandomGenerator random) {
        return new Surroundings(home, Home.serial(disk), timer, clock, random);
    }
}
