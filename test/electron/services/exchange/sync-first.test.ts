/** A power cut must find whole files under final names: each is fsynced behind its last byte, then renamed, then its folder fsynced. Seen call by call. */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { createDataFolder } from '../../../../electron/store/data-folder.ts'
import { watchFiles, type FileCall } from '../../../host/file-calls.ts'
import { seededRandom } from '../../../host/seeded.ts'
import { author, clean, password, tempDir, testEnv } from '../../../host/store.ts'
import { firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

type Seen = FileCall & { readonly over: boolean }

/** Every call, once as it begins and once more when it has succeeded. `onEnd`: in between the steps of the work itself. */
async function watched(work: () => unknown, onEnd: (call: FileCall) => void = () => {}): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  const end = (call: FileCall): void => {
    seen.push({ ...call, over: true })
    onEnd(call)
  }
  const restore = await watchFiles({ begin: (call) => void seen.push({ ...call, over: false }), end })
  try {
    await work()
  } finally {
    restore()
  }
  return seen
}

const renames = (seen: readonly Seen[]): readonly Seen[] => seen.filter(({ call, over }) => call === 'rename' && !over)
const named = ({ other = '' }: Seen): string => other

/** What is wrong in this record, in words; a rename that is right says nothing. */
function wrongs(seen: readonly Seen[]): string[] {
  const wrong: string[] = []
  for (const [at, one] of seen.entries()) {
    const { call, path, other, over } = one
    if ((call === 'open' || call === 'write' || call === 'copy') && !path.endsWith('.part')) wrong.push(`${path}: written under its final name`)
    if (call !== 'rename' || over) continue
    const before = seen.slice(0, at)
    const written = before.findLastIndex((each) => (each.call === 'write' || each.call === 'copy') && each.path === path)
    const synced = before.findLastIndex((each) => each.call === 'sync' && each.path === path && each.over)
    if (synced === -1 || before.findLastIndex((each) => each.call === 'sync' && each.path === path && !each.over) < written) wrong.push(`${other}: renamed before its last byte was on the disk`)
    const rest = seen.slice(at)
    const renamed = rest.findIndex((each) => each.call === 'rename' && each.path === path && each.over)
    if (!rest.slice(renamed).some((each) => each.call === 'sync' && each.path === dirname(other!) && each.over)) wrong.push(`${other}: its name is not on the disk`)
  }
  return wrong
}

describe.skipIf(process.platform === 'win32')('fsync, rename, fsync of the folder', () => {
  let [a, b]: Office[] = []
  let sha256 = ''
  beforeAll(async () => {
    a = await firstOffice('甲机')
    b = await nextOffice(a, '乙机')
    const { store } = a.folder
    const scan = seededRandom('scan')(200_000)
    sha256 = store.blobs.put(scan)
    store.write({ kind: 'letters.reply', author }, (tx) => tx.put('attachment', tx.newId(), 'fact', { ownerId: tx.newId(), fileName: '扫描.png', mime: 'image/png', size: scan.length, sha256 }))
  })
  afterAll(clean)

  test('keys.json of a new folder, and of a password that changes', async () => {
    const env = testEnv('keys')
    const dir = join(tempDir(), 'data')
    const seen = await watched(async () => {
      const folder = unwrap(await createDataFolder(dir, { env, account: { id: author, name: '甲', password } }))
      unwrap(await folder.keys.setPassword(author, `${password}-2`))
      folder.store.close()
    })
    expect(renames(seen).map(named)).toEqual([join(dir, 'keys.json'), join(dir, 'dutydesk.db'), join(dir, 'keys.json')])
    expect(wrongs(seen)).toEqual([])
  })

  test('an attachment that is attached here', async () => {
    let hash = ''
    const seen = await watched(() => {
      hash = a!.folder.store.blobs.put(seededRandom('photo')(100_000))
    })
    expect(renames(seen).map((one) => basename(named(one)))).toEqual([hash])
    expect(wrongs(seen)).toEqual([])
  })

  test('a package: written, fsynced, read again, the witness, and only then its name', async () => {
    let file = ''
    const seen = await watched(async () => {
      file = await put(a!)
    })
    expect(renames(seen).map(named)).toEqual([join(a!.folder.dir, 'exchange.witness'), file])
    expect(wrongs(seen)).toEqual([])
    const [part] = renames(seen).filter((one) => named(one) === file).map(({ path }) => path)
    const steps = seen.filter(({ path, call, over }) => path === part && over && call !== 'open').map(({ call }) => call)
    // In runs of one kind. Twice read: the payload, and the head.
    expect(steps.filter((step, index) => step !== steps[index - 1])).toEqual(['write', 'sync', 'read', 'rename'])
    const witness = seen.findIndex(({ call, other, over }) => call === 'rename' && other?.endsWith('.witness') && over)
    const [lastRead, released] = [seen.findLastIndex(({ call, path }) => call === 'read' && path === part), seen.findIndex(({ call, path }) => call === 'rename' && path === part)]
    const onDisk = seen.findIndex(({ call, path, over }, index) => index > witness && call === 'sync' && path === a!.folder.dir && over)
    expect([lastRead, witness, onDisk, released]).toEqual([lastRead, witness, onDisk, released].toSorted((x, y) => x - y))
  })

  test('an import: the package in the inbox, the safety copy, the attachment, and only then the rows', async () => {
    const file = await put(a!)
    const { dir, store } = b!.folder
    const rows = (): number => store.read((db) => db.get<{ n: number }>('SELECT count(*) AS n FROM attachment'))!.n
    const then: (readonly [place: string, rows: number])[] = []
    const seen = await watched(() => take(b!, file), ({ call, other = '' }) => {
      if (call === 'rename') then.push([other.slice(dir.length + 1).split('/')[0]!, rows()])
    })
    expect(then).toEqual([['inbox', 0], ['copies', 0], ['blobs', 0]])
    expect(renames(seen).map(named).at(-1)).toBe(join(dir, 'blobs', sha256.slice(0, 2), sha256))
    expect([rows(), existsSync(join(dir, 'blobs', sha256.slice(0, 2), sha256)), b!.folder.store.blobs.has(sha256)]).toEqual([1, true, true])
    expect(wrongs(seen)).toEqual([])
  })
})
