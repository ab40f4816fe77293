// Sessions against a real relay: COSCRIBE_RELAY_PORT is its port on 127.0.0.1, COSCRIBE_RELAY_SECRET that of the team's tokens.
// JavaScriptClientTest starts one and runs this; without a relay the tests are left out.
import assert from 'node:assert/strict'
import net from 'node:net'
import { after, test } from 'node:test'
import { Session } from './session.mjs'
import { token } from './tokens.mjs'
import { WebSocket } from './websocket.mjs'

const { COSCRIBE_RELAY_PORT: PORT, COSCRIBE_RELAY_SECRET: SECRET, COSCRIBE_SEED: SEED = String(Date.now() % 1e6) } = process.env
const skip = PORT ? false : 'no relay: set COSCRIBE_RELAY_PORT and COSCRIBE_RELAY_SECRET'
if (PORT) console.log(`COSCRIBE_SEED=${SEED}`)
const sessions = []
const proxies = []
after(() => {
  for (const s of sessions) s.close()
  for (const p of proxies) p.close()
})

let state = Number(SEED)
function random (n) { // mulberry32
  state = (state + 0x6D2B79F5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * n)
}

async function until (holds, what) {
  const deadline = Date.now() + 30000
  while (!holds()) {
    if (Date.now() > deadline) assert.fail('in 30 s not: ' + what())
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Between a session and the relay: cuts what passes, and can keep back what either side says. */
class Proxy {
  constructor () {
    this.held = { up: false, down: false }
    this.refusing = false
    this.pairs = new Set()
    this.server = net.createServer((client) => {
      if (this.refusing) return client.destroy()
      const relay = net.connect({ host: '127.0.0.1', port: Number(PORT), noDelay: true })
      const pair = { client, relay }
      this.pairs.add(pair)
      const end = () => { this.pairs.delete(pair); client.destroy(); relay.destroy() }
      client.on('data', (d) => { if (!this.held.up) relay.write(d) })
      relay.on('data', (d) => { if (!this.held.down) client.write(d) })
      for (const s of [client, relay]) s.on('error', end).on('close', end)
    })
    proxies.push(this)
  }

  async listen () {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get port () { return this.server.address().port }
  cut () { for (const { client, relay } of [...this.pairs]) { client.destroy(); relay.destroy() } }
  close () { this.cut(); this.server.close() }
}

/** A new document of `owner`. */
function create () {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket({
      port: Number(PORT),
      on: {
        open: () => socket.send(JSON.stringify({ t: 'hello', oldest: 1, newest: 1, credential: { kind: 'token', token: token(SECRET, 'owner') }, device: 'ab'.repeat(16) })),
        message: (text) => {
          const m = JSON.parse(text)
          if (m.t === 'welcome') return socket.send('{"t":"create","title":"Peers"}')
          socket.close()
          if (m.t === 'created') resolve(m.document)
          else reject(new Error(text))
        },
        pong () {},
        closed: (code, reason) => reject(new Error(`closed ${code} ${reason}`))
      }
    })
  })
}

/** A session that is in the document; what it was told is counted in `told`. */
async function enter (document, who, options = {}) {
  const told = { live: 0, ranges: 0, singles: 0, kept: [], forked: [], saved: new Map(), joined: [] }
  const session = new Session({
    port: Number(PORT),
    document,
    token: () => token(SECRET, who, { doc: document, role: 'editor' }),
    times: { tick: 50, firstBound: 20, lastBound: 200 },
    live: () => told.live++,
    range: () => told.ranges++,
    commit: () => told.singles++,
    saved: (m) => {
      const name = m.client + ':' + m.seq
      assert.ok(!told.saved.has(name), `${name} was acknowledged twice`)
      told.saved.set(name, m.revision)
    },
    kept: (text, why) => told.kept.push([text, why]),
    forked: (text, why) => told.forked.push([text, why]),
    ended: (why) => assert.fail(`${who}: ${why}`),
    ...options
  })
  session.told = told
  sessions.push(session)
  await until(() => told.live > 0, () => who + ' joined')
  return session
}

/** Waits until everybody has everything, and a newcomer finds the same; at the join the relay's own hash is compared. */
async function settled (document, all, { forks = 0 } = {}) {
  const head = () => Math.max(...all.map((s) => s.revision))
  await until(() => all.every((s) => s.quiet() && s.revision === head()), () => 'all quiet: ' + all.map((s) => `${s.state} ${s.revision} ${s.inFlight ? 'in flight' : ''}`).join(', '))
  const newcomer = await enter(document, 'newcomer')
  for (const s of all) {
    assert.equal(s.text(), newcomer.text())
    assert.equal(s.document.canonical(), newcomer.document.canonical())
    assert.equal(s.text(), s.document.text)
    assert.equal(s.forks, forks, JSON.stringify(s.told.forked))
  }
  newcomer.close()
  return newcomer
}

/** One random edit near the beginning, where everybody else writes too. */
function scribble (s) {
  const length = s.text().length - 1
  const at = random(Math.min(length, 6) + 1)
  const n = Math.min(1 + random(3), length - at)
  const what = random(10)
  if (what < 3 && n > 0) s.remove(at, n)
  else if (what < 5 && n > 0) s.edit([...(at ? [at] : []), [n, { bold: random(2) ? true : null }], s.text().length - at - n])
  else if (what < 6 && n > 0) s.edit([...(at ? [at] : []), -n, ['<' + random(100) + '>', { author: s.person.id, italic: true }], s.text().length - at - n])
  else s.insert(at, String.fromCharCode(97 + random(26)).repeat(1 + random(3)))
}

test('eight people write at the same places at once, and all have the relay\'s text', { skip }, async () => {
  const document = await create()
  const all = await Promise.all(Array.from({ length: 8 }, (_, i) => enter(document, 'person-' + i)))
  let crossed = 0 // foreign commits that met something of one's own
  for (const s of all) s.o.commit = () => { if (s.inFlight || s.buffer) crossed++ }
  for (let round = 0; round < 60 || crossed < 300; round++) {
    assert.ok(round < 3000, `too quiet to prove anything: ${crossed} commits met something pending`)
    for (const s of all) scribble(s)
    await new Promise((resolve) => (random(3) ? setImmediate(resolve) : setTimeout(resolve, random(8))))
  }
  await settled(document, all)
})

test('under cuts at any moment every keystroke is in the text once', { skip, timeout: 120000 }, async () => {
  const document = await create()
  const proxy = await new Proxy().listen()
  const all = await Promise.all(Array.from({ length: 5 }, (_, i) => enter(document, 'person-' + i, { port: proxy.port })))
  const typed = all.map(() => '')
  let cuts = 0
  for (let round = 0; cuts < 10 || round < 150; round++) {
    assert.ok(round < 10000, `only ${cuts} cuts`)
    all.forEach((s, i) => {
      if (round % 3 !== i % 3) return
      const word = String.fromCharCode(65 + i) + round + '.'
      typed[i] += word
      s.insert(random(Math.min(s.text().length, 6)), word)
    })
    if (random(6) === 0 && all.every((s) => s.state === 'live')) {
      proxy.cut()
      cuts++
    }
    await new Promise((resolve) => setTimeout(resolve, random(6)))
  }
  await settled(document, all)
  const text = all[0].text()
  assert.equal(text.length - 1, typed.join('').length) // others write into one's words, so the units are counted
  assert.equal([...text.trimEnd()].sort().join(''), [...typed.join('')].sort().join(''))
  for (const s of all) assert.ok(s.told.live > cuts / 2, `${s.told.live - 1} times live again after ${cuts} cuts`)
  for (const s of all) assert.deepEqual(s.told.kept, [])
})

test('cut after the commit and before its acknowledgement: recognised, not sent again', { skip }, async () => {
  const document = await create()
  const proxy = await new Proxy().listen()
  const other = await enter(document, 'other')
  const s = await enter(document, 'person', { port: proxy.port })
  proxy.held.down = true
  s.insert(0, 'once')
  await until(() => other.text() === 'once\n', () => 'the other has it')
  s.insert(0, 'later ')
  other.insert(0, 'meanwhile ')
  proxy.held.down = false
  proxy.cut()
  await settled(document, [s, other])
  assert.equal(s.text().match(/once/g).length, 1)
  assert.deepEqual([...s.told.saved.keys()].map((k) => k.split(':')[1]), ['1', '1']) // one of the old id, one of the new
})

test('cut before the submission arrived: sent again under the new id', { skip }, async () => {
  const document = await create()
  const proxy = await new Proxy().listen()
  const other = await enter(document, 'other')
  const s = await enter(document, 'person', { port: proxy.port })
  const before = s.client
  proxy.held.up = true
  s.insert(0, 'lost on the way')
  other.insert(0, 'meanwhile ')
  await until(() => s.revision === 1, () => 'the commit of the other came')
  proxy.held.up = false
  proxy.cut()
  await settled(document, [s, other])
  assert.match(s.text(), /lost on the way/)
  assert.deepEqual([...s.told.saved.keys()].filter((k) => k.startsWith(before)), [])
})

test('who was away for long gets ranges, which pass what was typed meanwhile', { skip }, async () => {
  const document = await create()
  const proxy = await new Proxy().listen()
  const other = await enter(document, 'other')
  const s = await enter(document, 'person', { port: proxy.port })
  s.insert(0, 'here ')
  await until(() => s.quiet(), () => 'saved')
  proxy.refusing = true
  proxy.cut()
  s.insert(0, 'away ')
  for (let i = 0; i < 300; i++) {
    scribble(other)
    await until(() => other.quiet(), () => 'the other is saved')
  }
  s.insert(5, 'still ')
  proxy.refusing = false
  await settled(document, [s, other])
  assert.ok(s.told.ranges > 0, 'no range came')
  assert.match(s.text(), /away still /)
})

test('a message that got lost on the way is a gap, and is asked for', { skip }, async () => {
  const document = await create()
  let lose = 0; let lost = 0
  const losing = (how) => new WebSocket({
    ...how,
    on: { ...how.on, message: (text) => { if (lose && JSON.parse(text).t === 'committed') { lose--; lost++ } else how.on.message(text) } }
  })
  const other = await enter(document, 'other')
  const s = await enter(document, 'person', { connect: losing })
  for (let i = 0; i < 30; i++) {
    if (i % 10 === 3) lose = 1
    scribble(s)
    scribble(other)
    await until(() => other.quiet(), () => 'the other is saved')
  }
  lose = 0
  other.insert(0, 'the last one is not lost')
  await settled(document, [s, other])
  assert.ok(lost >= 2, `${lost} were lost`)
})

test('a copy that differs is noticed at the next hash, and what was typed goes on over the right one', { skip }, async () => {
  const document = await create()
  const other = await enter(document, 'other')
  const s = await enter(document, 'person')
  s.insert(0, 'far from where the other one writes: right')
  await until(() => s.quiet() && other.text() === s.text(), () => 'both have it')
  s.view = s.document.text = s.text().replace('right', 'wrong')
  await until(() => {
    if (other.quiet()) scribble(other)
    return s.forks > 0
  }, () => 'the fork is noticed')
  s.insert(0, 'typed on the wrong copy ')
  await until(() => s.quiet(), () => 'live again')
  assert.match(s.told.forked[0][0], /wrong/)
  s.forks = 0
  await settled(document, [s, other])
  assert.match(s.text(), /typed on the wrong copy /)
})

test('a change that is never accepted is kept as a copy, and writing goes on without it', { skip }, async () => {
  const document = await create()
  const other = await enter(document, 'other')
  const s = await enter(document, 'person')
  s.edit([['forged', { author: other.person.id }], 1])
  await until(() => s.told.kept.length === 1, () => 'refused')
  assert.match(s.told.kept[0][0], /forged/)
  await until(() => s.told.live === 2, () => 'joined anew')
  s.insert(0, 'honest')
  await settled(document, [s, other])
  assert.equal(s.text(), 'honest\n')
})

test('more than a submission holds goes in several', { skip }, async () => {
  const document = await create()
  const s = await enter(document, 'person')
  s.insert(0, 'x'.repeat(150000))
  await settled(document, [s])
  assert.equal(s.text().length, 150001)
  assert.equal(s.told.saved.size, 3)
})

test('others see the caret that was sent alone, and the one that came with a change', { skip }, async () => {
  const document = await create()
  const seen = []
  await enter(document, 'other', { presence: (m) => seen.push(...m.here), commit: (m) => seen.push(m) })
  const s = await enter(document, 'person')
  s.insert(0, 'caret')
  await until(() => seen.some((m) => m.seq === 1 && m.caret?.[1] === 5), () => 'the caret with the change')
  await until(() => s.quiet(), () => 'saved')
  s.moveCaret([1, 3])
  await until(() => seen.some((m) => m.client === s.client && m.revision === s.revision && m.caret?.[0] === 1 && m.caret[1] === 3), () => 'the caret alone, among ' + JSON.stringify(seen))
})

test('once nothing is under way everybody has everybody\'s caret where its owner has it', { skip }, async () => {
  const document = await create()
  const all = await Promise.all(Array.from({ length: 5 }, (_, i) => enter(document, 'person-' + i, { others: true })))
  for (let round = 0; round < 150; round++) {
    for (const s of all) {
      const length = s.text().length
      if (random(3)) scribble(s)
      else s.moveCaret([random(length), random(length)])
    }
    await new Promise((resolve) => (random(3) ? setImmediate(resolve) : setTimeout(resolve, random(8))))
  }
  await until(() => all.every((s) => s.quiet()), () => 'quiet')
  for (const s of all) {
    s.insert(0, 'sent')
    s.moveCaret([random(s.text().length), random(s.text().length)]) // while that is under way: told when it is acknowledged
  }
  const wrong = () => all.flatMap((s) => all.filter((o) => o !== s && JSON.stringify(s.others.caretOf(o.client)) !== JSON.stringify(o.caret)))
  await until(() => all.every((s) => s.quiet()) && !wrong().length, () => `${wrong().length} carets of 20 are elsewhere`)
  await settled(document, all)
})
