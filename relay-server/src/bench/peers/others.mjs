// Who else is in a document, and where their carets are in the confirmed text (docs/PROTOCOL.md, chapter 10).
import { movedCaret } from './change.mjs'

export class Others {
  constructor () {
    this.byClient = new Map() // client id -> { person, role, caret, revision }, as told, moved on to `at`
    this.at = 0
    this.told = 0 // carets of commits up to here are older than those that `joined` told
  }

  joined ({ members, from, head }) {
    this.byClient = new Map(members.map((m) => [m.client, { ...m }]))
    this.at = from
    this.told = head
  }

  presence ({ here, gone }) {
    for (const m of here) this.byClient.set(m.client, { ...m })
    for (const client of gone) this.byClient.delete(client)
  }

  /** The text is another one. `author` is the client whose change it was, unknown of a range. */
  changed (revision, change, author, caret) {
    for (const [client, m] of this.byClient) {
      if (!m.caret || m.revision > this.at) continue // of a later text than this: it waits
      if (m.revision < this.at) m.caret = undefined // cannot be placed; it is told again
      else m.caret = movedCaret(m.caret, change, client === author)
      m.revision = revision
    }
    this.at = revision
    const m = this.byClient.get(author)
    if (m && caret && revision > this.told && !(m.revision > revision)) Object.assign(m, { caret, revision })
  }

  /** Where somebody's caret is now; `undefined` where that is not known. */
  caretOf (client) {
    const m = this.byClient.get(client)
    return m?.revision === this.at ? m.caret : undefined
  }
}
