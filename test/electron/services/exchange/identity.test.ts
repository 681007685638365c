import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { beginEpoch, decideIdentity, settleIdentity, witnessNow, type IdentityPlace } from '../../../../electron/services/exchange/identity.ts'
import { originFor } from '../../../../electron/services/exchange/keys/certificate.ts'
import { storeDeviceKeys } from '../../../../electron/services/exchange/keys/key-store.ts'
import { fingerprintOf, readWitnesses, witnessName } from '../../../../electron/services/exchange/witness.ts'
import type { DataFolder } from '../../../../electron/store/data-folder.ts'
import { identityLine } from '../../../../shared/text/exchange.ts'
import { again, author, clean, newFolder, tempDir, unitValue } from '../../../host/store.ts'
import { hexOf, randomFrom, testDevice, testGroup } from '../../../host/exchange.ts'

afterEach(clean)

const has = (...known: readonly string[]) => (id: string): boolean => known.includes(id)
const witness = (head: string, fingerprint = 'here') => ({ v: 1 as const, group: 'g', origin: 'o', fingerprint, lanes: [{ scope: 'office', seq: 2, head }] })

describe('the decision', () => {
  test.each([
    ['a first start', null, [], 'first'],
    ['the same machine, nothing sent yet', 'here', [], 'same'],
    ['the same machine', 'here', [witness('a')], 'same'],
    ['a database without what was sent', 'here', [witness('b')], 'rolledBack'],
    ['one of two witnesses went back with the folder, the other did not', 'here', [witness('a'), witness('b')], 'rolledBack'],
    ['a copy on another machine', 'there', [], 'cloned'],
    ['a copy with its witness', 'there', [witness('a', 'there')], 'cloned'],
    ['an old copy on another machine', 'there', [witness('b', 'there')], 'rolledBack'],
    ['a database without a mark, a witness from elsewhere', null, [witness('a', 'there')], 'cloned'],
  ] as const)('%s', (_name, marked, witnesses, expected) => {
    expect(decideIdentity({ marked, fingerprint: 'here', witnesses, has: has('a') })).toBe(expected)
  })

  test('each has one line for the user', () => {
    expect(new Set((['rolledBack', 'cloned', 'twin'] as const).map(identityLine)).size).toBe(3)
  })
})

function placeOf(folder: DataFolder, outside: string, machine = 'pc-1'): IdentityPlace {
  return {
    store: folder.store, fingerprint: fingerprintOf([machine], folder.dir), random: randomFrom(`${folder.dir} ${machine}`),
    witnessPaths: [join(folder.dir, 'exchange.witness'), join(outside, witnessName(folder.store.identity.group, folder.dir))],
  }
}
const write = (folder: DataFolder, name: string): void => folder.store.write({ kind: 'test.write', author }, (tx) => tx.put('unit', name, 'identity', unitValue(name)))

describe('with real folders', () => {
  test('a machine that only restarts stays who it was', async () => {
    const folder = await newFolder()
    const outside = tempDir()
    const place = placeOf(folder, outside)
    const { origin } = folder.store.identity
    expect(settleIdentity(place)).toBe('first')
    write(folder, '甲')
    witnessNow(place)
    write(folder, '乙')
    folder.store.close()
    const next = again(folder)
    expect([settleIdentity(placeOf(next, outside)), next.store.identity.origin]).toEqual(['same', origin])
    next.store.close()
  })

  test('an old database put back, alone or with the whole folder’s content, takes a new origin once', async () => {
    const folder = await newFolder()
    const outside = tempDir()
    expect(settleIdentity(placeOf(folder, outside))).toBe('first')
    write(folder, '甲')
    witnessNow(placeOf(folder, outside))
    folder.store.close()
    const backup = join(tempDir(), 'backup')
    cpSync(folder.dir, backup, { recursive: true })
    const later = again(folder)
    write(later, '乙')
    witnessNow(placeOf(later, outside))
    const { origin } = later.store.identity
    later.store.close()
    // Into the same folder: its own mark stays, the inner witness goes back too, the outer one tells.
    cpSync(backup, folder.dir, { recursive: true, force: true })
    const back = again(folder)
    expect(back.store.identity.origin).toBe(origin)
    expect(settleIdentity(placeOf(back, outside))).toBe('rolledBack')
    const fresh = back.store.identity.origin
    expect(fresh).not.toBe(origin)
    write(back, '丙')
    expect([...new Set(back.store.log.tips().map((tip) => tip.origin))].sort()).toEqual([origin, fresh].sort())
    back.store.close()
    const next = again(folder)
    expect([settleIdentity(placeOf(next, outside)), next.store.identity.origin]).toEqual(['same', fresh])
    expect(next.store.verify().problems).toEqual([])
    next.store.close()
  })

  test('a copied folder and a copied disk are clones; a renamed folder is not', async () => {
    const folder = await newFolder()
    const outside = tempDir()
    const place = placeOf(folder, outside)
    settleIdentity(place)
    write(folder, '甲')
    witnessNow(place)
    const { origin } = folder.store.identity
    folder.store.close()

    const copyDir = join(tempDir(), 'copy')
    cpSync(folder.dir, copyDir, { recursive: true })
    const copy = again({ ...folder, dir: copyDir })
    expect(settleIdentity(placeOf(copy, tempDir()))).toBe('cloned')
    expect(copy.store.identity.origin).not.toBe(origin)
    copy.store.close()

    const elsewhere = again(folder)
    expect(decideIdentity({ marked: String(elsewhere.store.local.get('exchange.fingerprint')), fingerprint: placeOf(elsewhere, outside, 'pc-2').fingerprint, witnesses: [], has: () => true })).toBe('cloned')
    elsewhere.store.close()

    const moved = join(tempDir(), 'moved')
    renameSync(folder.dir, moved)
    const there = again({ ...folder, dir: moved })
    expect(settleIdentity(placeOf(there, outside))).toBe('same')
    there.store.close()
  })

  test('the new origin follows from the device’s key, so that its lanes can be signed', async () => {
    const group = await testGroup()
    const device = testDevice(group, '机')
    const folder = await newFolder()
    storeDeviceKeys(folder.store.local, device.keys)
    beginEpoch(placeOf(folder, tempDir()))
    const [nonce] = JSON.parse(String(folder.store.local.get('exchange.epochs'))) as string[]
    expect(folder.store.identity.origin).toBe(originFor(device.certificate.sign, nonce!))
    folder.store.close()
  })

  test('a package is not released when the witness cannot be written', async () => {
    const folder = await newFolder()
    const place = placeOf(folder, tempDir())
    const blocked = join(tempDir(), 'file')
    writeFileSync(blocked, '')
    expect(() => witnessNow({ ...place, witnessPaths: [join(blocked, 'x', 'w')] })).toThrow()
    folder.store.close()
  })

  test('a broken or foreign witness says nothing', async () => {
    const folder = await newFolder()
    const place = placeOf(folder, tempDir())
    write(folder, '甲')
    witnessNow(place)
    const [inner] = place.witnessPaths
    expect(readWitnesses(place.witnessPaths, folder.store.identity.group).length).toBe(2)
    expect(readWitnesses(place.witnessPaths, hexOf('other')).length).toBe(0)
    writeFileSync(inner!, readFileSync(inner!).subarray(1))
    rmSync(place.witnessPaths[1]!)
    mkdirSync(place.witnessPaths[1]!)
    expect(readWitnesses(place.witnessPaths, folder.store.identity.group)).toEqual([])
    folder.store.close()
  })
})
