// The peers bench in one go, every server warmed alike, rounds by turns: ./bench peers PEERS_FOLDER (see docs/BENCHMARKS.md).
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Load } from './load.mjs'
import { serve, sleep } from './servers.mjs'

const HELP = `./bench peers PEERS_FOLDER [options]: our relay beside other editors' servers, one generator, one table.
  --rounds N    of the office, each server's turn after the other's; three fifths as many of the hot document, two fifths with carets, and of the spread (5)
  --seconds N   of one measured round, after 2 s that do not count (5)
  --warm N      seconds of typing at four times the office's load before anything is measured (15)
  --storm N     connections of the storm (8000); every connection takes a file, see ulimit -n
  --idle N      idle connections, and as many further ones (5000)
  --peers A,B   of seed, sharedb, sharedb-redis, hocuspocus, etherpad, coscribe, coscribe-strict, coscribe-embedded (all that are installed)
  --also A=JAR  further relays, older ones for example, on volatile Redis and embedded; with commas between them. Not in idle and two
  --parts A,B   of office, hot, carets, spread, join, storm, idle, two (all)`
const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(['relay', 'java', 'also', 'rounds', 'seconds', 'warm', 'storm', 'idle', 'peers', 'parts', 'help'].map((name) => [name, { type: name === 'help' ? 'boolean' : 'string' }]))
})
if (asked.help || positionals.length !== 1) {
  console.log(HELP)
  process.exit(asked.help ? 0 : 2)
}
const FOLDER = resolve(positionals[0])
if (!existsSync(join(FOLDER, 'peers.mjs')) || !existsSync(join(FOLDER, 'node_modules'))) {
  console.error(`${FOLDER} is not the peers bench, or 'npm ci' has not been run in it.`)
  process.exit(2)
}
process.env.PEERS_FOLDER = FOLDER
const number = (name, otherwise) => Number(asked[name] ?? otherwise)
const ROUNDS = number('rounds', 5); const SECONDS = number('seconds', 5); const WARM = number('warm', 15)
const HOT_ROUNDS = Math.ceil(ROUNDS * 3 / 5); const CARET_ROUNDS = Math.ceil(ROUNDS * 2 / 5)
const STORM = number('storm', 8000); const IDLE = number('idle', 5000)
const PARTS = (asked.parts ?? 'office,hot,carets,spread,join,storm,idle,two').split(',')
const RUN = mkdtempSync(join(tmpdir(), 'coscribe-bench-peers-'))
const common = await import(pathToFileURL(join(FOLDER, 'load', 'common.mjs')))
const { peers: theirs } = await import(pathToFileURL(join(FOLDER, 'peers.mjs')))

function ours (name, store, redisArgs, nodes, jar = asked.relay) {
  const cmd = [asked.java, '-jar', jar, 'serve', '--bind', '127.0.0.1:{port}', '--data-dir', '{dir}', '--metrics-bind', 'off', '--auth-mode', 'invite,jwt', '--auth-jwt-secret', '{secret}', '--shutdown-drain', '0s', ...store]
  return { name, cmd, adapter: new URL('./coscribe.mjs', import.meta.url).href, redisArgs, nodes }
}
const VOLATILE = ['--durability', 'volatile']
const EMBEDDED = ['--store', 'embedded']
const REDIS = ['--store', 'redis', '--redis-url', 'redis://127.0.0.1:{redisPort}']
const every = [
  ...Object.entries(theirs).filter(([, p]) => p.cmd && !p.extra && !p.slot).map(([name, p]) => ({ ...p, name, adapter: pathToFileURL(p.adapter).href })),
  ours('coscribe', [...REDIS, ...VOLATILE], undefined, 2),
  ours('coscribe-strict', REDIS, ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'], 2),
  ours('coscribe-embedded', EMBEDDED, undefined, 1)
]
const also = (asked.also ?? '').split(',').filter((each) => each).map((each) => each.split('=')).flatMap(([name, jar]) => [
  ours(name, [...REDIS, ...VOLATILE], undefined, 1, resolve(jar)),
  ours(`${name}-embedded`, EMBEDDED, undefined, 1, resolve(jar))
])
const wanted = asked.peers ? every.filter((p) => asked.peers.split(',').includes(p.name)) : every.filter((p) => p.name !== 'etherpad' || existsSync(join(FOLDER, 'servers', 'etherpad', 'node_modules')))

// Which documents a round has, so that each finds them as seeded.
const OFFICE = { docs: 100, clients: 500, writers: 'one', rate: 5, duration: SECONDS }
const HOT = { docs: 1, clients: 50, writers: 'all', rate: 2, duration: SECONDS }
const SPREAD = { docs: 200, clients: 400, writers: 'all', rate: 2, duration: SECONDS }
let total = 0
const take = (n) => (total += n) - n
const at = {
  warm: take(100),
  office: Array.from({ length: ROUNDS }, () => take(100)),
  carets: Array.from({ length: CARET_ROUNDS }, () => take(100)),
  spread: Array.from({ length: CARET_ROUNDS }, () => take(200)),
  warmHot: take(1),
  hot: Array.from({ length: HOT_ROUNDS }, () => take(1)),
  storm: take(Math.ceil(STORM / 5))
}

const results = new Map() // part -> name -> [result, …]
function note (part, name, result) {
  if (!results.has(part)) results.set(part, new Map())
  const of = results.get(part)
  of.set(name, [...(of.get(name) ?? []), result])
  appendFileSync(join(RUN, 'results.jsonl'), JSON.stringify({ part, name, at: new Date().toISOString(), load: loadavg()[0], ...result }) + '\n')
  const shown = result.error ?? (result.p50 !== undefined ? `p50 ${f(result.p50)} p99 ${f(result.p99)}` : result.join ? `${result.join.joined} joined in ${f(result.join.seconds)} s` : '')
  console.error(`${part} ${name}: ${shown} (load average ${loadavg()[0].toFixed(1)})`)
}
async function tried (part, name, what) {
  try {
    const result = await what()
    if (result) note(part, name, result)
  } catch (e) {
    note(part, name, { error: e.message })
  }
}

async function seeded (peer, nodes, docs, warm) {
  const target = await serve(peer, nodes, RUN, common.JWT_SECRET)
  await sleep(500)
  const { seed } = await import(peer.adapter)
  delete process.env.PEERS_DOCUMENTS
  await seed({ ports: target.ports, redisPort: target.redisPort, docs, clients: docs * 50 })
  const documents = process.env.PEERS_DOCUMENTS
  const load = new Load(FOLDER, common, target, peer.adapter, docs)
  load.on = () => { if (documents) process.env.PEERS_DOCUMENTS = documents }
  load.on()
  if (warm) {
    await load.idle({ docs: 100, clients: 2000, offset: at.warm })
    await load.type({ ...OFFICE, rate: 20, duration: warm, offset: at.warm })
    await load.type({ ...HOT, rate: 4, duration: warm / 4, offset: at.warmHot })
  }
  return load
}

async function byTurns () {
  const loads = []
  for (const peer of [...wanted, ...also]) {
    try {
      loads.push([peer.name, await seeded(peer, 1, total, WARM)])
      console.error(`${peer.name} is warm (load average ${loadavg()[0].toFixed(1)})`)
    } catch (e) {
      note('start', peer.name, { error: e.message })
    }
  }
  const turn = async (part, what) => {
    if (!PARTS.includes(part)) return
    for (const [name, load] of loads) {
      load.on()
      await tried(part, name, () => what(load, name))
    }
  }
  for (let r = 0; r < ROUNDS; r++) {
    await turn('office', (load) => load.type({ ...OFFICE, offset: at.office[r] }))
    if (r < CARET_ROUNDS) await turn('carets', (load, name) => !theirs[name]?.skip?.includes('w1c') && load.type({ ...OFFICE, cursors: 1, offset: at.carets[r] }))
    if (r < CARET_ROUNDS) await turn('spread', (load) => load.type({ ...SPREAD, offset: at.spread[r] }))
    if (r < HOT_ROUNDS) await turn('hot', (load) => load.type({ ...HOT, offset: at.hot[r] }))
  }
  await turn('join', async (load) => (await load.idle({ docs: 100, clients: 300, offset: at.office[0], window: 1, workers: 1 })).join)
  await turn('storm', (load) => load.idle({ docs: Math.ceil(STORM / 5), clients: STORM, offset: at.storm }))
  for (const [, load] of loads) await load.target.stop()
}

/** On servers of their own, which have seen nobody: what a further connection costs once some are there. */
async function idle () {
  for (const peer of wanted) {
    await tried('idle', peer.name, async () => {
      const n = IDLE / 5
      const load = await seeded(peer, 1, 2 * n, 0)
      try {
        return await load.idle({ docs: n, clients: IDLE, offset: 0 }, async (first) => {
          await sleep(3000)
          const some = load.rss()
          return load.idle({ docs: n, clients: IDLE, offset: n }, async (second) => {
            await sleep(3000)
            const first1 = (some - first.rssBefore) / 1024 / first.joined
            return { first: first1, further: (load.rss() - some) / 1024 / second.joined, joins: [first.joined, second.joined] }
          })
        })
      } finally {
        await load.target.stop()
      }
    })
  }
}

async function two () {
  for (const peer of wanted.filter((p) => p.nodes > 1)) {
    await tried('two', peer.name, async () => {
      const load = await seeded(peer, 2, total, 2 * WARM) // each of the two is to be as warm as one was
      try {
        for (let r = 0; r < Math.min(ROUNDS, 2); r++) note('two', peer.name, await load.type({ ...OFFICE, offset: at.office[r] }))
      } finally {
        await load.target.stop()
      }
    })
  }
}

const f = (x) => (x === undefined || Number.isNaN(x) ? '-' : x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2))
const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)]
const spread = (list) => list.length > 1 ? `${f(median(list))} (${f(Math.min(...list))} to ${f(Math.max(...list))})` : f(list[0])
const perEdit = (r) => 1000 * r.use.cpu / r.edits

function good (part, name) { return (results.get(part)?.get(name) ?? []).filter((r) => !r.error) }
function table (part, title, heads, cells) {
  if (!results.has(part)) return
  console.log(`\n${title}\n\n| server | ${heads.join(' | ')} |\n|${' --- |'.repeat(heads.length + 1)}`)
  for (const { name } of [...wanted, ...also]) {
    const list = good(part, name)
    const failed = (results.get(part).get(name) ?? []).find((r) => r.error)
    if (list.length) console.log(`| ${name} | ${cells(list, name).join(' | ')} |${failed ? ` (one round failed: ${failed.error})` : ''}`)
    else if (failed) console.log(`| ${name} | failed: ${failed.error} |${' |'.repeat(heads.length - 1)}`)
  }
}
const outcome = (list) => {
  const bad = list.filter((r) => r.equal < r.docs || r.complete < r.docs || !r.newcomer)
  return bad.length ? `**not equal or not complete in ${bad.length} of ${list.length} rounds**` : 'equal, complete'
}
const typing = ['p50 ms', 'p99 ms', 'server CPU ms per edit', 'Redis CPU ms per edit', 'generator late p99 ms', 'others of one core', 'lost', 'replicas']
const typed = (list) => [
  spread(list.map((r) => r.p50)), spread(list.map((r) => r.p99)), spread(list.map(perEdit)), f(median(list.map((r) => 1000 * r.use.redis / r.edits))),
  f(median(list.map((r) => r.late))), `${f(median(list.map((r) => r.use.others)))} %`, String(list.reduce((x, r) => x + r.lost, 0)), outcome(list)
]

const began = Date.now(); const loadBefore = loadavg()[0]
await byTurns()
if (PARTS.includes('idle')) await idle()
if (PARTS.includes('two')) await two()
const commit = execFileSync('git', ['-C', new URL('.', import.meta.url).pathname, 'rev-parse', '--short', 'HEAD']).toString().trim()
console.log(`Commit ${commit}, ${((Date.now() - began) / 60000).toFixed(0)} minutes, load average ${loadBefore.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after; every round: ${join(RUN, 'results.jsonl')}`)
table('start', 'Did not start:', ['why'], () => [''])
table('office', `Office: 100 documents, 5 people each, one types 5 keys a second; median (least to most) of ${ROUNDS} rounds of ${SECONDS} s.`, typing, typed)
table('hot', `Hot: 1 document, 50 writers, 2 keys a second each; ${HOT_ROUNDS} rounds of ${SECONDS} s.`, typing, typed)
table('carets', 'Carets: the office, and everybody moves their caret once a second.', ['server CPU ms per edit', 'more than the office', 'carets seen', ...typing.slice(0, 2)], (list, name) => {
  const plain = median(good('office', name).map(perEdit))
  const now = median(list.map(perEdit))
  return [spread(list.map(perEdit)), `${f(100 * (now / plain - 1))} %`, f(median(list.map((r) => r.carets))), spread(list.map((r) => r.p50)), spread(list.map((r) => r.p99))]
})
table('spread', `Spread: 200 documents, 2 people each, both type 2 keys a second; ${CARET_ROUNDS} rounds of ${SECONDS} s.`, typing, typed)
table('join', 'Join, one after the other, documents of 5,000 characters.', ['p50 ms', 'p99 ms', 'CPU ms per join'], ([r]) => [f(r.p50), f(r.p99), f(1000 * r.use.cpu / r.joined)])
table('storm', `Storm: ${STORM} connections, 400 attempts at once, 5 people a document.`, ['joined', 'joins/s', 'p50 ms', 'p99 ms', 'CPU ms per join', 'not joined', 'generator CPU of its seconds'], ([{ join: j }]) =>
  [String(j.joined), f(j.joined / j.seconds), f(j.p50), f(j.p99), f(1000 * j.use.cpu / j.joined), `${j.lost}${Object.keys(j.why).length ? ' ' + JSON.stringify(j.why) : ''}`, `${f(j.use.generators)} of ${f(j.seconds)}`])
table('idle', `Idle: ${IDLE} connections at a server that has seen nobody, then ${IDLE} further ones.`, ['KiB each of the first', 'KiB each of the further', 'joined'], ([r]) => [f(r.first), f(r.further), r.joins.join(' + ')])
table('two', 'Two servers on one Redis, the office spread over both.', ['CPU of both against one', ...typing], (list, name) => {
  const plain = median(good('office', name).map(perEdit))
  return [plain ? `x ${f(median(list.map(perEdit)) / plain)}` : '-', ...typed(list)]
})
process.exit(0)
