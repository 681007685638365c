/** Who may speak to the loopback door. Pure decisions over the headers; each refusal has its own attack test. */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export type Guard = {
  /** `127.0.0.1:port`, exact: a rebound DNS name arrives with its own Host. */
  readonly host: string
  readonly cookieName: string
  readonly cookie: string
}
export type Refused = { readonly status: number; readonly reason: string }

export function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

export function hasCookie(request: IncomingMessage, guard: Guard): boolean {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.some((pair) => pair.startsWith(`${guard.cookieName}=`) && sameText(pair.slice(guard.cookieName.length + 1), guard.cookie))
}

/** Before anything else, for every request. */
export function refuseStranger(request: IncomingMessage, guard: Guard): Refused | null {
  if (request.headers.host !== guard.host) return { status: 421, reason: 'host' }
  const site = request.headers['sec-fetch-site']
  // 'none' is an address that the person opened.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { status: 403, reason: 'site' }
  return null
}

/** For POST /rpc. */
export function refuseCall(request: IncomingMessage, guard: Guard): Refused | null {
  if (request.headers.origin !== `http://${guard.host}`) return { status: 403, reason: 'origin' }
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) return { status: 415, reason: 'type' }
  if (request.headers['content-encoding'] !== undefined) return { status: 415, reason: 'encoding' }
  if (!hasCookie(request, guard)) return { status: 401, reason: 'cookie' }
  return null
}
