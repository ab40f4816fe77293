// The peers bench's `coscribe` slot: the same load as for the other editors' servers, over docs/PROTOCOL.md, with real replicas.
// PEERS_FOLDER is the bench's folder. The relay makes the ids of documents, so seed() leaves them in a file for the clients,
// which live in other processes: PEERS_DOCUMENTS.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { movedCaret } from './change.mjs'
import { Session } from './session.mjs'
import { token } from './tokens.mjs'
import { WebSocket } from './websocket.mjs'

const { JWT_SECRET, seedText, docId } = await import(pathToFileURL(join(process.env.PEERS_FOLDER, 'load', 'common.mjs')))
const DEVICE = 'c05c21be'.repeat(4)
const hello = (credential) => ({ t: 'hello', oldest: 1, newest: 1, credential: { kind: 'token', token: credential }, device: DEVICE })

/** Says `first`, then what `next` answers to each message, until it answers nothing. */
function conversation (port, first, next) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket({
      port,
      on: {
        open: () => socket.send(JSON.stringify(first)),
        message: (text) => {
          const m = JSON.parse(text)
          if (m.t === 'failed' || m.t === 'refused') return reject(new Error(text))
          const said = next(m)
          if (said) return socket.send(JSON.stringify(said))
          if (said === null) return
          socket.close()
          resolve()
        },
        pong () {},
        closed: (code, reason) => reject(new Error(`closed ${code} ${reason}`))
      }
    })
  })
}

/** Makes one document and writes its text, as a client of its own. A person may come in ten times a second, so the makers are many. */
async function write (port, text, maker) {
  let me; let document
  await conversation(port, hello(token(JWT_SECRET, maker)), (m) => {
    switch (m.t) {
      case 'welcome':
        me = m.person.id
        return { t: 'create', title: 'Bench' }
      case 'created':
        document = m.document
        return { t: 'join', document }
      case 'snapshot': return { t: 'submit', seq: 1, base: m.revision, intent: 'edit', delta: [[text, { author: me }], 1] }
      case 'committed': return undefined
      default: return null // joined, presence: nothing to say
    }
  })
  return document
}

export async function seed ({ ports, docs }) {
  const ids = []
  let next = 0
  const lane = async (_, i) => { while (next < docs) { const d = next++; ids[d] = await write(ports[0], seedText(docId(d)), `owner-${i}`) } }
  await Promise.all(Array.from({ length: 32 }, lane))
  const file = join(mkdtempSync(join(tmpdir(), 'coscribe-peers-')), 'documents.json')
  writeFileSync(file, JSON.stringify(Object.fromEntries(ids.map((id, d) => [docId(d), id]))))
  process.env.PEERS_DOCUMENTS = file // read by the generators, which are started afterwards
}

let documents
function documentOf (name) {
  documents ??= JSON.parse(readFileSync(process.env.PEERS_DOCUMENTS, 'utf8'))
  return documents[name]
}

// Kept for measuring alone, by the clients of one document, which share a process: which edit a revision was, who waits to
// learn that because a range told no single commits, how a revision changed the text, where each client's caret was sent and under
// which key, which hash a revision had.
const books = new Map()
const bookOf = (document) => {
  if (!books.has(document)) books.set(document, { edits: new Map(), waiting: new Map(), changes: new Map(), carets: new Map(), hashes: new Map() })
  return books.get(document)
}

// In a person's program a hash costs its own processor. Here up to 500 replicas share one, so one hash is compared every 100 ms,
// whose turn it happens to be; all replicas' hashes are compared at the end, see text().
let hashedAt = 0
function turnToHash () {
  const now = performance.now()
  if (now - hashedAt < 100) return false
  hashedAt = now
  return true
}

export class Client {
  constructor (o) {
    Object.assign(this, o) // port, from, user, doc, light, cursors, book, observe, observeCursor, joined, failed
    this.document = documentOf(this.doc)
    const credential = token(JWT_SECRET, this.user, { doc: this.document, role: 'editor' })
    if (this.light) this.#visit(credential)
    else this.#open(credential)
  }

  /** Joins and keeps nothing; what comes afterwards is not looked at. */
  #visit (credential) {
    let head = Infinity; let here = 0; let up = false
    const socket = this.session = new WebSocket({
      port: this.port,
      from: this.from,
      on: {
        open: () => socket.send(JSON.stringify(hello(credential))),
        message: (text) => {
          if (up) return
          const m = JSON.parse(text)
          if (m.t === 'failed') return this.failed(m.code)
          if (m.t === 'welcome') return socket.send(JSON.stringify({ t: 'join', document: this.document }))
          if (m.t === 'joined') head = m.head
          if (m.t === 'snapshot' && m.part === m.of) here = m.revision
          if (m.t === 'committed') here = m.revision
          if (m.t === 'range' && m.part === m.of) here = m.to
          if (here < head) return
          up = true
          this.joined()
        },
        pong () {},
        closed: (code, reason) => this.failed(`close ${code} ${reason}`)
      }
    })
  }

  #open (credential) {
    const shared = this.shared = bookOf(this.document)
    this.session = new Session({
      port: this.port,
      from: this.from,
      document: this.document,
      token: () => credential,
      once: true,
      check: turnToHash,
      live: () => this.joined(),
      ended: (why) => this.failed(why),
      sending: ({ client, seq }) => {
        this.book.set(client + ':' + seq, this.times)
        this.times = []
      },
      caret: (revision, caret) => shared.carets.set(this.session.client, { revision, caret, key: this.caretKey }),
      saved: (m) => this.#revisionIs(m, m.client + ':' + m.seq),
      commit: (m) => {
        const key = m.client + ':' + m.seq
        this.#revisionIs(m, key)
        this.observe(key)
      },
      range: (m) => {
        for (let r = m.from + 1; r <= m.to; r++) {
          const key = shared.edits.get(r)
          if (key) this.observe(key)
          else shared.waiting.set(r, [...(shared.waiting.get(r) ?? []), this.observe])
        }
      },
      presence: (m) => {
        if (!this.cursors) return
        for (const member of m.here) if (member.caret && member.client !== this.session.client) this.#caretSeen(member)
      }
    })
    this.times = []
  }

  /** A caret is told in the newest text, so the one that was sent is looked for where the changes since have moved it. */
  #caretSeen ({ client, revision, caret }) {
    const sent = this.shared.carets.get(client)
    if (!sent || revision < sent.revision) return
    let at = sent.caret
    for (let r = sent.revision + 1; r <= revision; r++) {
      const change = this.shared.changes.get(r)
      if (!change) return
      at = movedCaret(at, change.delta, change.client === client)
    }
    if (at[1] === caret[1]) this.observeCursor(sent.key)
  }

  #revisionIs ({ revision, delta, client }, key) {
    if (this.shared.edits.has(revision)) return
    this.shared.changes.set(revision, { delta, client })
    this.shared.edits.set(revision, key)
    for (const observe of this.shared.waiting.get(revision) ?? []) observe(key)
    this.shared.waiting.delete(revision)
  }

  insert (pos, ch, t0) {
    this.times.push(t0)
    this.session.insert(pos, ch)
  }

  cursor (pos, n) {
    this.caretKey = this.session.client + ':' + n
    this.session.moveCaret([pos, pos])
    return this.caretKey
  }

  beat () {} // a session pings by itself
  length () { return this.session.text().length - 1 } // nobody writes behind the newline at the end
  quiet () { return this.session.quiet() }
  close () { this.session.close() }

  /** The text; said to be another one where the formatting is not that of the others at this revision. */
  text () {
    const { document, revision } = this.session
    const hash = document.contentHash()
    if (!this.shared.hashes.has(revision)) this.shared.hashes.set(revision, hash)
    return this.session.text() + (this.shared.hashes.get(revision) === hash ? '' : '(and another content hash)')
  }
}
