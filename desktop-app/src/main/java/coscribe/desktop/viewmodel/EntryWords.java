package coscribe.desktop.viewmodel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/// What a list says of a document beside its title.
public record EntryWords(Strings strings, InstantSource clock, ZoneId zone) {
    public String title(DocumentEntry entry) {
        return entry.title().isBlank() ? strings.get("document.untitled") : entry.title();
    }

    public String server(DocumentEntry entry) {
        return entry.hosted() || entry.relay().isLoopback()
                ? strings.get("list.thisComputer")
                : entry.relay().toString();
    }

    /// Where it is, and what the person may do there if they may not write.
    public String about(DocumentEntry entry) {
        return entry.role()
                .map(role -> switch (role) {
                    case OWNER, EDITOR -> server(entry);
                    case COMMENTER, VIEWER ->
                        strings.get("list.about", server(entry), strings.get("share.role." + role.word()));
                })
                .orElseGet(() -> server(entry));
    }

    /// When this person opened it last, which says nothing of who wrote in it since: a time of today,
    /// yesterday, else a day.
    public String used(DocumentEntry entry) {
        return entry.used().map(this::day).orElse("");
    }

    private String day(Instant at) {
        var now = clock.instant();
        var today = now.atZone(zone).toLocalDate();
        var day = at.atZone(zone).toLocalDate();
        if (Duration.between(at, now).compareTo(Duration.ofMinutes(1)) < 0) {
            return strings.get("list.now");
        }
        if (day.equals(today.minusDays(1))) {
            return strings.get("list.yesterday");
        }
        return strings.get("list.opened", day.equals(today) ? strings.time(at, zone) : strings.date(at, zone));
    }

    /// What presses; empty: nothing does.
    public String state(DocumentEntry entry) {
        return entry.waiting() == 0 ? "" : strings.count("list.waiting", entry.waiting());
    }
}
