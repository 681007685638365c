/** Others than us can read what we write: a second reader that shares no code, and the public age tool. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { clean, tempDir } from '../../../host/store.ts'
import { hexOf, lane, sha256Hex, testDevice, testGroup, write } from '../../../host/exchange.ts'
import { readPackage, readPayload } from './independent-reader.ts'

afterEach(clean)

const group = await testGroup()
const sender = testDevice(group, '府办2号机')
const scans = [Buffer.from('扫描件'), Buffer.alloc(0), Buffer.from(Array.from({ length: 70_000 }, (_, at) => at & 255))]
const changes = lane(sender.origin, '单位-1', 40, (seq) => (seq === 7 ? null : `{"note":"第${seq}条"}`))

async function sample(volumeBytes?: number): Promise<readonly string[]> {
  const { files } = await write(group, sender, tempDir(), { changes, blobBytes: scans }, { volumeBytes })
  return files
}

describe('the independent reader', () => {
  test.each([[undefined, 1], [24_000, 4]])('reads header, changes and attachments (volumes of %s bytes)', async (volumeBytes, volumes) => {
    const files = await sample(volumeBytes)
    expect(files.length).toBe(volumes)
    const found = await readPackage([...files], group.card.root, sender.identity)
    expect(found.header).toMatchObject({ group: group.card.group, id: hexOf('package'), number: 1, suite: 'ed25519-age1-sha256', certificate: { name: '府办2号机' } })
    expect(found.manifest).toEqual({ digests: {}, id: hexOf('package') })
    expect(found.changes).toEqual(changes.map((change) => ({ id: change.id.toString('hex'), origin: sender.origin, scope: '单位-1', seq: change.seq, body: change.body && change.body.toString('utf8') })))
    expect([...found.blobs.keys()].sort()).toEqual(scans.map(sha256Hex).sort())
    for (const scan of scans) expect(found.blobs.get(sha256Hex(scan))?.equals(scan)).toBe(true)
  })

  test('would notice a changed byte', async () => {
    const [file] = await sample()
    const bytes = readFileSync(file!)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(file!, bytes)
    await expect(readPackage([file!], group.card.root, sender.identity)).rejects.toThrow('payload')
  })
})

const hasAge = spawnSync('age', ['--version']).status === 0
if (!hasAge) console.warn('skipped: the public age tool is not installed, so no payload was opened with it')

describe.skipIf(!hasAge)('the public age tool', () => {
  test.each([['the receiver', sender.identity], ['the printed escrow key', group.escrowIdentity]])('opens the payload with the key of %s', async (_who, identity) => {
    const [file] = await sample()
    const dir = tempDir()
    const [key, sealed] = [join(dir, 'key.txt'), join(dir, 'payload.age')]
    writeFileSync(key, `${identity}\n`)
    const bytes = readFileSync(file!)
    const header = JSON.parse(bytes.toString('utf8', 10, 10 + bytes.readUInt32BE(6))) as { payload: { at: number } }
    writeFileSync(sealed, bytes.subarray(header.payload.at))
    const plain = execFileSync('age', ['-d', '-i', key, sealed], { maxBuffer: 2 ** 26 })
    expect(readPayload({}, plain).changes.length).toBe(40)
  })
})
