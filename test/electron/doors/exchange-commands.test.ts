/** Three data folders by terminal: enrolled by file, edited apart, one on a machine whose clock is ten days ahead, one a copy, exchanged, and a conflict decided. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { cliHere, cliProcess, easeKeys, firstOfName } from '../../host/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'dutydesk-exchange-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
const at = (name: string): string => join(home, name)
const password = 'correct horse'
Object.assign(process.env, { DUTYDESK_CHECK: '1', DUTYDESK_PASSWORD: password, DUTYDESK_HOME: home })

type Json = Record<string, never> & Record<string, unknown>

/** Loaded before everything else, in every thread: the machine of folder b is ten days ahead. */
const ahead = `data:text/javascript,${encodeURIComponent('const now = Date.now; Date.now = () => now() + 864e6')}`
const isFirst = firstOfName()

async function cli(data: string, ...args: readonly string[]): Promise<{ code: number | null; value: Json; err: string }> {
  const line = [...args, '--data', at(data)]
  const { code, out, err } = await (isFirst(args)
    ? cliProcess(line, { cwd: home, env: data === 'b' ? { NODE_OPTIONS: `--import=${ahead}` } : {} })
    : cliHere(line, (env) => (data === 'b' ? { ...env, now: () => Date.now() + 864e6 } : env)))
  return { code, value: JSON.parse(out) as Json, err }
}
async function done(data: string, ...args: readonly string[]): Promise<Json> {
  const { code, value, err } = await cli(data, ...args)
  expect([args, code, err.includes('    at ')]).toEqual([args, 0, false])
  return value
}
const rename = (data: string, name: string): Promise<Json> => done(data, 'call', 'settings.save', JSON.stringify({ contactName: name }))

it('request, enrol, join, export, receive, conflicts, resolve, digest', async () => {
  const made = await done('a', 'init', '--organ', '某市人民政府办公室', '--code', '某督函')
  expect(made['escrowKey']).toMatch(/^AGE-SECRET-KEY-1/)
  const { device } = await done('b', 'request', '--out', at('b.req'), '--name', '二号机')
  for (const data of ['a', 'b']) await easeKeys(at(data), password)
  expect(await cli('b', 'export', '--out', at('early.dspk'))).toMatchObject({ code: 1, value: { error: { code: 'GROUP_NOT_READY' } } })
  expect(await done('a', 'enrol', at('b.req'), '--out', at('b.dspk'))).toMatchObject({ device })
  expect(await cli('a', 'join', at('b.dspk'))).toMatchObject({ code: 1, value: { error: { code: 'REQUEST_NOT_OURS' } } })
  expect(await done('b', 'join', at('b.dspk'))).toMatchObject({ device, parked: 0, conflicts: 0 })

  const rule = (data: string, note: string): Promise<Json> =>
    done(data, 'call', 'calendar.save', JSON.stringify({ year: 2031, holidays: [note], extraWorkdays: [] }))
  cpSync(at('b'), at('c'), { recursive: true })
  await rule('a', '2031-01-01')
  await rule('b', '2031-01-02')
  for (const data of ['a', 'b']) await done(data, 'call', 'units.save', JSON.stringify({ id: null, name: `${data}镇`, kind: 'township', shortName: null, aliases: [] }))
  // The copied folder notices at its first start, and goes on under a name of its own.
  await rename('c', '联系人丙')
  // Three machines work side by side; within one, one command after the other.
  const each = <T>(work: (data: string) => Promise<T>): Promise<T[]> => Promise.all(['a', 'b', 'c'].map(work))
  await each((data) => done(data, 'export', '--full', '--out', at(`${data}1.dspk`)))
  const dry = await done('a', 'receive', at('b1.dspk'), '--dry-run')
  expect(dry).toMatchObject({ conflicts: 1, parked: 0 })
  // Each in an order of its own, one of them twice.
  const orders: Readonly<Record<string, readonly string[]>> = { a: ['c1', 'b1'], b: ['a1', 'c1'], c: ['b1', 'a1', 'a1'] }
  await each(async (data) => {
    for (const from of orders[data]!) await done(data, 'receive', at(`${from}.dspk`))
  })
  // Every edit is everywhere, and everybody asks the same of a person.
  await each(async (data) => {
    const dump = (await done(data, 'dump')) as unknown as { unit: { name: string }[]; setting: { id: string; value: unknown }[] }
    expect([data, dump.unit.map((one) => one.name).sort(), dump.setting.some((one) => one.value === '联系人丙')]).toEqual([data, ['a镇', 'b镇'], true])
  })
  const lists = await each((data) => done(data, 'conflicts'))
  expect([lists[1], lists[2]]).toEqual([lists[0], lists[0]])
  const digests = await each((data) => done(data, 'digest'))
  expect(digests[1]).toEqual(digests[0])
  expect(digests[2]).toEqual(digests[0])

  const { conflicts } = lists[0] as unknown as { conflicts: { id: string; class: string; survivors: { id: string; at: number; shown: boolean; value: { holidays: string[] } }[] }[] }
  expect(conflicts).toMatchObject([{ class: 'review', survivors: { length: 2 } }])
  const [early, late] = [...conflicts[0]!.survivors].sort((one, other) => one.at - other.at)
  expect([late!.at - early!.at > 9 * 864e5, late!.shown, late!.value.holidays]).toEqual([true, true, ['2031-01-02']])
  const take = conflicts[0]!.survivors.find((one) => one.value.holidays[0] === '2031-01-01')!.id
  expect(await done('a', 'resolve', conflicts[0]!.id, '--take', take)).toMatchObject({ left: 0 })
  await done('a', 'export', '--out', at('a2.dspk'))
  expect(await done('b', 'receive', at('a2.dspk'))).toMatchObject({ conflicts: 0, gaps: [] })

  // A backup that is put back loses nothing that came after it.
  await done('b', 'backup', '--out', at('backup.dspk'))
  await rename('b', '联系人乙')
  const before = await done('b', 'digest')
  expect(await done('b', 'restore', at('backup.dspk'))).toMatchObject({ new: 0 })
  expect(await done('b', 'digest')).toEqual(before)

  // Numbers: the machine that enrolled goes on numbering; the other one waits.
  expect(await done('b', 'call', 'numbers.authority', '{"year":2026}')).toMatchObject({ mine: false, standing: 'pending' })
  expect(await cli('b', 'ask', '--out', at('gap.req'))).toMatchObject({ code: 1, value: { error: { code: 'GAP_NONE' } } })
  expect(await done('a', 'exchange-status')).toMatchObject({ state: 'member', gaps: [], conflicts: { hard: 0 }, blobsMissing: 0 })

  // The machine whose clock is ten days ahead is named at the other one.
  expect((await done('a', 'exchange-status'))['partners']).toMatchObject([{ name: '二号机', clockAhead: expect.any(Number) as number }])

  // Two diagnostic files of what is the same on both, compared without a data folder.
  for (const data of ['a', 'b']) expect(await done(data, 'diagnose', '--scope', 'shared', '--out', at(`${data}.json`))).toMatchObject({ scopes: 1, left: 0 })
  expect(await done('nowhere', 'diagnose', at('a.json'), at('b.json'))).toMatchObject({ sameGroup: true, sameVersions: true, scopes: [{ scope: 'shared', vectors: 'same', digests: 'same', tables: [], rows: [] }] })

  // The first machine burns: its backup and the printed key bring its data back on another, under a new origin.
  await done('a', 'backup', '--out', at('a-backup.dspk'))
  const all = await done('a', 'digest')
  expect(await cli('e', 'restore', at('a-backup.dspk'), '--escrow', 'AGE-SECRET-KEY-1WRONG')).toMatchObject({ code: 1, value: { error: { code: 'WRONG_RECOVERY_CODE' } } })
  const recovered = await done('e', 'restore', at('a-backup.dspk'), '--escrow', String(made['escrowKey']))
  expect(recovered).toMatchObject({ parked: 0, gaps: [] })
  expect((recovered['digest'] as unknown as { shared: string }).shared).toBe((all['scopes'] as unknown as { shared: string }).shared)
  await done('e', 'export', '--full', '--out', at('e1.dspk'))
  expect(await done('b', 'receive', at('e1.dspk'))).toMatchObject({ parked: 0 })
}, 900_000)

it('accept: what a revoked machine wrote before it was revoked comes by another one, is looked at, accepted, and counts everywhere', async () => {
  const { device } = await done('b', 'exchange-status')
  const id = String(device)
  await done('b', 'call', 'units.save', JSON.stringify({ id: null, name: '晚到镇', kind: 'township', shortName: null, aliases: [] }))
  expect(await cli('a', 'accept', id, '--dry-run')).toMatchObject({ code: 1, value: { error: { code: 'ACCEPT_NOT_REVOKED' } } })
  await done('a', 'revoke', id, '--reason', '硬盘损坏')
  await done('b', 'export', '--full', '--out', at('b-late.dspk'))
  await done('e', 'receive', at('b-late.dspk'))
  await done('e', 'export', '--full', '--out', at('e-late.dspk'))
  const received = await cli('a', 'receive', at('e-late.dspk'))
  expect([received.code, received.value['barred']]).toMatchObject([0, [{ device: id, name: '二号机' }]])
  expect(received.err).toContain('accept')
  const { changes } = (received.value['barred'] as unknown as { changes: number }[])[0]!
  expect((await done('a', 'exchange-status'))['revoked']).toEqual([{ device: id, name: '二号机', barred: changes }])

  const names = async (data: string): Promise<string[]> => ((await done(data, 'dump')) as unknown as { unit: { name: string }[] }).unit.map((one) => one.name)
  expect(await cli('a', 'accept', id)).toMatchObject({ code: 2 })
  const dry = await cli('a', 'accept', id, '--dry-run')
  expect(dry.value).toMatchObject({ device: id, changes, dryRun: true, rows: { unit: 1 } })
  expect(dry.err).toContain('如实')
  expect(await names('a')).not.toContain('晚到镇')
  expect(await done('a', 'accept', id, '--reason', '停用前办理')).toMatchObject({ device: id, changes, dryRun: false })
  expect(await names('a')).toContain('晚到镇')
  expect(await cli('a', 'accept', id, '--reason', '再来一次')).toMatchObject({ code: 1, value: { error: { code: 'ACCEPT_NOTHING' } } })

  await done('a', 'export', '--full', '--out', at('a-accepted.dspk'))
  expect(await done('e', 'receive', at('a-accepted.dspk'))).toMatchObject({ barred: [], parked: 0 })
  expect(await done('e', 'digest')).toEqual(await done('a', 'digest'))
  expect(await done('a', 'verify')).toMatchObject({ problems: [] })
}, 900_000)
