// Changes of a text as docs/PROTOCOL.md has them (chapter 5), worked on in the form in which they are sent.

export const LEFT = 'left' // what is in the relay's history
export const RIGHT = 'right' // what arrives

const KEEP = 0; const DELETE = 1; const INSERT = 2

/** Reads a change from left to right, any number of units at a time; behind the last component it keeps for ever. */
class Reader {
  constructor (change) {
    this.change = change
    this.at = -1
    this.next()
  }

  next () {
    const c = this.change[++this.at]
    this.end = c === undefined
    const [what, attributes] = Array.isArray(c) ? c : [this.end ? Infinity : c, null]
    this.attributes = attributes && Object.keys(attributes).length ? attributes : null
    if (typeof what === 'string') {
      this.kind = INSERT
      this.text = what
      this.rest = what.length
    } else {
      this.kind = what < 0 ? DELETE : KEEP
      this.rest = Math.abs(what)
    }
    if (!this.rest) throw new Error('a component of length 0: ' + JSON.stringify(c))
  }

  take (n) {
    const text = this.kind === INSERT ? this.text.slice(this.text.length - this.rest, this.text.length - this.rest + n) : null
    this.rest -= n
    if (!this.rest) this.next()
    return text
  }
}

/** Writes a change, joining neighbours of one kind with equal attributes, and moving nothing. */
class Writer {
  constructor () {
    this.change = []
    this.kind = -1
  }

  add (kind, length, text, attributes) {
    if (this.kind === kind && sameAttributes(this.attributes, attributes)) {
      this.length += length
      if (kind === INSERT) this.text += text
      return
    }
    this.flush()
    this.kind = kind
    this.length = length
    this.text = text
    this.attributes = attributes
  }

  flush () {
    if (this.kind < 0) return
    const what = this.kind === INSERT ? this.text : this.kind === DELETE ? -this.length : this.length
    this.change.push(this.attributes ? [what, this.attributes] : what)
  }

  keep (n, attributes) { this.add(KEEP, n, null, attributes) }
  remove (n) { this.add(DELETE, n, null, null) }
  insert (text, attributes) { this.add(INSERT, text.length, text, attributes) }

  done () {
    this.flush()
    return this.change
  }
}

export function sameAttributes (a, b) {
  if (a === b) return true
  if (!a || !b) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
}

/** The entries of both, the newer ones winning; `null` stays where it is wanted (on kept text). */
export function onto (older, newer, keepNull) {
  if (!older && keepNull) return newer
  const both = { ...older, ...newer }
  if (!keepNull) for (const name of Object.keys(both)) if (both[name] === null) delete both[name]
  return Object.keys(both).length ? both : null
}

/** The change that does `a` and then `b`. */
export function compose (a, b) {
  const x = new Reader(a); const y = new Reader(b); const out = new Writer()
  for (;;) {
    if (y.kind === INSERT) {
      out.insert(y.text.slice(y.text.length - y.rest), y.attributes)
      y.next()
    } else if (x.kind === DELETE) {
      out.remove(x.rest)
      x.next()
    } else if (x.end && y.end) {
      return out.done()
    } else {
      const n = Math.min(x.rest, y.rest)
      const mine = x.attributes; const theirs = y.attributes
      if (x.kind === INSERT) {
        const text = x.take(n)
        if (y.kind === KEEP) out.insert(text, onto(mine, theirs, false))
      } else {
        if (y.kind === DELETE) out.remove(n)
        else out.keep(n, onto(mine, theirs, true))
        x.take(n)
      }
      y.take(n)
    }
  }
}

/** `a` as it reads after the concurrent `b`; `side` says where `a` stands. */
export function transform (a, b, side) {
  const x = new Reader(a); const y = new Reader(b); const out = new Writer()
  for (;;) {
    if (x.kind === INSERT && (side === LEFT || y.kind !== INSERT)) {
      out.insert(x.text.slice(x.text.length - x.rest), x.attributes)
      x.next()
    } else if (y.kind === INSERT) {
      out.keep(y.rest, null)
      y.next()
    } else if (x.end && y.end) {
      return out.done()
    } else {
      const n = Math.min(x.rest, y.rest)
      if (y.kind === KEEP) {
        if (x.kind === DELETE) out.remove(n)
        else out.keep(n, side === LEFT ? without(x.attributes, y.attributes) : x.attributes)
      }
      x.take(n)
      y.take(n)
    }
  }
}

function without (attributes, names) {
  if (!attributes || !names) return attributes
  const left = {}
  for (const [name, value] of Object.entries(attributes)) if (!Object.hasOwn(names, name)) left[name] = value
  return Object.keys(left).length ? left : null
}

/** Whether two changes do the same, however their components are cut. */
export function same (a, b) {
  const x = new Reader(a); const y = new Reader(b)
  for (;;) {
    if (x.end || y.end) return x.end && y.end
    if (x.kind !== y.kind || !sameAttributes(x.attributes, y.attributes)) return false
    const n = Math.min(x.rest, y.rest)
    if (x.take(n) !== y.take(n)) return false
  }
}

/** The text after a change, without its formatting. */
export function applied (change, text) {
  let out = ''
  let at = 0
  for (const c of change) {
    const what = Array.isArray(c) ? c[0] : c
    if (typeof what === 'string') out += what
    else if (what < 0) at -= what
    else out += text.slice(at, at += what)
  }
  if (at !== text.length) throw new Error(`a change of ${at} units for a text of ${text.length}`)
  return out
}

/** Where a position goes (chapter 10); `behind` says whether text inserted exactly at it leaves it behind that text. */
export function moved (position, change, behind) {
  let at = 0 // in the old text
  let to = position
  for (const c of change) {
    if (at > position) break
    const what = Array.isArray(c) ? c[0] : c
    if (typeof what === 'string') {
      if (at < position || behind) to += what.length
    } else if (what < 0) {
      to -= Math.max(0, Math.min(-what, position - at))
      at -= what
    } else {
      at += what
    }
  }
  return to
}

/** A selection keeps its words; a caret of other people's inserts stays before them, of one's own goes behind. */
export function movedCaret ([anchor, head], change, own) {
  if (anchor === head) {
    const to = moved(head, change, own)
    return [to, to]
  }
  const forward = anchor < head
  return [moved(anchor, change, forward), moved(head, change, !forward)]
}

/** The change from one text to another, as one replacement; `attributes` for what it inserts. */
export function difference (from, to, attributes) {
  let start = 0
  const most = Math.min(from.length, to.length)
  while (start < most && from[start] === to[start]) start++
  if (start && start < most && isHigh(from.charCodeAt(start - 1))) start--
  let end = 0
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++
  if (end && isLow(from.charCodeAt(from.length - end))) end--
  const out = new Writer()
  if (start) out.keep(start, null)
  if (from.length - start - end) out.remove(from.length - start - end)
  if (to.length - start - end) out.insert(to.slice(start, to.length - end), attributes)
  if (end) out.keep(end, null)
  return out.done()
}

const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000

/** The longest beginning of a change within the limits of one submission, and what is left of it (`null`: nothing). */
export function beginning (change, { units, components, bytes }) {
  let inserted = 0; let size = 0
  let length = 0 // of what is behind the beginning, in the text that it leaves
  for (let k = 0; k < change.length; k++) {
    const c = change[k]
    const [what, attributes] = Array.isArray(c) ? c : [c, null]
    size += Buffer.byteLength(JSON.stringify(c)) + 1
    const text = typeof what === 'string'
    const last = k === change.length - 1 && !text && what > 0 && !attributes
    if (!last && (k >= components || size > bytes || (text && inserted + what.length > units))) {
      const fits = text && k < components ? cutOf(what, Math.min(units - inserted, Math.floor((bytes - size) / 3) + what.length)) : 0
      return split(change, k, fits, length)
    }
    if (text) inserted += what.length
    if (text || what > 0) length += text ? what.length : what
  }
  return [change, null]
}

function cutOf (text, most) {
  const n = Math.max(0, Math.min(most, text.length - 1))
  return n && isHigh(text.charCodeAt(n - 1)) ? n - 1 : n
}

/** Cuts a change before component `k`, or `units` into it, an insert; `length` is that of the text before it. */
function split (change, k, units, length) {
  const begin = new Writer(); const rest = new Writer()
  const [text, attributes] = Array.isArray(change[k]) ? change[k] : [change[k], null]
  copy(change.slice(0, k), begin)
  if (units) begin.insert(text.slice(0, units), attributes)
  if (length + units) rest.keep(length + units, null)
  const tail = units ? [[text.slice(units), attributes], ...change.slice(k + 1)] : change.slice(k)
  copy(tail, rest)
  const old = tail.reduce((n, c) => n + oldLength(c), 0)
  if (old) begin.keep(old, null)
  return [begin.done(), rest.done()]
}

function oldLength (c) {
  const what = Array.isArray(c) ? c[0] : c
  return typeof what === 'string' ? 0 : Math.abs(what)
}

function copy (components, out) {
  for (const c of components) {
    const [what, attributes] = Array.isArray(c) ? c : [c, null]
    if (typeof what === 'string') out.insert(what, attributes)
    else if (what < 0) out.remove(-what)
    else out.keep(what, attributes)
  }
}
