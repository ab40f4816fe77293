// Starts the peers' servers and our relay, each with a Redis of its own, and stops them by process id.
import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'

const children = new Set()
process.on('exit', () => { for (const c of children) c.kill('SIGKILL') })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
export const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis))

function start (command, env, log, cwd) {
  const out = openSync(log, 'w')
  const child = spawn(command[0], command.slice(1), { env, stdio: ['ignore', out, out], cwd })
  children.add(child)
  child.on('exit', () => children.delete(child))
  child.on('error', () => {})
  child.log = log
  return child
}

export async function stop (child) {
  if (child.exitCode !== null || child.signalCode) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 3000)
  await gone
  clearTimeout(late)
}

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

async function listens (port, child) {
  for (let i = 0; i < 1200; i++) {
    if (child.exitCode !== null) throw new Error(`it ended while starting, see ${child.log}`)
    const open = await new Promise((resolve) => {
      const s = net.connect(port, '127.0.0.1', () => { s.destroy(); resolve(true) })
      s.on('error', () => resolve(false))
    })
    if (open) return
    await sleep(50)
  }
  throw new Error(`it did not listen in a minute, see ${child.log}`)
}

/**
 * A Redis and `nodes` servers on it. `peer` has name, cmd (with {port}, {redisPort}, {secret} and {dir} in it), env and redisArgs.
 */
export async function serve (peer, nodes, folder, secret) {
  const dir = join(folder, `${peer.name}-${nodes}`)
  mkdirSync(dir, { recursive: true })
  const redisPort = await freePort()
  const persistence = peer.redisArgs ?? ['--save', '', '--appendonly', 'no']
  const redis = start(['redis-server', '--port', String(redisPort), '--bind', '127.0.0.1', '--dir', dir, ...persistence], process.env, join(dir, 'redis.log'), dir)
  await listens(redisPort, redis)
  const servers = []; const ports = []
  for (let node = 0; node < nodes; node++) {
    const port = await freePort()
    const fill = (s) => s.replaceAll('{port}', port).replaceAll('{redisPort}', redisPort).replaceAll('{secret}', secret).replaceAll('{dir}', join(dir, `data-${node}`))
    // Our relay refuses variables of the name COSCRIBE_… that are none of its keys, so none are handed on.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('COSCRIBE_')))
    Object.assign(env, { NODE_ENV: 'production', PORT: String(port), REDIS_PORT: String(redisPort), NODE_ID: String(node), JWT_SECRET: secret }, peer.env)
    const child = start(peer.cmd.map(fill), env, join(dir, `server-${node}.log`), dir)
    await listens(port, child)
    servers.push(child)
    ports.push(port)
  }
  return { peer, redis, redisPort, servers, ports, stop: async () => { for (const c of [...servers, redis]) await stop(c) } }
}
