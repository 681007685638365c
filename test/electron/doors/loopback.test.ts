import { mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { decodeJson, encodeJson } from '../../../shared/contract/bytes.ts'
import { ok } from '../../../shared/result.ts'
import { openLoopback, type Loopback } from '../../../electron/doors/loopback.ts'
import type { Backend } from '../../../electron/rpc/dispatch.ts'
import { testEnv, testFolder } from '../../host/backends.ts'

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
type Sent = { readonly method?: string; readonly path?: string; readonly headers?: Record<string, string>; readonly body?: string }

let door: Loopback
let calls: unknown[]
const port = (): number => Number(new URL(door.origin).port)

/** Raw, so that Host, Origin and the path go out exactly as written. */
function send({ method = 'GET', path = '/', headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: port(), method, path, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('utf8') }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function logInCookie(): Promise<string> {
  const url = new URL(door.newUrl())
  const { headers } = await send({ path: `${url.pathname}${url.search}` })
  return headers['set-cookie']![0]!.split(';')[0]!
}

const good = async (): Promise<Record<string, string>> => ({ Origin: door.origin, 'Content-Type': 'application/json', Cookie: await logInCookie() })
const status = encodeJson({ name: 'app.status', input: {} })
const call = async (change: Record<string, string | undefined>, sent: Sent = {}): Promise<Answer> => {
  const headers = Object.fromEntries(Object.entries({ ...(await good()), ...change }).filter((pair): pair is [string, string] => pair[1] !== undefined))
  return send({ method: 'POST', path: '/rpc', body: status, ...sent, headers })
}
const told = (answer: Answer): unknown => (JSON.parse(answer.body) as { error: { params: { door: string } } }).error.params.door

async function open(requestMs?: number): Promise<void> {
  const dir = testFolder()
  const rendererDir = join(dir, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(join(dir, 'secret.js'), 'secret')
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><html><head><title>督查台</title></head></html>')
  writeFileSync(join(rendererDir, 'assets', 'a.js'), 'export {}')
  writeFileSync(join(rendererDir, '.hidden.js'), 'secret')
  writeFileSync(join(dir, 'bridge.js'), 'window.x = 1')
  const env = testEnv({ door: 'loopback' })
  calls = []
  const handlers = { 'app.status': (input: unknown) => (calls.push(input), ok({ bytes: new Uint8Array([1, 2]) })), 'files.append': () => ok({}) }
  const backend = { env, handlers, session: { current: () => ({ account: { roles: [] } }) }, checkOutput: false } as unknown as Backend
  door = await openLoopback({ backend, rendererDir, bridgeFile: join(dir, 'bridge.js'), ...(requestMs === undefined ? {} : { requestMs }) })
  const mine = door
  onTestFinished(() => mine.close())
}
beforeEach(() => open())

describe('the browser door lets its own page in', () => {
  it('trades the code for a cookie that scripts cannot read and other sites cannot send', async () => {
    const url = new URL(door.newUrl())
    const answer = await send({ path: `${url.pathname}${url.search}` })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^dutydesk-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)])
  })

  it('answers a call, byte arrays as such', async () => {
    const answer = await call({})
    expect(answer.status).toBe(200)
    expect(decodeJson(answer.body)).toEqual({ ok: true, value: { bytes: new Uint8Array([1, 2]) } })
    expect(calls).toEqual([{}])
  })

  it('serves the page with a fresh nonce in header and meta, and the bridge before the renderer', async () => {
    const Cookie = await logInCookie()
    const pages = [await send({ headers: { Cookie } }), await send({ path: '/index.html', headers: { Cookie } })]
    const nonces = pages.map((page) => /<head><meta name="csp-nonce" content="([\w-]{22})"><script src="\/bridge\.js"><\/script><title>/.exec(page.body)?.[1])
    expect(new Set(nonces).size).toBe(2)
    for (const [index, page] of pages.entries()) {
      const csp = String(page.headers['content-security-policy'])
      expect(csp).toContain(`default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonces[index]}'`)
      expect(csp).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|style-src 'self' 'unsafe/)
      expect(page.headers['x-content-type-options']).toBe('nosniff')
    }
    expect(await send({ path: '/assets/a.js', headers: { Cookie } })).toMatchObject({ status: 200, body: 'export {}', headers: { 'content-type': 'text/javascript; charset=utf-8' } })
    expect(await send({ path: '/bridge.js', headers: { Cookie } })).toMatchObject({ status: 200, body: 'window.x = 1' })
  })

  it('carries a chunk of 1 MiB', async () => {
    const body = encodeJson({ name: 'files.append', input: { token: 'tttttttt', offset: 0, bytes: new Uint8Array(1024 * 1024).fill(7) } })
    expect((await call({}, { body })).status).toBe(200)
  })
})

describe('the browser door refuses', () => {
  it('a rebound DNS name, localhost, another port, and no Host', async () => {
    for (const Host of ['evil.example', `evil.example:${port()}`, `localhost:${port()}`, '127.0.0.1', `127.0.0.1:${port() + 1}`, `127.0.0.1.:${port()}`]) {
      const answer = await call({ Host })
      expect([Host, answer.status, told(answer)]).toEqual([Host, 421, 'host'])
    }
    expect((await send({ headers: { Host: 'evil.example', Cookie: await logInCookie() } })).status).toBe(421)
    expect(calls).toEqual([])
  })

  it('a foreign, a missing and a null Origin, and what the browser says is cross-site', async () => {
    for (const Origin of ['https://evil.example', `http://localhost:${port()}`, `https://127.0.0.1:${port()}`, 'null', undefined]) {
      const answer = await call({ Origin })
      expect([Origin, answer.status, told(answer)]).toEqual([Origin, 403, 'origin'])
    }
    for (const site of ['cross-site', 'same-site']) expect(told(await call({ 'Sec-Fetch-Site': site }))).toBe('site')
    expect(calls).toEqual([])
  })

  it('a call without the cookie, with a wrong one, and with one of another door', async () => {
    const right = await logInCookie()
    const wrong = `${right.slice(0, -1)}${right.endsWith('A') ? 'B' : 'A'}`
    for (const Cookie of [undefined, '', wrong, right.slice(0, -1), right.replace('dutydesk-', 'dutydesk-1'), right.split('=')[1]]) {
      const answer = await call({ Cookie })
      expect([answer.status, told(answer)]).toEqual([401, 'cookie'])
    }
    expect(calls).toEqual([])
  })

  it('files without the cookie, in words that say what to do', async () => {
    for (const path of ['/', '/index.html', '/assets/a.js', '/bridge.js']) {
      const answer = await send({ path })
      expect([path, answer.status]).toEqual([path, 401])
      expect(answer.body).toContain('一次性地址')
    }
  })

  it('a code for the second time, an older code, a guessed one, and any before there is one', async () => {
    expect((await send({ path: '/?code=' })).status).toBe(401)
    const [first, second] = [new URL(door.newUrl()).search, new URL(door.newUrl()).search]
    expect((await send({ path: `/${first}` })).status).toBe(401)
    expect((await send({ path: '/?code=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).status).toBe(401)
    expect((await send({ path: `/${second}` })).status).toBe(303)
    expect((await send({ path: `/${second}` })).status).toBe(401)
  })

  it('GET, HEAD and other methods on the API, and POST on pages', async () => {
    const headers = await good()
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH']) expect([method, (await send({ method, path: '/rpc?name=app.status', headers })).status]).toEqual([method, 405])
    expect((await send({ method: 'POST', path: '/', headers, body: status })).status).toBe(405)
    expect(calls).toEqual([])
  })

  it('a CORS preflight: no header allows anything', async () => {
    const answer = await send({ method: 'OPTIONS', path: '/rpc', headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' } })
    expect(answer.status).toBe(405)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('other content types, as a form of another site can send them', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json+x', 'application/json; charset=gbk', undefined]) {
      const answer = await call({ 'Content-Type': type })
      expect([type, answer.status, told(answer)]).toEqual([type, 415, 'type'])
    }
    expect(told(await call({ 'Content-Encoding': 'gzip' }))).toBe('encoding')
    expect(calls).toEqual([])
  })

  it('a large body, told and untold', async () => {
    const huge = 'x'.repeat(2 * 1024 * 1024 + 1)
    expect((await call({}, { body: huge })).status).toBe(413)
    expect((await call({ 'Transfer-Encoding': 'chunked' }, { body: huge })).status).toBe(413)
    expect(calls).toEqual([])
  })

  it('what is not JSON, or not a call', async () => {
    for (const body of ['', '{', '[]', '"app.status"', '{"name":1}', 'null', '{"name":"app.status","input":{"$bytes":"*"}}']) expect([body, (await call({}, { body })).status]).toEqual([body, 400])
    expect(JSON.parse((await call({}, { body: '{"name":"app.nothing"}' })).body)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_ENTRY' } })
    expect(JSON.parse((await call({}, { body: '{"name":"__proto__"}' })).body)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_ENTRY' } })
    expect(calls).toEqual([])
  })

  it('every way out of the folder', async () => {
    const Cookie = await logInCookie()
    const paths = ['/../secret.js', '/assets/../../secret.js', '/..%2fsecret.js', '/%2e%2e/secret.js', '/..\\secret.js', '/..%5csecret.js', '//secret.js', '/./secret.js', '/.hidden.js', '/a%00.js', '/C:/secret.js', '/assets//a.js', '/assets', '/secret']
    for (const path of paths) expect([path, (await send({ path, headers: { Cookie } })).status]).toEqual([path, 404])
  })
})

describe('the browser door and slow senders', () => {
  it('ends a request whose body does not come', async () => {
    await open(300)
    const headers = await good()
    const text = await new Promise<string>((resolve) => {
      const socket = connect(port(), '127.0.0.1')
      let got = ''
      socket.on('data', (part) => (got += part.toString('utf8')))
      socket.on('close', () => resolve(got))
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')
      socket.write(`POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\n${lines}Content-Length: 100\r\n\r\n{`)
    })
    expect(text).toContain('408')
    expect(calls).toEqual([])
  })
})
