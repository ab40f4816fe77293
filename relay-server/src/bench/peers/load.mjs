// Runs the peers bench's generators against one server and says what was seen.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { sleep } from './servers.mjs'

const SHIFTED = new URL('./shifted.mjs', import.meta.url).href

/** `common` is the bench's load/common.mjs; `total` is the number of documents that were seeded. */
export class Load {
  constructor (folder, common, target, adapter, total) {
    Object.assign(this, { folder, common, target, adapter, total })
  }

  /** Generators for one round on documents of its own; `w` says docs, clients, offset and what they do. */
  async generators (w) {
    const adapter = `${SHIFTED}?${new URLSearchParams({ adapter: this.adapter, offset: w.offset, docs: w.docs, total: this.total })}`
    const workers = w.workers ?? 1
    const list = []
    for (let index = 0; index < workers; index++) {
      const cfg = { cursors: 0, warm: 2, window: Math.ceil((w.light ? 400 : 50) / workers), joinCap: 60, ...w, ports: this.target.ports, adapter, workers, index }
      list.push(fork(join(this.folder, 'load', 'worker.mjs'), [JSON.stringify(cfg)], { serialization: 'advanced' }))
    }
    await Promise.all(list.map((g) => heard(g, 'up')))
    return list
  }

  #now () {
    const { sample, machine } = this.common
    const servers = this.target.servers.map((c) => sample(c.pid))
    const sum = (field) => servers.reduce((x, s) => x + s[field], 0)
    return { cpu: sum('cpu'), rss: sum('rss'), redis: sample(this.target.redis.pid).cpu, machine: machine(), at: performance.now() }
  }

  #between (a, b, generators) {
    const seconds = (b.at - a.at) / 1000
    const cpu = b.cpu - a.cpu; const redis = b.redis - a.redis
    const others = (b.machine.busy - a.machine.busy - cpu - redis - generators + b.machine.steal - a.machine.steal) / seconds
    return { seconds, cpu, redis, generators, others: Math.max(0, 100 * others) }
  }

  async connect (generators) {
    const before = this.#now()
    const joins = await all(generators, 'connect', 'connected')
    const after = this.#now()
    const took = Float64Array.from(joins.flatMap((j) => [...j.joinLat])).sort()
    const why = {}
    for (const j of joins) for (const [reason, n] of Object.entries(j.why)) why[reason] = (why[reason] ?? 0) + n
    const sum = (field) => joins.reduce((x, j) => x + j[field], 0)
    return {
      joined: sum('joined'),
      lost: sum('notJoined'),
      why,
      seconds: Math.max(...joins.map((j) => j.seconds)),
      p50: this.common.quantile(took, 0.5),
      p99: this.common.quantile(took, 0.99),
      rssBefore: before.rss,
      rss: after.rss,
      use: this.#between(before, after, sum('cpu'))
    }
  }

  /** Connects, types, and compares all texts. */
  async type (w) {
    const generators = await this.generators(w)
    try {
      const join = await this.connect(generators)
      await sleep(500)
      let from
      const measuring = Promise.all(generators.map((g) => heard(g, 'measuring'))).then(() => { from = this.#now() })
      const done = await all(generators, 'go', 'done')
      await measuring
      const to = this.#now()
      const seen = await all(generators, 'verify', 'verified')
      const sum = (list, field) => list.reduce((x, y) => x + y[field], 0)
      const lat = Float64Array.from(seen.flatMap((v) => [...v.lat])).sort()
      return {
        join,
        edits: sum(done, 'edits'),
        lost: sum(done, 'expected') - lat.length,
        p50: this.common.quantile(lat, 0.5),
        p99: this.common.quantile(lat, 0.99),
        late: Math.max(...done.map((d) => d.lag99)),
        carets: seen.reduce((x, v) => x + v.curLat.length, 0),
        use: this.#between(from, to, sum(done, 'cpu')),
        equal: sum(seen, 'converged'),
        complete: sum(seen, 'complete'),
        docs: sum(seen, 'docs'),
        newcomer: seen.every((v) => v.newcomer === 'same'),
        why: seen.map((v) => v.why)
      }
    } finally {
      await end(generators)
    }
  }

  /** Connects people who do nothing, and lets `hold` look while they are there. */
  async idle (w, hold) {
    const generators = await this.generators({ ...w, light: true, writers: 'none', workers: 2 })
    try {
      const join = await this.connect(generators)
      return { join, ...await hold?.(join) }
    } finally {
      await end(generators)
    }
  }

  rss () { return this.#now().rss }
}

function heard (generator, event) {
  return new Promise((resolve, reject) => {
    const listen = (m) => {
      if (m.event !== event) return
      generator.off('message', listen)
      generator.off('exit', gone)
      resolve(m)
    }
    const gone = () => reject(new Error('a generator ended'))
    generator.on('message', listen)
    generator.once('exit', gone)
  })
}

function all (generators, cmd, event) {
  return Promise.all(generators.map((g) => {
    const answer = heard(g, event)
    g.send({ cmd })
    return answer
  }))
}

async function end (generators) {
  for (const g of generators) {
    if (!g.connected) continue
    const gone = new Promise((resolve) => g.once('exit', resolve))
    g.send({ cmd: 'exit' })
    await Promise.race([gone, sleep(3000)])
    g.kill('SIGKILL')
  }
}
