package coscribe.relay.session;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Titles;
import coscribe.relay.session.Doorkeeper.Admission.Admitted;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// What somebody who is in no document asks of the relay: to make one, to call one something else,
/// which there are, to invite somebody. Lives in the conversation's serial.
final class Requests {
    private final Reception reception;
    private final Asker asker;

    /// Whose requests these are.
    interface Asker {
        void say(ServerMessage message);

        /// Looks something up; until the answer is there, nothing else is expected. Where there is
        /// none, or the asker has gone meanwhile, `answered` is not called.
        <T> void ask(Admitted who, CompletionStage<T> question, Consumer<T> answered);
    }

    Requests(Reception reception, Asker asker) {
        this.reception = reception;
        this.asker = asker;
    }

    void create(Admitted who, String title) {
        if (!who.mayCreate()) {
            asker.say(new ServerMessage.Failed(
                    FailureCode.FORBIDDEN, "You are a guest here and cannot make documents.", 0));
            return;
        }
        DocumentId document = DocumentId.random(reception.random());
        asker.ask(
                who,
                reception
                        .store()
                        .create(
                                document,
                                Epoch.random(reception.random()),
                                Titles.clean(title),
                                who.person().id()),
                created -> asker.say(new ServerMessage.Created(document)));
    }

    void rename(Admitted who, ClientMessage.Rename rename) {
        var document = rename.document();
        var ceiling = who.ceiling();
        if (ceiling.isPresent() && !ceiling.get().document().equals(document)) {
            asker.say(Renamings.NO_ACCESS);
            return;
        }
        if (ceiling.isPresent() && !ceiling.get().role().atLeast(Role.EDITOR)) {
            asker.say(Renamings.FORBIDDEN);
            return;
        }
        String title = Titles.clean(rename.title());
        asker.ask(
                who,
                reception.store().rename(document, who.person().id(), title),
                result -> asker.say(Renamings.answer(document, title, result)));
    }

    void list(Admitted who, ClientMessage.ListDocuments asked) {
        if (who.ceiling().isPresent()) {
            asker.say(new ServerMessage.Failed(
                    FailureCode.FORBIDDEN, "Your sign-in is for one document and has no list of them.", 0));
            return;
        }
        var person = who.person().id();
        switch (reception.budgets().list(person)) {
            case Pace.Turn.After(var wait) ->
                asker.ask(
                        who,
                        reception
                                .after(wait)
                                .thenCompose(_ -> reception.store().list(person, asked.after(), asked.most())),
                        page -> asker.say(new ServerMessage.Listed(page.documents(), page.next())));
            case Pace.Turn.Refused(var wait) ->
                asker.say(new ServerMessage.Failed(
                        FailureCode.LIMIT,
                        "Your documents were asked for too often. Nothing was changed; ask again later.",
                        wait.toMillis()));
        }
    }

    void invite(Admitted who, ClientMessage.Invite invite) {
        asker.ask(who, reception.store().access(invite.document()), access -> {
            if (access.roles().get(who.person().id()) != Role.OWNER) {
                asker.say(new ServerMessage.Failed(
                        FailureCode.NO_ACCESS, "Only an owner of the document can invite people to it.", 0));
                return;
            }
            asker.ask(
                    who,
                    reception
                            .doorkeeper()
                            .invite(
                                    invite.document(),
                                    invite.role(),
                                    Duration.ofSeconds(invite.ttlSeconds()),
                                    invite.uses()),
                    made -> asker.say(new ServerMessage.Invited(
                            made.code(), made.expires().toEpochMilli())));
        });
    }
}
