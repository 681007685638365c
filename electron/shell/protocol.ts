/** app://dutydesk: the built renderer and the papers that are being printed. Never file://. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol } from 'electron'
import { pageHeaders, withNonce } from '../policy/csp.ts'
import { isOwnUrl, scheme } from '../policy/origins.ts'
import { staticFile } from '../policy/static-files.ts'
import type { FileDesk } from '../services/file-desk.ts'

/** Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

export type ProtocolParts = { readonly rendererDir: string; readonly files: FileDesk; readonly random: (bytes: number) => Uint8Array }

export const paperPath = '/paper/'

export function serveScheme(parts: ProtocolParts): void {
  protocol.handle(scheme, (request) => answer(parts, request.method, request.url))
}

async function answer({ rendererDir, files, random }: ProtocolParts, method: string, address: string): Promise<Response> {
  const { pathname } = new URL(address)
  if (method !== 'GET' || !isOwnUrl(address)) return refuse(405)
  if (pathname.startsWith(paperPath)) return paper(files, pathname.slice(paperPath.length))
  const file = staticFile(pathname)
  const bytes = file && (await readFile(join(rendererDir, ...file.segments)).catch(() => null))
  if (!file || !bytes) return refuse(404)
  const nonce = Buffer.from(random(16)).toString('base64url')
  const body = file.segments[0] === 'index.html' ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes)
  return new Response(body, { headers: { ...pageHeaders({ nonce, connect: 'none' }), 'Content-Type': file.type } })
}

/** A paper is a page of ours, made by the backend; it may style itself and show its own pictures, nothing else. */
function paper(files: FileDesk, token: string): Response {
  const file = files.take(token)
  if (!file.ok || file.value.mime !== 'text/html') return refuse(404)
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  const headers = { ...pageHeaders({ nonce: null, connect: 'none' }), 'Content-Security-Policy': policy, 'Content-Type': 'text/html; charset=utf-8' }
  return new Response(new Uint8Array(file.value.bytes), { headers })
}

function refuse(status: number): Response {
  return new Response('', { status, headers: pageHeaders({ nonce: null, connect: 'none' }) })
}
