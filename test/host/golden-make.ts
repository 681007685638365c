/**
 * `node test/host/golden-make.ts`: writes test/fixtures/packages anew. Only for a version whose format or schema is a new one, into a folder of its own beside the
 * old ones: what was released once must be read for ever. Clock, keys and ids follow from fixed seeds; the sealing draws its own random bytes.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { unwrap } from '../../shared/result.ts'
import { enrol, join as joinGroup } from '../../electron/services/exchange/enrol.ts'
import { alignUp, signatureBytes } from '../../electron/services/exchange/format/limits.ts'
import { signContext, type Header } from '../../electron/services/exchange/format/header.ts'
import { readVolumeHead } from '../../electron/services/exchange/format/read.ts'
import { prepareGroup } from '../../electron/services/exchange/found.ts'
import { newDeviceKeys } from '../../electron/services/exchange/keys/group.ts'
import { membership } from '../../electron/services/exchange/keys/key-store.ts'
import { makeRequest } from '../../electron/services/exchange/keys/request.ts'
import { recover } from '../../electron/services/exchange/recover.ts'
import { backup } from '../../electron/services/exchange/use-cases.ts'
import { bodyBytes, opText } from '../../electron/store/log/body.ts'
import { canonical } from '../../electron/store/log/canonical.ts'
import { changeId, logSchema, sha256, type Change } from '../../electron/store/log/change-id.ts'
import { firstOffice, nextOffice, put, take, workOf, type Office } from './exchange-office.ts'
import { askingOffice, goldenDir, goldenFile, hexKeys, keysOf, readerOffice, toldOf, type Golden } from './golden.ts'
import { seededRandom } from './seeded.ts'
import { author, clean, testEnv, unitValue } from './store.ts'

const row = (digit: number): string => `0197c0de-0000-7000-8000-00000000000${digit}`
const edit = ({ folder }: Office, at: number, name: string): void => folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', row(at), 'identity', unitValue(name), row(at)))

/** One write into a table that only a later version has; `pred`: the write before it. */
function writeUnknown({ folder: { store }, env }: Office, text: string, pred: readonly string[]): string {
  const { group, origin } = store.identity
  const tip = store.log.tips().find((one) => one.origin === origin && one.scope === 'office')!
  const op = opText('futureNote', row(9), 'note', canonical({ rank: pred.length, text }), pred)
  const body = bodyBytes({ action: row(8 - pred.length), kind: 'future.note', part: 1, parts: 1 }, [Buffer.from(op, 'utf8')])
  const now = env.now()
  const head = { origin: Buffer.from(origin, 'hex'), scope: 'office', seq: tip.seq + 1, prev: Buffer.from(tip.head, 'hex'), hlcMs: now, hlcCounter: 0, wall: now, author, schema: logSchema, bodyHash: sha256(body) }
  const change: Change = { ...head, id: changeId(Buffer.from(group, 'hex'), head), body }
  store.log.apply([change])
  return change.id.toString('hex')
}

/** Units that two machines call differently, one that was removed, a scan, and what only a later version understands. */
async function fill(a: Office, b: Office): Promise<string> {
  for (const [at, name] of ['荆河街道', '龙泉街道', '北辛街道'].entries()) edit(a, at, name)
  await take(b, await put(a))
  edit(b, 0, '荆河街道办事处')
  edit(a, 0, '荆河街道办')
  a.folder.store.write({ kind: 'units.remove', author }, (tx) => tx.remove('unit', row(2)))
  const scan = seededRandom('golden scan')(3000)
  const attachment = a.folder.store.blobs.put(scan)
  a.folder.store.write({ kind: 'letters.reply', author }, (tx) => tx.put('attachment', row(5), 'fact', { ownerId: row(6), fileName: '扫描.png', mime: 'image/png', size: scan.length, sha256: attachment }))
  writeUnknown(a, '后来的版本又写了一次', [writeUnknown(a, '后来的版本写的', [])])
  await take(a, await put(b))
  return attachment
}

/** The same payload below another head, properly signed. */
async function resigned({ folder: { store } }: Office, from: string, to: string, format: number, more: Partial<Header>): Promise<void> {
  const { header } = await readVolumeHead(from, 'disk')
  const text = Buffer.from(canonical({ ...header, ...more }), 'utf8')
  const head = Buffer.concat([Buffer.from('DSPK'), Buffer.alloc(6), text])
  head.writeUInt16BE(format, 4)
  head.writeUInt32BE(text.length, 6)
  const signed = Buffer.concat([head, membership(store.local, store.identity).signing.sign(signContext, head)])
  if (alignUp(head.length + signatureBytes) > header.payload.at) throw new Error('no room')
  writeFileSync(to, Buffer.concat([signed, Buffer.alloc(header.payload.at - signed.length), readFileSync(from).subarray(header.payload.at)]))
}

async function make(): Promise<void> {
  mkdirSync(goldenDir, { recursive: true })
  const a = await firstOffice('甲机')
  const b = await nextOffice(a, '乙机')
  const attachment = await fill(a, b)
  copyFileSync(await put(a), goldenFile('full.dspk'))
  await take(b, goldenFile('full.dspk'))
  await take(a, await put(b))
  // Past the overlap: it goes on where the receiver said that it ended.
  a.env.clock += 60 * 24 * 60 * 60 * 1000
  edit(a, 1, '龙泉街道办事处')
  copyFileSync(await put(a, false), goldenFile('follow.dspk'))
  await resigned(a, goldenFile('follow.dspk'), goldenFile('newer-format.dspk'), 2, {})
  await resigned(a, goldenFile('follow.dspk'), goldenFile('newer-schema.dspk'), 1, { schema: logSchema + 1, app: '9.0.0' })

  const keys = newDeviceKeys(seededRandom('golden joiner'))
  const joiner = { keys: hexKeys(keys), origin: Buffer.from(seededRandom('golden origin')(16)).toString('hex'), name: '丙机', made: a.env.now() }
  writeFileSync(goldenFile('join.req'), makeRequest(keys, { name: joiner.name, origins: [joiner.origin], app: a.env.version, made: joiner.made }))
  const request = { bytes: readFileSync(goldenFile('join.req')) }
  unwrap(await enrol({ name: 'enrol', from: request, scope: undefined, target: goldenFile('enrol.dspk'), place: 'disk' }, workOf(a)))
  unwrap(await backup({ name: 'backup', target: goldenFile('backup.dspk'), place: 'disk' }, workOf(a)))

  const { card } = membership(a.folder.store.local, a.folder.store.identity)
  const { made } = await prepareGroup({ ...testEnv('甲机'), version: '', machine: '' })
  if (made.card.escrow !== card.escrow) throw new Error('another escrow key')
  const ofB = membership(b.folder.store.local, b.folder.store.identity)
  const bare = { program: a.env.version, card, escrow: made.escrowIdentity, reader: { keys: hexKeys(ofB.keys), certificate: ofB.certificate }, joiner, attachment }
  writeFileSync(goldenFile('golden.json'), `${JSON.stringify({ ...bare, told: await readAll(bare) }, null, 1)}\n`)
}

async function readAll(golden: Omit<Golden, 'told'>): Promise<Golden['told']> {
  const reader = await readerOffice(golden)
  const [full, follow] = [await take(reader, goldenFile('full.dspk')), await take(reader, goldenFile('follow.dspk'))]
  const { keys, origin } = golden.joiner
  const joining = await askingOffice('丙机', keysOf(keys), origin)
  const joined = unwrap(await joinGroup({ name: 'join', path: goldenFile('enrol.dspk'), place: 'disk' }, workOf(joining)))
  const lost = await askingOffice('戊机', newDeviceKeys(seededRandom('golden lost')))
  const back = unwrap(await recover({ name: 'recover', path: goldenFile('backup.dspk'), place: 'disk', escrowKey: golden.escrow }, workOf(lost)))
  return { full: toldOf(full), follow: toldOf(follow), enrol: toldOf(joined.report, true), backup: toldOf(back.report, true) }
}

try {
  await make()
} finally {
  clean()
}
