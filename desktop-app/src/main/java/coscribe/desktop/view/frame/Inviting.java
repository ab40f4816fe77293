package coscribe.desktop.view.frame;

import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/// How a window lets others into its document.
///
/// @param make   makes a link that gives a role and works for a time
/// @param local  whether the server lets in only people who are at this computer
public record Inviting(BiFunction<Role, Duration, CompletableFuture<String>> make, boolean local) {}
