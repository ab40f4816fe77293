// The client's half of RFC 6455, as far as docs/PROTOCOL.md uses it (chapter 2): text frames, one a message, and pings.
// It is made for load: one plain TCP socket, and a masking key of zeros, which is legal on the wire and costs this side nothing.
import net from 'node:net'

const KEY = Buffer.from('coscribe-load-16').toString('base64')
const END = Buffer.from('\r\n\r\n')
const TEXT = 1; const BINARY = 2; const CLOSE = 8; const PING = 9; const PONG = 10

export class WebSocket {
  /** `on`: open(), message(text), pong(), closed(code, reason), with code 1006 where the line broke. */
  constructor ({ host = '127.0.0.1', port, from, on }) {
    this.on = on
    this.upgraded = false
    this.dead = false
    this.waiting = null // bytes of an unfinished frame
    const s = this.socket = net.connect({ host, port, localAddress: from, noDelay: true })
    s.on('connect', () => s.write(`GET / HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: coscribe.v1\r\n\r\n`))
    s.on('data', (bytes) => this.#data(bytes))
    s.on('error', (e) => this.#end(1006, e.code || String(e)))
    s.on('close', () => this.#end(1006, 'the line broke'))
  }

  #end (code, reason) {
    if (this.dead) return
    this.dead = true
    this.socket.destroy()
    this.on.closed(code, reason)
  }

  #data (bytes) {
    if (this.waiting) bytes = Buffer.concat([this.waiting, bytes])
    this.waiting = null
    let at = 0
    if (!this.upgraded) {
      at = bytes.indexOf(END)
      if (at < 0) {
        this.waiting = bytes
        return
      }
      const head = bytes.toString('latin1', 0, at)
      if (!head.startsWith('HTTP/1.1 101')) return this.#end(1006, head.split('\r\n')[0])
      if (!/^sec-websocket-protocol: *coscribe\.v1 *$/im.test(head)) return this.#end(1006, 'the subprotocol was not agreed on')
      this.upgraded = true
      at += 4
      this.on.open()
    }
    while (!this.dead && bytes.length - at >= 2) {
      let length = bytes[at + 1] & 127
      let head = 2
      if (length === 126) {
        if (bytes.length - at < 4) break
        length = bytes.readUInt16BE(at + 2)
        head = 4
      } else if (length === 127) {
        if (bytes.length - at < 10) break
        length = Number(bytes.readBigUInt64BE(at + 2))
        head = 10
      }
      if (bytes.length - at < head + length) break
      const first = bytes[at]
      at += head + length
      this.#frame(first & 15, (first & 128) !== 0, bytes.subarray(at - length, at))
    }
    if (at < bytes.length) this.waiting = bytes.subarray(at)
  }

  #frame (kind, whole, body) {
    if (kind === CLOSE) return this.#end(body.length >= 2 ? body.readUInt16BE(0) : 1005, body.toString('utf8', 2))
    if (kind === PING) return this.#write(PONG, body)
    if (kind === PONG) return this.on.pong()
    if (!whole || kind !== TEXT) return this.#end(1002, kind === BINARY ? 'a binary frame' : 'a frame in pieces')
    this.on.message(body.toString(), body)
  }

  #write (kind, body) {
    const n = body.length
    const head = n < 126 ? 6 : n < 65536 ? 8 : 14
    const frame = Buffer.allocUnsafe(head + n)
    frame[0] = 128 | kind
    frame[1] = 128 | (n < 126 ? n : n < 65536 ? 126 : 127)
    if (head === 8) frame.writeUInt16BE(n, 2)
    else if (head === 14) frame.writeBigUInt64BE(BigInt(n), 2)
    frame.fill(0, head - 4, head)
    frame.set(body, head)
    this.socket.write(frame)
  }

  send (text) { if (!this.dead) this.#write(TEXT, Buffer.from(text)) }
  ping () { if (!this.dead) this.#write(PING, Buffer.alloc(0)) }

  /** Goes without a word: what this side wanted to say was said. */
  cut () {
    this.dead = true
    this.socket.destroy()
  }

  close () {
    if (this.dead) return
    if (this.upgraded) this.#write(CLOSE, Buffer.from([3, 232]))
    this.dead = true
    this.socket.end()
  }
}
