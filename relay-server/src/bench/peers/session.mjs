// One editing session of one document over the Coscribe protocol: chapters 2, 3 and 8 to 10 of docs/PROTOCOL.md.
import { randomBytes } from 'node:crypto'
import { LEFT, RIGHT, applied, beginning, compose, difference, movedCaret, same, transform } from './change.mjs'
import { Document } from './document.mjs'
import { Others } from './others.mjs'
import { WebSocket } from './websocket.mjs'

// Chapter 13; a part of what fits is left for what the relay adds.
const LIMITS = { units: 65536, components: 10000, bytes: 450000, events: 100 }
export const TIMES = { tick: 1000, pingEvery: 5000, pongWithin: 8000, resendAfter: 10000, firstBound: 1000, lastBound: 30000 }
const RETRY_CLOSES = new Set([1001, 1002, 1006, 1008, 1011, 1012, 4002, 4008, 4009, 4010])
const RETRY_FAILURES = new Set(['limit', 'store_away'])
const RETRY_REFUSALS = new Set(['busy', 'catch_up', 'store_away', 'store_full'])

const retain = (n) => (n ? [n] : [])

export class Session {
  /**
   * `o.token()` gives an access token, `o.document` is the id. Told are, where given: `o.live()` each time the head is reached,
   * `o.sending(submission)`, `o.caret(revision, caret)` when it is sent alone, `o.saved(committed)` of one's own, `o.commit(committed)`
   * and `o.range(range)` of other people after they are in the text, `o.refused(message)`, `o.forked(text, why)`, `o.presence(message)`, `o.kept(text, why)` when unsent text cannot go on and is kept as a copy, `o.ended(why)`. With
   * `o.once` a lost connection ends the session instead of being made anew; `o.check()` may say `false` to leave out the hash of
   * a commit, where many sessions share a processor. `o.connect` makes a socket other than the one of websocket.mjs;
   * with `o.others` the carets of the others are kept.
   */
  constructor (o) {
    this.o = o
    this.times = { ...TIMES, ...o.times }
    this.device = o.device ?? randomBytes(16).toString('hex')
    this.ended = false
    this.state = 'away' // away, hello, joining, catching, live
    this.person = this.client = this.epoch = null
    this.document = null // confirmed, at revision
    this.revision = 0
    this.view = ''
    this.inFlight = null // { client, seq, change, events, caret, sentAt }
    this.buffer = null // { change, events }
    this.caret = null // in the view
    this.lastSeq = 0
    this.carried = null // what waits for the head of another copy: { old, change, events, blind }
    this.others = o.others ? new Others() : null
    this.forks = 0
    this.bound = this.times.firstBound
    this.#connect()
  }

  // ── what the person does ──

  text () { return this.view }
  quiet () { return !this.inFlight && !this.buffer && !this.carried && this.state === 'live' }
  insert (at, text) { this.edit([...retain(at), [text, { author: this.person.id }], this.view.length - at], [], [at + text.length, at + text.length]) }
  remove (at, n) { this.edit([...retain(at), -n, this.view.length - at - n], [], [at, at]) }

  /** A change of the text that the person sees. */
  edit (change, events = [], caret = null) {
    if (!this.document) throw new Error('nothing was joined yet')
    this.view = applied(change, this.view)
    this.caret = caret ?? (this.caret && movedCaret(this.caret, change, true))
    const more = (before) => before ? { ...before, change: compose(before.change, change), events: [...before.events, ...events] } : { change: compose(change, []), events }
    if (this.carried) this.carried = more(this.carried)
    else this.buffer = more(this.buffer)
    this.#flush()
  }

  /** Moves the caret; it goes out alone once nothing is pending, else with the next submission. */
  moveCaret (caret) {
    this.caret = caret
    this.caretDue = true
    this.#flush()
  }

  close () {
    this.ended = true
    clearInterval(this.ticking)
    clearTimeout(this.retry)
    this.socket.close()
  }

  // ── the connection ──

  #connect () {
    this.state = 'hello'
    this.pongDue = Infinity
    const socket = this.socket = (this.o.connect ?? ((how) => new WebSocket(how)))({
      host: this.o.host,
      port: this.o.port,
      from: this.o.from,
      on: {
        open: () => this.#say({ t: 'hello', oldest: 1, newest: 1, credential: { kind: 'token', token: this.o.token() }, device: this.device }),
        message: (text) => { if (socket === this.socket && !this.ended) this.#hear(text) },
        pong: () => { this.pongDue = Infinity },
        closed: (code, reason) => { if (socket === this.socket) this.#lost(code, reason) }
      }
    })
  }

  #say (message) { this.socket.send(JSON.stringify(message)) }

  #hear (text) {
    const m = JSON.parse(text)
    try {
      this.#heard(m)
    } catch (e) { // a change that does not fit what is here: the copy is another one than the relay's
      if (!this.document) throw e
      this.#fork(e.message)
    }
  }

  #heard (m) {
    switch (m.t) {
      case 'welcome':
        this.person = m.person
        return this.#join()
      case 'joined': return this.#joined(m)
      case 'snapshot': return this.#snapshot(m)
      case 'committed': return this.#committed(m)
      case 'range': return this.#range(m)
      case 'refused': return this.#refused(m)
      case 'presence':
        this.others?.presence(m)
        return this.o.presence?.(m)
      case 'failed': return this.#failed(m)
    }
  }

  #lost (code, reason) {
    const good = this.state === 'live'
    this.state = 'away'
    this.ranges = this.pieces = null
    this.asked = false
    clearInterval(this.ticking)
    clearTimeout(this.retry)
    if (this.ended) return
    if (this.o.once || this.stopped || !RETRY_CLOSES.has(code)) return this.#end(this.stopped ?? `closed ${code} ${reason}`)
    this.bound = good ? this.times.firstBound : Math.min(2 * this.bound, this.times.lastBound)
    this.#later(Math.max(this.wait ?? 0, Math.random() * this.bound), () => this.#connect())
    this.wait = 0
  }

  #later (millis, what) {
    clearTimeout(this.retry)
    this.retry = setTimeout(what, millis)
  }

  #end (why) {
    this.ended = true
    this.socket.cut()
    this.o.ended?.(why)
  }

  /** Cuts the connection and makes it anew. */
  #anew (why) {
    this.socket.cut()
    this.#lost(1006, why)
  }

  #tick () {
    if (Date.now() > this.pongDue) return this.#anew('no answer to ping')
    if (this.pongDue === Infinity && Date.now() - this.pinged >= this.times.pingEvery) {
      this.pinged = Date.now()
      this.pongDue = this.pinged + this.times.pongWithin
      this.socket.ping()
    }
    if (this.inFlight?.sentAt && Date.now() - this.inFlight.sentAt >= this.times.resendAfter) this.#send()
  }

  #failed (m) {
    if (RETRY_FAILURES.has(m.code) && !this.o.once && this.state !== 'live') {
      this.wait = Math.max(100, m.retryAfterMillis)
      if (this.state === 'joining') this.#later(this.wait, () => this.#join()) // else a close follows
      return
    }
    if (m.code === 'expired') return this.#anew('the token ran out') // the next one is asked for when it is needed
    if (this.state !== 'live') {
      this.stopped = `failed: ${m.code}: ${m.sentence}`
      this.#anew(this.stopped)
    }
  }

  // ── joining and catching up ──

  #join () {
    this.state = 'joining'
    this.wait = 0
    const m = { t: 'join', document: this.o.document }
    // What was sent under an id is asked for under that id, also where a connection in between came to nothing.
    const id = this.inFlight?.client ?? this.client
    if (id) m.resume = id
    if (this.document && !this.forked) m.known = { epoch: this.epoch, revision: this.revision, contentHash: this.document.contentHash() }
    this.#say(m)
  }

  #joined (m) {
    this.state = 'catching'
    this.role = m.role
    this.head = m.head
    this.headHash = m.contentHash
    this.epoch = m.epoch
    this.others?.joined(m)
    this.#resume(m)
    this.client = m.client
    this.lastSeq = 0
    this.pinged = Date.now()
    this.ticking = setInterval(() => this.#tick(), this.times.tick)
    if (m.snapshot) this.pieces = []
    else this.#reached()
  }

  /** What became of what was in flight (chapter 9). */
  #resume ({ resumed, snapshot, from }) {
    const sent = this.inFlight
    const committed = sent && resumed.outcome === 'closed' && resumed.lastSeq >= sent.seq
    const unknown = sent && resumed.outcome === 'unknown'
    if (snapshot) {
      if (!this.document) return
      // What is typed was made for the copy from before. Where this client itself gave that copy up, it is placed at the head.
      const old = committed ? applied(sent.change, this.document.text) : this.document.text
      const unsent = (committed ? this.buffer : this.#all()) ?? { change: [old.length], events: [] }
      this.inFlight = this.buffer = null
      this.carried = { old, ...unsent, blind: !this.forked || unknown }
    } else if (sent && !committed && !unknown) {
      this.buffer = this.#all()
      this.inFlight = null
    } // else: it comes alone, or is looked for among the commits that come
  }

  /** In flight and buffer as one. */
  #all () {
    const a = this.inFlight; const b = this.buffer
    if (!a || !b) return a ? { change: a.change, events: a.events } : b
    return { change: compose(a.change, b.change), events: [...a.events, ...b.events] }
  }

  #snapshot (m) {
    this.pieces.push(m)
    if (m.part < m.of) return
    this.document = Document.ofPieces(this.pieces)
    this.pieces = null
    this.revision = m.revision
    if (!this.carried) this.view = this.document.text
    this.#reached()
  }

  /** Whether the head that `joined` named is reached: only then is anything sent. */
  #reached () {
    if (this.state !== 'catching' || this.revision < this.head) return
    if (this.revision === this.head && this.#differs(this.headHash)) return
    this.state = 'live'
    this.forked = false
    if (this.inFlight && this.inFlight.client !== this.client) { // looked for, and not there: it was not committed
      this.buffer = this.#all()
      this.inFlight = null
    }
    if (this.carried) this.#place()
    this.o.live?.()
    this.#flush()
  }

  /** Puts what was carried over from another copy on this one, or keeps it as a copy of its own. */
  #place () {
    const { old, change, events, blind } = this.carried
    this.carried = null
    if (same(change, [old.length]) && !events.length) {
      this.view = this.document.text
    } else if (blind) {
      this.#keep('the relay could not go on from this copy')
    } else {
      this.buffer = { change: transform(change, difference(old, this.document.text, null), RIGHT), events }
      this.view = applied(this.buffer.change, this.document.text)
    }
  }

  #keep (why) {
    this.o.kept?.(this.view, why)
    this.inFlight = this.buffer = this.caret = null
    this.view = this.document.text
  }

  #fork (why) {
    this.forks++
    this.forked = true
    this.o.forked?.(this.document.text, why)
    if (this.o.once) return this.#end('forked: ' + why)
    this.#anew(why)
  }

  #differs (contentHash) {
    if (!contentHash) return false
    const mine = this.document.contentHash()
    if (mine === contentHash) return false
    this.#fork(`hash ${mine} instead of ${contentHash} at ${this.revision}`)
    return true
  }

  // ── what is committed ──

  #committed (m) {
    if (m.revision <= this.revision) return
    if (m.revision > this.revision + 1) return this.#gap()
    this.asked = false
    const sent = this.inFlight
    const own = sent && m.client === sent.client && m.seq === sent.seq
    if (own && !same(m.delta, sent.change)) return this.#fork(`seq ${m.seq} came back as another change`)
    this.#advance(m.revision, m.delta, m.events, own)
    this.others?.changed(m.revision, m.delta, m.client, m.caret)
    if (this.o.check?.() !== false && this.#differs(m.contentHash)) return
    if (!own) this.o.commit?.(m)
    else this.o.saved?.(m)
    this.#reached()
    this.#flush()
  }

  #range (m) {
    if (m.to <= this.revision) return
    if (m.from !== this.revision) return this.#gap()
    this.asked = false
    if (m.part === 1) this.ranges = { delta: m.delta, events: m.events ?? [] }
    else this.ranges = { delta: compose(this.ranges.delta, m.delta), events: [...this.ranges.events, ...(m.events ?? [])] }
    if (m.part < m.of) return
    const { delta, events } = this.ranges
    this.ranges = null
    this.#advance(m.to, delta, events, false)
    this.others?.changed(m.to, delta)
    if (this.o.check?.() !== false && this.#differs(m.contentHash)) return
    this.caretDue = this.caret !== null // composed changes may move a position elsewhere than the relay does (chapter 10)
    this.o.range?.(m)
    this.#reached()
    this.#flush()
  }

  #advance (revision, change, events, own) {
    this.document.apply(change, events)
    this.revision = revision
    if (own) this.inFlight = null
    else this.#foreign(change)
    if (!this.inFlight && !this.buffer && !this.carried) this.view = this.document.text
  }

  /** The diamond: history stands left, what is pending right. */
  #foreign (s) {
    const sent = this.inFlight
    if (sent) {
      const after = transform(s, sent.change, LEFT)
      sent.change = transform(sent.change, s, RIGHT)
      if (sent.caret) sent.caret = movedCaret(sent.caret, after, false)
      s = after
    }
    if (this.buffer) {
      const after = transform(s, this.buffer.change, LEFT)
      this.buffer.change = transform(this.buffer.change, s, RIGHT)
      s = after
    }
    if ((sent || this.buffer) && !this.carried) this.view = applied(s, this.view)
    if (this.caret) this.caret = movedCaret(this.caret, s, false)
  }

  #gap () {
    if (this.asked) return
    this.asked = true
    this.#say({ t: 'catch_up', revision: this.revision })
  }

  // ── what is sent ──

  #flush () {
    if (this.inFlight || this.state !== 'live') return
    if (!this.buffer) return this.#sendCaret()
    const { change, events } = this.buffer
    const [now, rest] = beginning(change, LIMITS)
    const more = events.length > LIMITS.events ? events.slice(LIMITS.events) : []
    this.buffer = rest || more.length ? { change: rest ?? [lengthAfter(now)], events: more } : null
    const caret = this.buffer ? null : this.caret
    this.inFlight = { client: this.client, seq: ++this.lastSeq, change: now, events: events.slice(0, LIMITS.events), caret }
    if (caret) this.caretDue = false
    this.o.sending?.(this.inFlight)
    this.#send()
  }

  #sendCaret () {
    if (!this.caretDue || !this.caret) return
    this.caretDue = false
    this.#say({ t: 'caret', revision: this.revision, caret: this.caret })
    this.o.caret?.(this.revision, this.caret)
  }

  #send () {
    const { seq, change, events, caret } = this.inFlight
    const m = { t: 'submit', seq, base: this.revision, intent: 'edit', delta: change }
    if (events.length) m.events = events
    if (caret) m.caret = caret
    this.inFlight.sentAt = Date.now()
    this.#say(m)
  }

  #refused (m) {
    const sent = this.inFlight
    if (!sent || sent.client !== this.client || m.seq !== sent.seq) return
    this.o.refused?.(m)
    if (RETRY_REFUSALS.has(m.reason)) {
      sent.sentAt = 0
      if (m.reason === 'catch_up') this.#gap()
      return this.#later(Math.max(100, m.retryAfterMillis), () => { if (this.inFlight === sent && this.state === 'live') this.#send() })
    }
    if (this.o.once) return this.#end(`refused: ${m.reason}: ${m.sentence}`)
    if (m.reason !== 'client_closed') this.#keep(`refused: ${m.reason}: ${m.sentence}`)
    this.#anew(m.reason)
  }
}

function lengthAfter (change) {
  return change.reduce((n, c) => {
    const what = Array.isArray(c) ? c[0] : c
    return n + (typeof what === 'string' ? what.length : Math.max(0, what))
  }, 0)
}
