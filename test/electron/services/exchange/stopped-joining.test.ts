/** A join and a recovery that are stopped, wherever: by the person, or by a power cut. Nothing of them is there afterwards, and the next try works. */
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { Refusal, unwrap } from '../../../../shared/result.ts'
import type { Control } from '../../../../electron/services/exchange/control.ts'
import { enrol, join as joinGroup } from '../../../../electron/services/exchange/enrol.ts'
import { membership, readDeviceKeys, readMembership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { makeRequest } from '../../../../electron/services/exchange/keys/request.ts'
import { recover } from '../../../../electron/services/exchange/recover.ts'
import { backup } from '../../../../electron/services/exchange/use-cases.ts'
import { openWithKey } from '../../../../electron/store/data-folder.ts'
import { canonical } from '../../../../electron/store/log/canonical.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import { author, clean, tempDir, unitValue } from '../../../host/store.ts'
import { applicant, firstOffice, workOf, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

const scan = Buffer.from('扫描件')

async function filled(): Promise<Office> {
  const office = await firstOffice('甲机')
  const { store } = office.folder
  store.write({ kind: 'test.fill', author }, (tx) => tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: '扫描.png', mime: 'image/png', size: scan.length, sha256: store.blobs.put(scan) }))
  for (let i = 0; i < 120; i++) office.folder.store.write({ kind: 'test.fill', author }, (tx) => tx.put('unit', tx.newId(), 'identity', unitValue(`第${i}镇`)))
  return office
}

/** What a machine has of a group, of its own records, and of its log. */
function state({ folder: { store } }: Pick<Office, 'folder'>): unknown {
  const dump = createHash('sha256')
  for (const piece of store.dump()) dump.update(piece)
  return [{ ...store.identity }, readMembership(store.local, store.identity) !== null, store.log.tips(), dump.digest('hex'), store.exchange.certificates(), store.exchange.packages('in', 9)]
}

/** As a power cut leaves the folder at this moment: what other processes share in memory is gone. */
function cut(office: Office): Office {
  const dir = join(tempDir(), 'data')
  cpSync(office.folder.dir, dir, { recursive: true, filter: (from) => !from.endsWith('-shm') })
  const env = { ...office.env, dataDir: dir }
  return { ...office, env, folder: unwrap(openWithKey(dir, office.folder.key, env)) }
}

/** Stops at the checkpoint `at`; `seen` looks at each. */
function stopsAt(at: number, seen: (step: string) => void = () => {}): Control {
  let [passed, step] = [0, '']
  const look = (): void => {
    seen(step)
    if ((passed += 1) === at) throw new Refusal('CANCELLED')
  }
  return {
    report: (progress) => void (step = progress.step ?? step),
    checkpoint: look,
    noReturn: () => {
      step = 'no return'
      look()
    },
  }
}

type Work = (machine: Office, control: Control) => Promise<unknown>
const works: readonly (readonly [string, (office: Office) => Promise<{ readonly machine: Office; readonly work: Work }>])[] = [
  ['a join', async (office) => {
    const [machine, from, target] = [await applicant('乙机'), join(tempDir(), 'a.req'), join(tempDir(), 'a.dspk')]
    const { store } = machine.folder
    writeFileSync(from, makeRequest(readDeviceKeys(store.local)!, { name: '乙机', origins: [store.identity.origin], app: '0', made: office.env.now() }))
    unwrap(await enrol({ name: 'enrol', from: { path: from, place: 'stick' }, scope: 'all', target, place: 'stick' }, workOf(office)))
    return { machine, work: async (one, control) => unwrap(await joinGroup({ name: 'join', path: target, place: 'stick' }, workOf(one, control))) }
  }],
  ['a recovery', async (office) => {
    const [machine, target] = [await applicant('丙机'), join(tempDir(), 'backup.dspk')]
    unwrap(await backup({ name: 'backup', target, place: 'disk' }, workOf(office)))
    return { machine, work: async (one, control) => unwrap(await recover({ name: 'recover', path: target, place: 'disk', escrowKey: office.escrow! }, workOf(one, control))) }
  }],
]

describe.each(works)('%s', (_, begin) => {
  test('that is cancelled leaves nothing, wherever it stands, and can be done again', async () => {
    const office = await filled()
    const { machine, work } = await begin(office)
    const before = state(machine)
    const steps = new Set<string>()
    let stopped = 0
    for (let at = 1; ; at++) {
      const error = await work(machine, stopsAt(at, (step) => steps.add(step))).then(() => null, (reason: unknown) => reason)
      if (error === null) break
      stopped++
      expect(error).toMatchObject({ code: 'CANCELLED' })
      expect(state(machine)).toEqual(before)
    }
    expect(stopped).toBeGreaterThan(8)
    expect([...steps]).toEqual(expect.arrayContaining(['exchange.applying', 'no return']))
    const { store } = machine.folder
    expect(store.read((db) => db.all('SELECT id FROM unit WHERE deleted = 0'))).toHaveLength(120)
    expect(Buffer.from(store.blobs.get(createHash('sha256').update(scan).digest('hex'))).equals(scan)).toBe(true)
    const { certificate } = membership(store.local, store.identity)
    expect(store.read((db) => rowById(db, 'device', certificate.device))).toMatchObject({ deleted: false, certificate })
    expect(store.exchange.certificates()).toContain(canonical(certificate))
    expect([store.identity.group, readMembership(store.local, store.identity) !== null]).toEqual([office.folder.store.identity.group, true])
    expect(store.verify().problems).toEqual([])
  })

  test('that a power cut ends leaves nothing, and can be done again', async () => {
    const office = await filled()
    const { machine, work } = await begin(office)
    const before = state(machine)
    const cuts: Office[] = []
    await work(machine, stopsAt(0, (step) => void (['exchange.applying', 'no return'].includes(step) && cuts.push(cut(machine)))))
    expect(cuts.length).toBeGreaterThan(3)
    for (const [index, one] of cuts.entries()) {
      expect(state(one)).toEqual(before)
      if (index < cuts.length - 1) continue
      await work(one, stopsAt(0))
      expect(one.folder.store.read((db) => db.all('SELECT id FROM unit WHERE deleted = 0'))).toHaveLength(120)
      expect(one.folder.store.verify().problems).toEqual([])
    }
    for (const one of cuts) one.folder.store.close()
  })
})
