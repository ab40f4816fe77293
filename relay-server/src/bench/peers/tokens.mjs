// Tokens as a team's own service makes them (docs/PROTOCOL.md, chapter 14).
import { createHmac } from 'node:crypto'

const spelt = (x) => Buffer.from(x).toString('base64url')

/** Who somebody is; with `doc` and `role`, what they may do there. Good for an hour. */
export function token (secret, sub, claims = {}) {
  const iat = Math.floor(Date.now() / 1000)
  const body = spelt('{"alg":"HS256","typ":"JWT"}') + '.' + spelt(JSON.stringify({ sub, name: sub, iat, exp: iat + 3600, ...claims }))
  return body + '.' + createHmac('sha256', secret).update(body).digest('base64url')
}
