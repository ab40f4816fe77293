package coscribe.relay.simulation;

/// A mistake that somebody could make, planted one at a time: the simulation must find each. All
/// are made in the byte code of the class of the product that would have the mistake.
enum Mutant {
    /// None: the control. Every class is taken apart and put together again, and nothing may be
    /// found.
    NONE(new Patch.Nothing()),
    /// The store appends what it has appended before.
    NO_DEDUP(Patch.body("coscribe.relay.store.CommitCheck", "refusal", "coscribe.relay.store.StoreMistakes")),
    /// A late submission is rebased over one commit too few.
    STALE_BASE_OFF_BY_ONE(Patch.call(
            "coscribe.relay.sequencing.Preparation",
            "prepare",
            "coscribe.relay.sequencing.Recent",
            "after",
            0,
            "coscribe.relay.sequencing.SequencingMistakes",
            "afterNext")),
    /// A load that fails reads as an empty document.
    BLANK_ON_LOAD_ERROR(Patch.call(
            "coscribe.relay.sequencing.Lane",
            "load",
            "coscribe.relay.store.DocumentStore",
            "load",
            0,
            "coscribe.relay.sequencing.SequencingMistakes",
            "loadOrBlank")),
    /// What is in flight grows with what is typed.
    COMPOSE_INTO_IN_FLIGHT(Patch.body("coscribe.ot.session.Pending", "typed", "coscribe.ot.session.SessionMistakes")),
    /// A range contains a commit of the one who receives it.
    OWN_COMMIT_INSIDE_A_RANGE(
            Patch.body("coscribe.relay.session.Frames", "missed", "coscribe.relay.session.RelayMistakes")),
    /// After a restart the client goes by its journal alone and does not ask what was committed.
    SEQ_FROM_THE_JOURNAL_ALONE(Patch.call(
            "coscribe.ot.session.Receiver",
            "joined",
            "coscribe.ot.protocol.ServerMessage$Joined",
            "resumed",
            1, // the first one notes it for later
            "coscribe.ot.session.SessionMistakes",
            "nothingResumed")),
    /// A resumed client id stays open.
    OLD_CLIENT_ID_LEFT_OPEN(
            Patch.body("coscribe.relay.store.ClientRecord", "closed", "coscribe.relay.store.StoreMistakes")),
    /// A commit is told to everybody before the store has it.
    ACKNOWLEDGE_BEFORE_COMMIT(Patch.call(
            "coscribe.relay.sequencing.Lane",
            "commit",
            "coscribe.relay.store.DocumentStore",
            "commit",
            0,
            "coscribe.relay.sequencing.SequencingMistakes",
            "commitUnseen")),
    /// A commit that was put off, it being another relay's turn, is taken for done.
    PUT_OFF_TAKEN_FOR_DONE(Patch.call(
            "coscribe.relay.sequencing.Lane",
            "commit",
            "coscribe.relay.store.DocumentStore",
            "commit",
            0,
            "coscribe.relay.sequencing.SequencingMistakes",
            "commitOrBePutOff")),
    /// The log is read for nothing but to load.
    LOG_NEVER_READ(Patch.body(
            "coscribe.relay.sequencing.SequenceTurn", "read", "coscribe.relay.sequencing.SequencingMistakes")),
    /// Where the log goes on behind the relay's own head, it is taken for one that does not reach back far enough.
    LOG_BEYOND_THE_HEAD(Patch.call(
            "coscribe.relay.session.Backlog",
            "goOn",
            "coscribe.ot.protocol.Revision",
            "isAfter",
            0,
            "coscribe.relay.session.RelayMistakes",
            "neverAfter")),
    /// A gap in what the feed brings is left to the next look at the log's end.
    GAP_IGNORED(Patch.call(
            "coscribe.relay.sequencing.SequenceTurn",
            "hear",
            "coscribe.relay.sequencing.SequenceTurn",
            "read",
            0,
            "coscribe.relay.sequencing.SequencingMistakes",
            "read")),
    /// A head behind the copy is taken for an answer that was overtaken.
    LOSS_IGNORED(Patch.body(
            "coscribe.relay.sequencing.SequenceTurn", "lost", "coscribe.relay.sequencing.SequencingMistakes")),
    /// The client puts the history right and its own change left.
    TIE_SIDE_SWAPPED(Patch.sides("coscribe.ot.session.Pending", "cross")),
    /// What others did meets the next undo entry as if the one above were not undone.
    UNDO_NOT_TRANSFORMED_PAST_THE_NEXT(Patch.call(
            "coscribe.ot.rebase.UndoHistory$Stack",
            "popTop",
            "coscribe.ot.document.Change",
            "transform",
            1,
            "coscribe.ot.rebase.RebaseMistakes",
            "untransformed")),
    /// Compose puts the first change's deletes before the second one's insert.
    COMPOSE_DELETES_FIRST(Patch.body("coscribe.ot.delta.Delta", "compose", "coscribe.ot.delta.DeltaMistakes")),
    /// How people stand is not told again to a reader that had no room for it.
    DROPPED_CARETS_FORGOTTEN(
            Patch.body("coscribe.relay.session.HallMember", "owe", "coscribe.relay.session.RelayMistakes")),
    /// A caret is told in the text in which its owner put it.
    CARETS_TOLD_AS_THEY_CAME(
            Patch.body("coscribe.relay.session.HallPresence", "placed", "coscribe.relay.session.RelayMistakes")),
    /// How long nobody spoke of somebody is measured with a clock that may be set.
    SILENCE_BY_THE_CLOCK(
            Patch.body("coscribe.relay.session.HallContext", "nowMillis", "coscribe.relay.session.RelayMistakes")),
    /// A resend of what was committed is refused because the role is lower now.
    ROLE_BEFORE_DUPLICATE(Patch.body("coscribe.relay.store.CommitCheck", "refusal", "coscribe.relay.store.RoleFirst"));

    final Patch patch;

    Mutant(Patch patch) {
        this.patch = patch;
    }
}
