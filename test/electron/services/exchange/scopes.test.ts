/** A township's machine sees its own unit and what everybody needs, and writes nothing else; nothing of the office's own reaches it. */
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { enrol, join as joinGroup } from '../../../../electron/services/exchange/enrol.ts'
import { newDeviceKeys } from '../../../../electron/services/exchange/keys/group.ts'
import { membership, readDeviceKeys, storeDeviceKeys } from '../../../../electron/services/exchange/keys/key-store.ts'
import { makeRequest } from '../../../../electron/services/exchange/keys/request.ts'
import { settle } from '../../../../electron/services/exchange/place.ts'
import { parseBody } from '../../../../electron/store/log/body.ts'
import { createDataFolder } from '../../../../electron/store/data-folder.ts'
import { listConflicts } from '../../../../electron/store/queries/conflicts.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import { canonical } from '../../../../electron/store/log/canonical.ts'
import type { WriteTx } from '../../../../electron/store/store.ts'
import { tables as specs, type RegisterSpec } from '../../../../electron/store/tables.ts'
import { updateAccount } from '../../../../electron/services/accounts.ts'
import { recover } from '../../../../electron/services/exchange/recover.ts'
import { backup, exportPackage } from '../../../../electron/services/exchange/use-cases.ts'
import { author, clean, password, tempDir, testEnv } from '../../../host/store.ts'
import { applicant, contextOf, copyOf, enrolByFile, firstOffice, nextOffice, put, sendAll, take, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const [own, other] = ['unit-jinghe', 'unit-longquan']

/** Of every kind that an office has, one. */
function fill({ folder }: Office): void {
  folder.store.write({ kind: 'test.fill', author }, (tx) => {
    for (const unit of [own, other]) {
      tx.put('unit', unit, 'identity', { name: unit, kind: 'township' })
      tx.put('report', tx.newId(), 'content', { kind: 'air', period: '2026-06', unitId: unit, officialId: null, item: unit, figures: {}, remark: null }, unit)
    }
    tx.put('setting', 'organ', 'value', { value: '市委办公室' })
    tx.put('number', 'n1', 'holder', { series: '滕督函', year: 2026, seq: 1, letterId: null, use: 'paper', reason: '旧号' })
    tx.put('bulletin', tx.newId(), 'file', {
      kind: 'air', period: '2026-06', sender: '某局', title: null, fileName: '通报.xlsx', sha256: null, bytes: 1, accepted: 1, skipped: 0, refused: 0, refusedRows: [], errorsSha256: null, headerRows: [], warnings: [], correctionOf: null, importedOn: 1, importedBy: author,
    })
  })
}

/** Enrolled and joined by files, as in the field. */
async function township(office: Office): Promise<Office> {
  const dir = join(tempDir(), 'data')
  const base = testEnv('荆河')
  const env = { door: 'terminal' as const, version: '0.0.0', dataDir: dir, machine: '荆河1号机', clock: base.clock, now: () => (env.clock += 1000), today: () => '2026-07-01', random: base.random, log: () => {}, machineParts: ['荆河'] }
  const folder = unwrap(await createDataFolder(dir, { env: { ...env, keyCost: base.keyCost } as typeof env, account: { id: 'account-jinghe', name: '荆河录入员', password }, ready: (store) => storeDeviceKeys(store.local, newDeviceKeys(env.random)) }))
  settle(env, folder.store)
  const [request, answer] = [join(tempDir(), 'a.req'), join(tempDir(), 'a.dspk')]
  writeFileSync(request, makeRequest(readDeviceKeys(folder.store.local)!, { name: '荆河1号机', origins: [folder.store.identity.origin], app: '0', made: 1 }))
  unwrap(await enrol({ name: 'enrol', from: { path: request, place: 'stick' }, scope: own, target: answer, place: 'stick' }, workOf(office)))
  const made = { folder, env, name: '荆河1号机' }
  unwrap(await joinGroup({ name: 'join', path: answer, place: 'stick' }, workOf(made)))
  return made
}

const tables = ({ folder }: Office): string[] => [...new Set([...folder.store.log.changes()].filter((change) => change.author !== 'account-jinghe').flatMap((change) => parseBody(change.body!).ops.map((op) => op.table)))].sort()
const scopesIn = ({ folder }: Office): string[] => [...new Set(folder.store.log.tips().map((tip) => tip.scope))].sort()

describe('a township', () => {
  test('gets its own unit and what everybody needs, and no account, setting, file, number or other unit of the office', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await township(office)
    expect(tables(town)).toEqual(['device', 'numberAuthority', 'report', 'unit'])
    expect(scopesIn(town).filter((scope) => scope !== 'office')).toEqual(['shared', own].sort())
    expect(await take(town, await put(office))).toMatchObject({ parked: 0, gaps: [] })
    expect(tables(town)).toEqual(['device', 'numberAuthority', 'report', 'unit'])
    expect(town.folder.store.read((db) => rowById(db, 'setting', 'organ'))).toBeUndefined()
  })

  test('comes back from a backup with the keys that the office has on its list', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await applicant('荆河1号机')
    await enrolByFile(office, town, '荆河1号机', own)
    town.folder.store.write({ kind: 'test.write', author: 'account-荆河1号机' }, (tx) => tx.put('report', 'r-own', 'content', { kind: 'air', period: '2026-06', unitId: own, officialId: null, item: '自报', figures: {}, remark: null }, own))
    const file = join(tempDir(), 'backup.dspk')
    unwrap(await backup({ name: 'backup', target: file, place: 'disk' }, workOf(town)))
    // The same seed gives the same keys: the disk as it was before it joined.
    const back = await applicant('荆河1号机')
    unwrap(await recover({ name: 'recover', path: file, place: 'disk', escrowKey: office.escrow! }, workOf(back)))
    expect(back.folder.store.read((db) => rowById(db, 'report', 'r-own'))).toMatchObject({ item: '自报' })
    expect(back.folder.store.verify().problems).toEqual([])
    expect(await take(office, await put(back))).toMatchObject({ parked: 0, gaps: [] })
  })

  test('sends what it wrote of its unit and who wrote it; its own settings stay', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await township(office)
    town.folder.store.write({ kind: 'test.write', author: 'account-jinghe' }, (tx) => {
      tx.put('setting', 'organ', 'value', { value: '荆河街道' })
      tx.put('letter', 'letter-1', 'due', { replyDue: '2026-08-01', replyDueBasis: null }, own)
    })
    const report = await take(office, await put(town))
    expect(report).toMatchObject({ parked: 0, rows: { letter: 1, account: 1 } })
    const { store } = office.folder
    expect(store.read((db) => rowById(db, 'setting', 'organ'))?.value).toBe('市委办公室')
    expect(store.read((db) => rowById(db, 'account', 'account-jinghe'))?.name).toBe('荆河录入员')
    expect(store.read((db) => rowById(db, 'letter', 'letter-1'))?.replyDue).toBe('2026-08-01')
    expect(store.verify()).toEqual({ ok: true, problems: [] })
  })

  test('that writes outside of its scope is refused with a sentence of its own, and nothing is taken in', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await township(office)
    const { store } = town.folder
    for (const scope of [other, 'office', 'shared']) {
      store.write({ kind: 'test.write', author: 'account-jinghe' }, (tx) => tx.put('setting', `forged ${scope}`, 'value', { value: scope }, scope))
    }
    const before = office.folder.store.digest()
    await expect(take(office, await sendAll(town, office))).rejects.toMatchObject({ code: 'PACKAGE_SCOPE', params: { name: '荆河1号机' } })
    expect(office.folder.store.digest()).toEqual(before)
    expect(office.folder.store.exchange.packages('in', 10)).toEqual([])
    // The honest package of the same machine still goes in.
    expect(await take(office, await put(town))).toMatchObject({ parked: 0 })
  })

  test('that writes into its own lane what only the offices keep is refused the same way', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await township(office)
    const before = office.folder.store.digest()
    for (const [at, write] of ([
      (tx) => tx.put('setting', 'organ', 'value', { value: '冒充' }, own),
      (tx) => tx.put('unit', other, 'identity', { name: '冒充', kind: 'township' }, own),
      (tx) => tx.remove('unit', other, own),
      (tx) => tx.put('account', author, 'account', { name: '冒充', roles: ['admin'], disabled: true }, own),
      (tx) => tx.put('gapAck', 'ab'.repeat(32), 'ack', { laneOrigin: 'cd'.repeat(16), laneScope: 'office', fromSeq: 1, toSeq: 1, reason: '冒充', givenUpOn: '2026-07-01', givenUpBy: author }, own),
      ...(['calendarYear', 'rule', 'sentence', 'template', 'device', 'numberAuthority', 'numberLease', 'mapping', 'bulletin', 'batch'] as const).map((table) => (tx: WriteTx) => tx.put(table as 'batch', `of ${table}`, Object.keys(specs[table])[0] as 'plan', Object.fromEntries(Object.keys(Object.values(specs[table] as Readonly<Record<string, RegisterSpec>>)[0]!.columns).map((column) => [column, null])) as never, own)),
    ] as const satisfies readonly ((tx: WriteTx) => void)[]).entries()) {
      const forger = copyOf(town, `改过的程序 ${at}`, false)
      forger.folder.store.write({ kind: 'test.forge', author: 'account-jinghe' }, write)
      await expect(take(office, await put(forger))).rejects.toMatchObject({ code: 'PACKAGE_SCOPE', params: { name: '荆河1号机' } })
      expect([office.folder.store.digest(), office.folder.store.exchange.packages('in', 10)]).toEqual([before, []])
    }
    expect(await take(office, await put(town))).toMatchObject({ parked: 0 })
  })

  test('whose row over an account of the office comes by a relay changes nothing, whichever came first and though it names the office’s as replaced', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const [second, third] = [await nextOffice(office, '乙机'), await nextOffice(office, '丙机')]
    const town = await township(office)
    const account = (of: Office) => of.folder.store.read((db) => rowById(db, 'account', author))
    const forger = copyOf(town, '改过的程序', false)
    const { store } = forger.folder
    store.log.apply([...office.folder.store.log.changes()].filter((change) => change.scope === 'office'))
    store.write({ kind: 'test.forge', author: 'account-jinghe' }, (tx) => tx.put('account', author, 'account', { name: '冒充', roles: [], disabled: true }, own))
    for (const { folder } of [second, third]) {
      const { certificate } = membership(folder.store.local, folder.store.identity)
      store.exchange.addCertificate(certificate.signature, certificate.device, canonical(certificate))
    }
    const file = await put(forger)
    await expect(take(office, file)).rejects.toMatchObject({ code: 'PACKAGE_SCOPE' })
    // These have no account of the office yet, and cannot know.
    for (const one of [second, third]) await take(one, file)
    expect(account(second)?.name).toBe('冒充')
    for (const from of [second, third, office, second]) {
      for (const at of [office, second, third]) {
        if (at === from) continue
        const target = join(tempDir(), 'all.dspk')
        unwrap(await exportPackage({ name: 'export', to: membership(at.folder.store.local, at.folder.store.identity).keys.device, full: true, target, place: 'stick' }, workOf(from)))
        await take(at, target)
      }
    }
    for (const of of [office, second, third]) {
      expect([account(of)?.name, account(of)?.disabled, of.folder.store.read(listConflicts)]).toEqual(['甲机', false, []])
      expect([of.folder.store.digest(), of.folder.store.verify()]).toEqual([office.folder.store.digest(), { ok: true, problems: [] }])
    }
    // Nothing stands in the way of the honest machine.
    expect(await take(office, await put(town))).toMatchObject({ parked: 0 })
  })

  test('hears what the office says of its own account', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await township(office)
    await take(office, await put(town))
    const keys = { list: () => [{ account: author }] }
    unwrap(updateAccount({ id: 'account-jinghe', roles: ['enter'], disabled: true }, { ...contextOf(office), session: { keys: () => keys } } as never))
    await take(town, await put(office))
    for (const { folder } of [office, town]) expect(folder.store.read((db) => rowById(db, 'account', 'account-jinghe'))).toMatchObject({ disabled: true, scope: own })
    expect(await take(office, await put(town))).toMatchObject({ differs: [], newConflicts: 0 })
  })

  test('cannot change what the offices keep for everybody: said at once, not lost in silence; rows of its own it may have, and nothing raises an alarm', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await township(office)
    const { store } = town.folder
    const before = store.digest()
    const rename = { kind: 'units.save', author: 'account-jinghe' }
    for (const write of [(tx) => tx.put('unit', own, 'identity', { name: '荆河', kind: 'township' }), (tx) => tx.remove('unit', other), (tx) => tx.put('unit', own, 'names', { shortName: '荆', aliases: [], orderNo: 1 })] as const satisfies readonly ((tx: WriteTx) => void)[]) {
      expect(() => store.write(rename, write)).toThrow(expect.objectContaining({ code: 'SHARED_BY_OFFICE', params: { what: 'unit' } }) as Error)
    }
    expect([store.digest(), store.verify()]).toEqual([before, { ok: true, problems: [] }])
    // The same once more, as an import of the same roster writes it.
    store.write(rename, (tx) => tx.put('unit', own, 'identity', { name: own, kind: 'township' }))
    store.write(rename, (tx) => tx.put('sentence', tx.newId(), 'sentence', { type: null, part: 'opening', text: '本镇的一句', hidden: false }))
    await take(town, await put(office))
    expect(await take(office, await put(town))).toMatchObject({ differs: [], parked: 0 })
    expect(await take(town, await put(office))).toMatchObject({ differs: [], parked: 0 })
  })

  test('of an office whose folder is older than the shared scope gets the units all the same, and so does one that joined before', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const { store } = office.folder
    store.write({ kind: 'units.save', author }, (tx) => {
      tx.put('unit', 'old', 'identity', { name: '东郭镇', kind: 'township' }, 'office')
      tx.put('unit', 'old', 'names', { shortName: '东郭', aliases: ['东郭'], orderNo: 3 }, 'office')
      tx.put('unit', 'gone', 'identity', { name: '旧镇', kind: 'township' }, 'office')
    })
    store.write({ kind: 'units.remove', author }, (tx) => tx.remove('unit', 'gone'))
    const second = await nextOffice(office, '乙机')
    await take(second, await put(office))
    const town = await township(office)
    const shown = (of: Office, id: string) => of.folder.store.read((db) => rowById(db, 'unit', id))
    expect([shown(town, 'old'), shown(town, 'gone')]).toMatchObject([{ name: '东郭镇', shortName: '东郭', scope: 'shared' }, undefined])
    const size = [...store.log.changes()].length
    store.write({ kind: 'rules.save', author }, (tx) => tx.put('rule', 'R1', 'definition', { version: 2, enabled: true, definition: {}, note: null }, 'office'))
    const [file, device] = [join(tempDir(), 'b.dspk'), membership(town.folder.store.local, town.folder.store.identity).keys.device]
    unwrap(await exportPackage({ name: 'export', to: device, full: false, target: file, place: 'stick' }, workOf(office)))
    await take(town, file)
    expect(town.folder.store.read((db) => rowById(db, 'rule', 'R1'))).toMatchObject({ version: 2, scope: 'shared' })
    // Once is enough.
    expect([...store.log.changes()].length).toBe(size + 2)
    unwrap(await exportPackage({ name: 'export', to: device, full: false, target: file, place: 'stick' }, workOf(office)))
    expect([...store.log.changes()].length).toBe(size + 2)
    for (const { folder } of [office, town]) expect(folder.store.verify()).toEqual({ ok: true, problems: [] })
    // Another office does the same by itself: no conflict.
    expect(second.folder.store.shareRows({ kind: 'exchange.share', author })).toBe(1)
    await take(second, await put(office))
    await take(office, await put(second))
    expect([second.folder.store.digest()['shared'], second.folder.store.read(listConflicts)]).toEqual([store.digest()['shared'], []])
  })

  test('refuses what it may not see, should a relay send it', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    const town = await township(office)
    const before = town.folder.store.digest()
    await expect(take(town, await sendAll(office, town))).rejects.toMatchObject({ code: 'PACKAGE_SCOPE' })
    expect(town.folder.store.digest()).toEqual(before)
  })

  test('does not get in the way of offices: a package for all leaves it out', async () => {
    const office = await firstOffice('甲机')
    fill(office)
    await township(office)
    const second = await nextOffice(office, '乙机')
    expect(await take(second, await put(office))).toMatchObject({ parked: 0 })
  })
})
