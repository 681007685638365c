/** One table of calls through every door: the answers are the same, whatever the transport. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { decodeJson, encodeJson } from '../../../shared/contract/bytes.ts'
import type { Bridge, BridgeAnswer } from '../../../shared/contract/bridge.ts'
import { entryNames } from '../../../shared/contract/entries.ts'
import { call as callCommand } from '../../../electron/doors/cli/check-commands.ts'
import { Refused } from '../../../electron/doors/cli/command.ts'
import { connect } from '../../../electron/doors/cli/terminal.ts'
import { pdfByChromium } from '../../../electron/doors/chromium.ts'
import { createEnv, type EnvOptions } from '../../../electron/doors/env.ts'
import { openLoopback } from '../../../electron/doors/loopback.ts'
import { createBackend } from '../../../electron/rpc/backend.ts'
import { fakeChromium } from '../../host/chromium-script.ts'
import { walk, type Seen } from '../../host/conformance-calls.ts'
import { contextBridge } from '../../host/fake-electron.ts'
import { keyCost } from '../../host/store.ts'

// A dozen passwords are set and tried at each door. Rows of one millisecond would sort by the random part of their ids: no two moments are the same.
vi.mock('../../../electron/doors/env.ts', async (original) => {
  const real = await original<typeof import('../../../electron/doors/env.ts')>()
  let last = 0
  const now = (): number => (last = Math.max(last + 1, Date.now()))
  return { ...real, createEnv: (options: EnvOptions) => ({ ...real.createEnv(options), now, keyCost }) }
})

type Call = (name: string, input: unknown) => Promise<BridgeAnswer>
type Door = { readonly call: Call; readonly close: () => Promise<void> }

const home = mkdtempSync(join(tmpdir(), 'dutydesk-doors-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

async function browserDoor(): Promise<Door> {
  const env = createEnv({ door: 'loopback', dataDir: join(home, 'loopback'), log: (event, fields) => void (event === 'bug' && process.stderr.write(`${JSON.stringify(fields)}\n`)) })
  const backend = createBackend({ ...env, ...pdfByChromium() }, { checkOutput: true })
  const door = await openLoopback({ backend, rendererDir: home, bridgeFile: join(home, 'none.js') })
  const admitted = await fetch(door.newUrl(), { redirect: 'manual' })
  const headers = { 'Content-Type': 'application/json', Origin: door.origin, Cookie: admitted.headers.get('set-cookie')!.split(';')[0]! }
  return {
    call: async (name, input) => decodeJson(await (await fetch(`${door.origin}/rpc`, { method: 'POST', headers, body: encodeJson({ name, input }) })).text()) as BridgeAnswer,
    async close() {
      await door.close()
      await backend.session.lock()
    },
  }
}

function terminalDoor(): Door {
  process.env.DUTYDESK_CHECK = '1'
  const { terminal, close } = connect(join(home, 'terminal'), undefined, { err: () => {} })
  return {
    async call(name, input) {
      try {
        const { value } = await callCommand.run(terminal, [name, encodeJson(input)], {})
        return { ok: true, value: decodeJson(encodeJson(value)) }
      } catch (error) {
        if (error instanceof Refused) return { ok: false, error: error.error }
        throw error
      }
    },
    close,
  }
}

async function desktopDoor(): Promise<Door> {
  process.env.DUTYDESK_HOME = join(home, 'desktop')
  const { started } = await import('../../../electron/main.ts')
  await started
  await import('../../../electron/preload.ts')
  const bridge = contextBridge.exposed.get('dutydesk') as Bridge
  return { call: (name, input) => bridge.call(name, input), close: async () => void (await bridge.call('session.logout', {})) }
}

async function finish(call: Call, job: string): Promise<void> {
  for (let after = 0; ; ) {
    const answer = await call('jobs.wait', { id: job, after })
    if (!answer.ok) return
    const view = answer.value as { state: string; version: number }
    if (view.state !== 'running') return
    after = view.version
  }
}

async function run(door: Door): Promise<BridgeAnswer[]> {
  const values = new Map<string, unknown>()
  const seen: Seen = { last: (name) => values.get(name) as never, kept: new Map() }
  const answers: BridgeAnswer[] = []
  for (const [index, step] of walk.entries()) {
    let input: unknown
    try {
      input = step.input(seen)
    } catch (error) {
      throw new Error(`step ${index} ${step.name} has nothing to go on: ${JSON.stringify(answers.at(-1))}`, { cause: error })
    }
    const answer = await door.call(step.name, input)
    answers.push(answer)
    if (!answer.ok) continue
    values.set(step.name, answer.value)
    if (step.keep) seen.kept.set(step.keep[0], step.keep[1](answer.value as never))
    if (typeof answer.value === 'object' && answer.value !== null && 'job' in answer.value) await finish(door.call, String(answer.value.job))
  }
  return answers
}

const secret = new Set(['errorFile', 'token', 'job', 'file', 'recoveryCode', 'escrowKey', 'origin', 'group', 'next', 'machine', 'door', 'device', 'fingerprint', 'package', 'seal', 'sign', 'signature'])
const passing = new Set(['version', 'fraction', 'step', 'counts'])

/** Ids in the order in which they appear; times, tokens and hashes as such. */
function comparable(answers: readonly BridgeAnswer[]): unknown {
  const ids = new Map<string, string>()
  const text = (value: string): string =>
    value
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => ids.get(id) ?? (ids.set(id, `#${ids.size + 1}`), ids.get(id)!))
      .replaceAll(/\b[0-9a-f]{64}\b/g, 'hash')
      .replaceAll(/\b[0-9a-f]{32}\b/g, 'id16')
      .replaceAll(/"at":\d{13}/g, '"at":0')
  const walkValue = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value === 'number') return value > 1_500_000_000_000 ? 'time' : value
    if (value instanceof Uint8Array) return `bytes:${value.length}`
    if (Array.isArray(value)) return value.map(walkValue)
    if (typeof value !== 'object' || value === null) return value
    const isJob = 'fraction' in value
    return Object.fromEntries(Object.entries(value).filter(([key]) => !(isJob && passing.has(key)) && !('recipients' in value || 'files' in value || ('changes' in value && 'number' in value) || 'fingerprint' in value ? key === 'bytes' : false)).map(([key, item]) => [text(key), secret.has(key) && typeof item === 'string' && !/\.(xlsx|xls|csv)$/.test(item) ? 'secret' : isJob && key === 'id' ? 'secret' : walkValue(item)]))
  }
  return answers.map((answer, index) => {
    const entry = walk[index]!.name
    const value = walkValue(answer)
    return { entry, answer: entry === 'store.dump' ? unordered(value) : value }
  })
}

/** Rows made in one millisecond sort by the random part of their ids: the same rows in any order. */
function unordered(value: unknown): unknown {
  const tables = Object.entries((value as { value: Record<string, unknown[]> }).value)
  return tables.map(([table, rows]) => [table, rows.map((row) => JSON.stringify(row).replaceAll(/#\d+/g, '#')).sort()])
}

describe('every entry through every door', () => {
  let byDoor: Record<'loopback' | 'terminal' | 'desktop', BridgeAnswer[]>

  beforeAll(async () => {
    process.env.DUTYDESK_CHROMIUM = await fakeChromium(home)
    const result: Partial<typeof byDoor> = {}
    for (const [name, open] of [['loopback', browserDoor], ['terminal', terminalDoor], ['desktop', desktopDoor]] as const) {
      const door = await open()
      try {
        result[name] = await run(door)
      } finally {
        await door.close()
      }
    }
    byDoor = result as typeof byDoor
  }, 300_000)

  it('the table names every entry of the contract', () => {
    expect([...new Set(walk.map((step) => step.name))].sort()).toEqual([...entryNames].sort())
  })

  it('every entry has answered with a value at least once, but those that the walk refuses on purpose and those that need a second machine (exchange-commands.test.ts)', () => {
    const answered = new Set(walk.filter((_step, index) => byDoor.loopback[index]!.ok).map((step) => step.name))
    expect(entryNames.filter((name) => !answered.has(name))).toEqual(['app.demo', 'session.recover', 'exchange.escrowKey', 'exchange.request', 'exchange.join', 'exchange.joinResult', 'exchange.acceptPlan', 'exchange.accept', 'exchange.acceptResult', 'exchange.recover', 'exchange.recoverResult', 'exchange.ask', 'exchange.answer', 'exchange.gapAck', 'exchange.resolve'])
  })

  it('no answer is a bug', () => {
    for (const answers of Object.values(byDoor)) expect(answers.flatMap((answer, index) => (!answer.ok && answer.error.code === 'INTERNAL' ? [walk[index]!.name] : []))).toEqual([])
  })

  it('loopback and terminal answer the same', () => {
    expect(comparable(byDoor.terminal)).toEqual(comparable(byDoor.loopback))
  })

  it('the desktop answers the same', () => {
    expect(comparable(byDoor.desktop)).toEqual(comparable(byDoor.loopback))
  })
})
