// A document with its formatting and comment threads, its canonical form and content hash (docs/PROTOCOL.md, chapters 7 and 11).
import { createHash } from 'node:crypto'
import { applied, onto } from './change.mjs'

const known = new Map() // JSON of attributes with sorted names -> the one object for them

/** The one object for these attributes, so that equal ones are the same; `json` is their canonical form. */
function shared (attributes) {
  if (!attributes) return null
  const names = Object.keys(attributes).sort()
  if (!names.length) return null
  const json = '{' + names.map((name) => JSON.stringify(name) + ':' + JSON.stringify(attributes[name])).join(',') + '}'
  let one = known.get(json)
  if (!one) {
    one = { json, attributes }
    known.set(json, one)
  }
  return one
}

export class Document {
  constructor () {
    this.text = ''
    this.runs = [] // { n, a }: n units with the attributes a
    this.threads = new Map() // id -> { resolved, comments: [[comment, author, atMillis, text], …] }
  }

  static ofPieces (pieces) {
    const document = new Document()
    for (const { piece, threads } of pieces) {
      document.#walk([...(document.text ? [document.text.length] : []), ...piece])
      document.text += piece.map((c) => Array.isArray(c) ? c[0] : c).join('')
      for (const [id, resolved, comments] of threads ?? []) {
        const thread = document.threads.get(id)
        if (thread) thread.comments.push(...comments)
        else document.threads.set(id, { resolved, comments: [...comments] })
      }
    }
    document.#verify()
    return document
  }

  apply (change, events) {
    this.text = applied(change, this.text)
    this.#walk(change)
    this.#verify()
    for (const e of events ?? []) this.#happen(e)
  }

  #verify () {
    if (!this.text.endsWith('\n')) throw new Error('the newline at the end is gone')
  }

  /** Changes the runs where they stand: one keystroke in a long document touches few of them. */
  #walk (change) {
    const at = { run: 0, unit: 0 }
    for (const c of change) {
      const [what, attributes] = Array.isArray(c) ? c : [c, null]
      if (typeof what === 'string') this.#insert(at, what.length, shared(attributes))
      else if (what < 0) this.#remove(at, -what)
      else if (attributes && Object.keys(attributes).length) this.#restyle(at, what, attributes)
      else this.#skip(at, what)
    }
  }

  #skip (at, n) {
    while (n > 0) {
      const rest = this.runs[at.run].n - at.unit
      if (n < rest) {
        at.unit += n
        return
      }
      n -= rest
      at.run++
      at.unit = 0
    }
  }

  #insert (at, n, a) {
    const run = this.runs[at.run]
    if (at.unit && run.a === a) {
      run.n += n
      at.unit += n
      return
    }
    this.#cut(at)
    this.runs.splice(at.run, 0, { n, a })
    this.#join(at)
    at.unit += n
    if (at.unit === this.runs[at.run].n) this.#pass(at)
  }

  #remove (at, n) {
    this.#cut(at)
    let gone = 0
    while (n > 0) {
      const run = this.runs[at.run + gone]
      if (n < run.n) {
        run.n -= n
        break
      }
      n -= run.n
      gone++
    }
    this.runs.splice(at.run, gone)
    this.#join(at)
  }

  #restyle (at, n, attributes) {
    while (n > 0) {
      this.#cut(at) // what was restyled just now may have been joined with what comes
      const run = this.runs[at.run]
      if (n < run.n) this.runs.splice(at.run, 1, { n, a: run.a }, { n: run.n - n, a: run.a })
      const mine = this.runs[at.run]
      mine.a = shared(onto(mine.a && mine.a.attributes, attributes, false))
      n -= mine.n
      this.#join(at)
      at.unit += mine.n
      if (at.unit === this.runs[at.run].n) this.#pass(at)
    }
  }

  /** Makes the place a boundary between two runs. */
  #cut (at) {
    if (!at.unit) return
    const run = this.runs[at.run]
    this.runs.splice(at.run, 1, { n: at.unit, a: run.a }, { n: run.n - at.unit, a: run.a })
    at.run++
    at.unit = 0
  }

  /** Joins the run at a boundary with the one before it where they are alike; the place stays where it is. */
  #join (at) {
    const before = this.runs[at.run - 1]; const run = this.runs[at.run]
    if (!before || !run || before.a !== run.a) return
    at.run--
    at.unit = before.n
    before.n += run.n
    this.runs.splice(at.run + 1, 1)
  }

  #pass (at) {
    at.run++
    at.unit = 0
    this.#join(at)
  }

  #happen (e) {
    const thread = this.threads.get(e.thread)
    if (e.event === 'opened') {
      if (!thread) this.threads.set(e.thread, { resolved: false, comments: [[e.comment, e.author, e.atMillis, e.text]] })
      return
    }
    if (!thread) return
    const comment = thread.comments.find(([id]) => id === e.comment)
    switch (e.event) {
      case 'replied':
        if (!comment) thread.comments.push([e.comment, e.author, e.atMillis, e.text])
        break
      case 'edited':
        if (comment && comment[1] === e.author) comment[3] = e.text
        break
      case 'resolved':
      case 'reopened':
        thread.resolved = e.event === 'resolved'
        break
      case 'deleted':
        this.threads.delete(e.thread)
    }
  }

  canonical () {
    let at = 0
    const runs = this.runs.map(({ n, a }) => {
      const text = JSON.stringify(this.text.slice(at, at += n))
      return a ? '[' + text + ',' + a.json + ']' : text
    })
    const threads = [...this.threads].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, t]) => [id, t.resolved, t.comments])
    return '{"ops":[' + runs.join(',') + ']' + (threads.length ? ',"threads":' + JSON.stringify(threads) : '') + '}'
  }

  contentHash () { return createHash('sha256').update(this.canonical()).digest('hex').slice(0, 16) }
}

/** The chain hash after a commit, of the bytes of its frame as they came. */
export function chained (before, bytes) { return createHash('sha256').update(before).update(bytes).digest('hex') }
export const CHAIN_START = '0'.repeat(64)
