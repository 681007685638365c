/**
 * The browser door: the same renderer and the same backend on 127.0.0.1, for machines where Electron's program cannot be had, and for browser tests.
 * Not part of the installer.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { decodeJson, encodeJson } from '../../shared/contract/bytes.ts'
import { pageHeaders, withNonce } from '../policy/csp.ts'
import { staticFile } from '../policy/static-files.ts'
import { dispatch, type Backend } from '../rpc/dispatch.ts'
import { hasCookie, refuseCall, refuseStranger, sameText, type Guard } from './loopback-guard.ts'

export type LoopbackOptions = {
  readonly backend: Backend
  /** The built renderer, and the built bridge script. */
  readonly rendererDir: string
  readonly bridgeFile: string
  /** A whole request must have arrived by then. */
  readonly requestMs?: number
}
export type Loopback = {
  readonly origin: string
  /** An address for one use; the one before stops working. */
  newUrl(): string
  close(): Promise<void>
}

/** files.append carries 1 MiB as base64; nothing else is larger. */
const maxBody = 2 * 1024 * 1024
const bridgePath = '/bridge.js'

type Door = LoopbackOptions & Guard & { code: string | null }

export async function openLoopback(options: LoopbackOptions): Promise<Loopback> {
  const token = (): string => Buffer.from(options.backend.env.random(32)).toString('base64url')
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: options.requestMs ?? 60_000, headersTimeout: Math.min(10_000, options.requestMs ?? 10_000), connectionsCheckingInterval: Math.min(5_000, options.requestMs ?? 5_000) })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const door: Door = { ...options, host: `127.0.0.1:${port}`, cookieName: `dutydesk-${port}`, cookie: token(), code: null }
  server.on('request', (request, response) => {
    answer(door, request, response).catch((error: unknown) => {
      options.backend.env.log('loopback.failed', { name: error instanceof Error ? error.name : 'unknown' })
      if (response.headersSent) response.destroy()
      else refuse(response, 500, 'failed')
    })
  })
  return {
    origin: `http://${door.host}`,
    newUrl() {
      door.code = token()
      return `http://${door.host}/?code=${door.code}`
    },
    close: () => closeServer(server),
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function answer(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const stranger = refuseStranger(request, door)
  if (stranger) return refuse(response, stranger.status, stranger.reason)
  const url = new URL(request.url ?? '/', `http://${door.host}`)
  if (url.pathname === '/rpc') return request.method === 'POST' ? answerCall(door, request, response) : refuse(response, 405, 'method')
  if (request.method !== 'GET') return refuse(response, 405, 'method')
  const code = url.searchParams.get('code')
  if (url.pathname === '/' && code !== null && door.code !== null && sameText(code, door.code)) return admit(door, response)
  if (!hasCookie(request, door)) return refusePage(response)
  return answerFile(door, rawPath(request.url ?? '/'), response)
}

/** As it was sent: URL() would already have folded '..' away. */
function rawPath(target: string): string {
  return target.split(/[?#]/, 1)[0] ?? '/'
}

/** The code is used up before the answer goes out. */
function admit(door: Door, response: ServerResponse): void {
  door.code = null
  response.writeHead(303, { ...headers(null), Location: '/', 'Set-Cookie': `${door.cookieName}=${door.cookie}; HttpOnly; SameSite=Strict; Path=/` }).end()
}

async function answerCall(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refused = refuseCall(request, door)
  if (refused) return refuse(response, refused.status, refused.reason)
  const body = await readBody(request)
  if (body === null) return refuse(response, 413, 'size')
  let call: unknown
  try {
    call = decodeJson(body)
  } catch {
    return refuse(response, 400, 'json')
  }
  if (typeof call !== 'object' || call === null || !('name' in call) || typeof call.name !== 'string') return refuse(response, 400, 'shape')
  const value = await dispatch(call.name, 'input' in call ? call.input : {}, door.backend)
  response.writeHead(200, { ...headers(null), 'Content-Type': 'application/json; charset=utf-8' }).end(encodeJson(value))
}

/** Null when it is larger than a call may be: known from its length, or as soon as too much has come. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBody) return null
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > maxBody) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function answerFile(door: Door, path: string, response: ServerResponse): Promise<void> {
  const file = staticFile(path)
  if (!file) return refuse(response, 404, 'path')
  const bytes = await readFile(path === bridgePath ? door.bridgeFile : join(door.rendererDir, ...file.segments)).catch(() => null)
  if (!bytes) return refuse(response, 404, 'file')
  const nonce = Buffer.from(door.backend.env.random(16)).toString('base64url')
  const page = file.segments[0] === 'index.html' ? Buffer.from(withNonce(bytes.toString('utf8'), nonce, bridgePath)) : bytes
  response.writeHead(200, { ...headers(nonce), 'Content-Type': file.type }).end(page)
}

function headers(nonce: string | null): Record<string, string> {
  return pageHeaders({ nonce, connect: 'self' })
}

/** `reason` is one word for tests and tools; the connection ends, so that a body that was not read cannot be taken for the next request. */
function refuse(response: ServerResponse, status: number, reason: string): void {
  const error = { code: status === 401 ? 'NOT_LOGGED_IN' : 'BAD_INPUT', params: { door: reason } }
  response.writeHead(status, { ...headers(null), 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' }).end(JSON.stringify({ ok: false, error }))
}

function refusePage(response: ServerResponse): void {
  const html = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>督查台</title><p>请使用启动窗口中给出的一次性地址打开督查台；在启动窗口按回车键可以得到新的地址。</p></html>'
  response.writeHead(401, { ...headers(null), 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' }).end(html)
}
