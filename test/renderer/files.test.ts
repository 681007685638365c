import { describe, expect, test } from 'vitest'
import { callerOf, isLockedError, whenLocked } from '../../renderer/api/client.ts'
import { chunkBytes, readFile, uploadFile } from '../../renderer/api/files.ts'
import { fakeBridge, fakeDesk, refused } from './fake-bridge.ts'

const bytesOf = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, (_, index) => (index * 31) % 251)
const fileOf = (size: number): File => new File([bytesOf(size)], 'a.xlsx')

describe('upload in chunks', () => {
  test.each([[1, 1], [chunkBytes, 1], [chunkBytes + 1, 2], [2 * chunkBytes + 7, 3]])('%i bytes go in %i calls and arrive as they were', async (size, calls) => {
    const desk = fakeDesk()
    const bridge = fakeBridge(desk.answers)
    const seen: number[] = []
    const sent = await uploadFile(fileOf(size), (fraction) => seen.push(fraction), callerOf(() => bridge))
    expect(sent).toEqual({ ok: true, value: { token: 'token-a.xlsx', name: 'a.xlsx', size } })
    expect(bridge.calls.filter((name) => name === 'files.append')).toHaveLength(calls)
    expect(Uint8Array.from(desk.files.get('token-a.xlsx') ?? [])).toEqual(bytesOf(size))
    expect(seen.at(-1)).toBe(1)
  })

  test('a refused chunk ends the upload and drops what arrived', async () => {
    const desk = fakeDesk(2)
    const bridge = fakeBridge(desk.answers)
    const sent = await uploadFile(fileOf(2 * chunkBytes), undefined, callerOf(() => bridge))
    expect(sent).toEqual({ ok: false, error: { code: 'FILE_TOKEN', params: {} } })
    expect(desk.files.size).toBe(0)
  })

  test('a file that is refused at once sends nothing', async () => {
    const bridge = fakeBridge({ 'files.put': () => refused('FILE_TOO_LARGE', { limitMb: 64 }) })
    const sent = await uploadFile(fileOf(10), undefined, callerOf(() => bridge))
    expect(sent.ok).toBe(false)
    expect(bridge.calls).toEqual(['files.put'])
  })
})

test('reading gives the file back whole', async () => {
  const desk = fakeDesk()
  const send = callerOf(() => fakeBridge(desk.answers))
  await uploadFile(fileOf(chunkBytes + 5), undefined, send)
  const parts = await readFile('token-a.xlsx', send)
  expect(parts.ok && parts.value.map((part) => part.length)).toEqual([chunkBytes, 5])
  expect(parts.ok && new Uint8Array(await new Blob([...parts.value]).arrayBuffer())).toEqual(bytesOf(chunkBytes + 5))
})

describe('client', () => {
  test('no bridge, or one that throws, is NO_CONNECTION', async () => {
    expect(await callerOf(() => null)('app.status', {})).toEqual({ ok: false, error: { code: 'NO_CONNECTION', params: {} } })
    const broken = callerOf(() => ({ call: () => Promise.reject(new Error('gone')) }))
    expect(await broken('app.status', {})).toMatchObject({ ok: false, error: { code: 'NO_CONNECTION' } })
  })

  test('a locked answer is told once a call, others are not', async () => {
    let told = 0
    whenLocked(() => {
      told += 1
    })
    const send = callerOf(() => fakeBridge({ 'settings.get': () => refused('LOCKED'), 'rules.list': () => refused('NOT_ALLOWED') }))
    await send('settings.get', {})
    await send('rules.list', {})
    whenLocked(() => undefined)
    expect(told).toBe(1)
    expect(isLockedError({ code: 'NOT_LOGGED_IN', params: {} })).toBe(true)
  })
})
