// How a session behaves when the relay says what the golden files say: chapters 8, 9 and 12, without a relay.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, test } from 'node:test'
import { Session } from './session.mjs'

const golden = (name) => JSON.parse(readFileSync(new URL(`../../../../ot-shared/src/test/resources/golden/${name}.json`, import.meta.url)))
const MARA = golden('committed-1').author
const ME = golden('joined').client
const OLD = golden('committed-2').client

const scripts = []
afterEach(() => { for (const s of scripts.splice(0)) s.session.close() })

/** A session whose relay is the test: what it says is in `said`, what it hears is given to `hears`. */
class Script {
  constructor (options = {}) {
    this.said = []
    this.sockets = []
    this.session = new Session({
      document: 'd'.repeat(32),
      token: () => 'token',
      times: { tick: 1e9, firstBound: 0, lastBound: 0 },
      ...options,
      connect: ({ on }) => {
        const socket = { on, send: (text) => this.said.push(JSON.parse(text)), ping () {}, cut () {}, close () {} }
        this.sockets.push(socket)
        return socket
      }
    })
    scripts.push(this)
    this.up()
  }

  up () {
    this.sockets.at(-1).on.open()
    assert.equal(this.take().t, 'hello')
    this.hears({ ...golden('welcome'), person: { ...golden('welcome').person, id: MARA } })
  }

  hears (...messages) { for (const m of messages) this.sockets.at(-1).on.message(JSON.stringify(m)) }
  take () { return this.said.shift() }

  /** Breaks the line and lets the session come back, up to its next `join`, which is returned. */
  async comesBack (code = 1006) {
    const n = this.sockets.length
    if (code) this.sockets.at(-1).on.closed(code, 'cut')
    while (this.sockets.length === n) await new Promise(setImmediate)
    this.said.length = 0
    this.up()
    return this.take()
  }

  joins (joined = {}) {
    assert.deepEqual(this.take(), { t: 'join', document: 'd'.repeat(32) })
    this.hears({ ...golden('joined'), ...joined }, golden('snapshot-1'), golden('snapshot-2'))
    return this
  }
}

const commit = (revision, delta, more) => ({ ...golden('committed-2'), revision, client: 'f'.repeat(32), seq: revision, delta, ...more })
const by = { author: MARA }

test('a snapshot in pieces is the document of joined, and a wrong hash is not taken for it', async () => {
  const s = new Script().joins()
  assert.equal(s.session.state, 'live')
  assert.equal(s.session.text(), 'Hello world\n')
  assert.deepEqual(s.said, [])
  const forked = []
  const other = new Script({ forked: (text) => forked.push(text) }).joins({ contentHash: '0'.repeat(16) })
  assert.equal(forked.length, 1)
  assert.notEqual(other.session.state, 'live')
  assert.deepEqual(await other.comesBack(0), { t: 'join', document: 'd'.repeat(32), resume: ME })
})

test('one submission in flight: later typing is composed and goes after the acknowledgement', () => {
  const s = new Script().joins()
  s.session.insert(5, '!')
  s.session.insert(6, '?')
  s.session.remove(0, 1)
  const first = s.take()
  assert.deepEqual(first, { t: 'submit', seq: 1, base: 3, intent: 'edit', delta: [5, ['!', by], 7], caret: [6, 6] })
  assert.deepEqual(s.said, [])
  s.hears(commit(4, first.delta, { client: ME, seq: 1 }))
  assert.deepEqual(s.take(), { t: 'submit', seq: 2, base: 4, intent: 'edit', delta: [-1, 5, ['?', by], 7], caret: [0, 0] })
  assert.equal(s.session.text(), 'ello!? world\n')
})

test('foreign commits and ranges pass what is pending, history left', () => {
  const s = new Script().joins()
  s.session.insert(0, 'A')
  s.session.insert(1, 'B')
  s.hears(commit(4, [['x', by], 12]), { t: 'range', from: 4, to: 6, part: 1, of: 2, delta: [['y', by], 13] }, { t: 'range', from: 4, to: 6, part: 2, of: 2, delta: [2, ['z', by], 12] })
  assert.equal(s.session.revision, 6)
  assert.equal(s.session.text(), 'yxzABHello world\n')
  assert.deepEqual(s.session.inFlight.change, [3, ['A', by], 12])
  assert.deepEqual(s.session.buffer.change, [4, ['B', by], 12])
  s.hears(commit(7, [3, ['A', by], 12], { client: ME, seq: 1 }))
  assert.equal(s.session.text(), 'yxzABHello world\n')
  assert.equal(s.session.document.text, 'yxzAHello world\n')
})

test('what comes twice is ignored; a gap is asked for once, and what comes meanwhile is ignored', () => {
  const s = new Script().joins()
  s.hears(golden('committed-3'), commit(6, [['c', by], 14]), commit(7, [['d', by], 15]), { t: 'range', from: 5, to: 7, part: 1, of: 1, delta: [['e', by], 14] })
  assert.deepEqual(s.said, [{ t: 'catch_up', revision: 3 }])
  s.hears(commit(4, [['a', by], 12]), { t: 'range', from: 4, to: 6, part: 1, of: 1, delta: [['b', by], 13] })
  assert.equal(s.session.text(), 'baHello world\n')
  assert.equal(s.session.revision, 6)
  assert.equal(s.session.forks, 0)
})

test('a hash that differs is a fork: joined anew without a copy, and what is unsent is carried over', async () => {
  const forked = []
  const s = new Script({ forked: (text) => forked.push(text) }).joins()
  s.session.insert(11, '!')
  s.session.insert(0, '> ')
  s.hears(commit(4, [['a', by], 12], { contentHash: '0'.repeat(16) }))
  assert.deepEqual(forked, ['aHello world\n'])
  s.said.length = 0
  const again = await s.comesBack(0)
  assert.deepEqual(again, { t: 'join', document: 'd'.repeat(32), resume: ME })
  s.hears({ ...golden('joined'), client: '2'.repeat(32), resumed: { outcome: 'closed', lastSeq: 0, revision: 0 } }, golden('snapshot-1'), golden('snapshot-2'))
  assert.equal(s.session.text(), '> Hello world!\n')
  assert.deepEqual(s.take().delta, [['> ', by], 11, ['!', by], 1])
})

test('resumed and committed: the old id\'s commit comes alone and is the acknowledgement', async () => {
  const s = new Script().joins()
  s.session.insert(0, 'A')
  s.session.insert(1, 'B')
  const join = await s.comesBack()
  assert.deepEqual(join, { t: 'join', document: 'd'.repeat(32), resume: ME, known: { epoch: golden('joined').epoch, revision: 3, contentHash: '5d0858765a6556ae' } })
  s.hears({ ...golden('joined'), client: OLD, snapshot: false, from: 3, head: 5, contentHash: undefined, resumed: { outcome: 'closed', lastSeq: 1, revision: 5 } })
  s.hears(commit(4, [['x', by], 12]), commit(5, [1, ['A', by], 12], { client: ME, seq: 1 }))
  assert.equal(s.session.text(), 'xABHello world\n')
  assert.deepEqual(s.take(), { t: 'submit', seq: 1, base: 5, intent: 'edit', delta: [2, ['B', by], 12], caret: [3, 3] })
})

test('resumed and not committed: it goes in front of the buffer, under the new id, from seq 1', async () => {
  const s = new Script().joins()
  s.session.insert(0, 'A')
  s.session.insert(1, 'B')
  await s.comesBack()
  s.hears({ ...golden('joined'), client: OLD, snapshot: false, from: 3, head: 4, contentHash: undefined, resumed: { outcome: 'closed', lastSeq: 0, revision: 0 } })
  assert.deepEqual(s.said, []) // not before the head
  s.hears(commit(4, [['x', by], 12]))
  assert.deepEqual(s.take(), { t: 'submit', seq: 1, base: 4, intent: 'edit', delta: [1, ['AB', by], 12], caret: [3, 3] })
})

test('unknown: looked for among the commits that come, and sent when it is not there', async () => {
  for (const there of [true, false]) {
    const s = new Script().joins()
    s.session.insert(0, 'A')
    await s.comesBack()
    s.hears({ ...golden('joined'), client: OLD, snapshot: false, from: 3, head: 4, contentHash: undefined, resumed: { outcome: 'unknown' } })
    s.hears(commit(4, [['A', by], 12], there ? { client: ME, seq: 1 } : {}))
    assert.equal(s.session.text(), there ? 'AHello world\n' : 'AAHello world\n')
    assert.deepEqual(s.said.map((m) => m.delta), there ? [] : [[1, ['A', by], 12]])
  }
})

test('after a cut while the old id\'s commit was still to come, that id is asked for again', async () => {
  const s = new Script().joins()
  s.session.insert(0, 'A')
  await s.comesBack()
  s.hears({ ...golden('joined'), client: OLD, snapshot: false, from: 3, head: 4, resumed: { outcome: 'closed', lastSeq: 1, revision: 4 } })
  assert.equal((await s.comesBack()).resume, ME)
})

test('a snapshot in place of what is known keeps unsent text as a copy and does not send it', async () => {
  const kept = []
  const s = new Script({ kept: (text) => kept.push(text) }).joins()
  s.session.insert(0, 'A')
  await s.comesBack()
  s.hears({ ...golden('joined'), client: OLD, resumed: { outcome: 'closed', lastSeq: 0, revision: 0 } }, golden('snapshot-1'), golden('snapshot-2'))
  assert.deepEqual(kept, ['AHello world\n'])
  assert.equal(s.session.text(), 'Hello world\n')
  assert.deepEqual(s.said, [])
})

test('refused for now: the same submission again, rebased; refused for good: kept as a copy, and joined anew without it', async () => {
  const kept = []
  const s = new Script({ kept: (text) => kept.push(text) }).joins()
  s.session.insert(0, 'A')
  s.said.length = 0
  s.hears({ ...golden('refused-retry'), seq: 1, retryAfterMillis: 0 }, commit(4, [['x', by], 12]))
  while (!s.said.length) await new Promise(setImmediate)
  assert.deepEqual(s.take(), { t: 'submit', seq: 1, base: 4, intent: 'edit', delta: [1, ['A', by], 12], caret: [2, 2] })
  s.hears({ ...golden('refused-final'), seq: 1 })
  assert.deepEqual(kept, ['xAHello world\n'])
  const join = await s.comesBack(0)
  assert.equal(join.resume, ME)
  assert.equal(s.session.text(), 'xHello world\n')
})

test('a caret goes alone only while nothing is pending', () => {
  const s = new Script().joins()
  s.session.moveCaret([3, 4])
  assert.deepEqual(s.take(), { t: 'caret', revision: 3, caret: [3, 4] })
  s.session.insert(0, 'A')
  const { delta } = s.take()
  s.session.moveCaret([2, 2])
  assert.deepEqual(s.said, [])
  s.hears(commit(4, [['x', by], 12]), commit(5, [1, ...delta], { client: ME, seq: 1 }))
  assert.deepEqual(s.take(), { t: 'caret', revision: 5, caret: [3, 3] })
})

test('a close that says stop is not tried again', () => {
  const ended = []
  const s = new Script({ ended: (why) => ended.push(why) }).joins()
  s.sockets.at(-1).on.closed(4007, 'superseded')
  assert.deepEqual(ended, ['closed 4007 superseded'])
  assert.equal(s.sockets.length, 1)
})
