import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { identityToRecipient } from 'age-encryption'
import { afterEach, describe, expect, test } from 'vitest'
import { trustOfAnswer } from '../../../../electron/services/exchange/format/check-head.ts'
import { openPackage } from '../../../../electron/services/exchange/format/read.ts'
import { fingerprint, isCardGood, isCertificateOf, isRevocationOf, originFor, ownsOrigin } from '../../../../electron/services/exchange/keys/certificate.ts'
import { checkAnswer, maySee, newDeviceKeys, newGroup, recoverRoot, revoke } from '../../../../electron/services/exchange/keys/group.ts'
import { membership, nextEpoch, readDeviceKeys, readMembership, storeDeviceKeys, storeMembership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { certificatesOf, rememberLanes, rememberRevocation, trustOf } from '../../../../electron/services/exchange/keys/remember.ts'
import { makeRequest, readRequest } from '../../../../electron/services/exchange/keys/request.ts'
import { sealKey } from '../../../../electron/services/exchange/keys/seal.ts'
import { knownAnswers, selfTest } from '../../../../electron/services/exchange/keys/self-test.ts'
import { again, clean, newFolder, tempDir } from '../../../host/store.ts'
import { codeOf, hexOf, now, randomFrom, testDevice, testGroup, write } from '../../../host/exchange.ts'

afterEach(clean)

const group = await testGroup()
const device = testDevice(group, '府办2号机')

describe('keys', () => {
  test('are written as age writes them', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (scalar) => {
      const key = sealKey(scalar)
      expect(await identityToRecipient(key.identity)).toBe(key.recipient)
    }), { numRuns: 30 })
  })

  test('every primitive computes its known answer; one that does not is named', async () => {
    await selfTest()
    expect(knownAnswers.map((one) => one.name).join(' ')).toMatch(/SHA-256.*Ed25519.*AES-256-GCM.*AES-256-CTR.*scrypt.*X25519.*HKDF.*ChaCha20/)
    for (const one of knownAnswers) {
      await expect(selfTest([{ ...one, expected: `${one.expected}0` }])).rejects.toMatchObject({ code: 'CRYPTO_BROKEN', params: { primitive: one.name } })
      await expect(selfTest([{ ...one, compute: () => { throw new Error('not there') } }])).rejects.toMatchObject({ code: 'CRYPTO_BROKEN' })
    }
  })

  test('every cipher that the program names has one', () => {
    const root = join(import.meta.dirname, '../../../../electron')
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(root, name), 'utf8'))
    const ciphers = new Set(sources.flatMap((source) => [...source.matchAll(/create(?:C|Dec)ipheriv\('([^']+)'/g)].map((match) => match[1]!.toUpperCase())))
    expect([...ciphers].sort()).toEqual(['AES-256-CTR', 'AES-256-GCM'])
    for (const cipher of ciphers) expect(knownAnswers.map((one) => one.name)).toContain(cipher)
  })

  test('the printed escrow key brings the root key back; another does not', async () => {
    expect(await recoverRoot(group.card, ` ${group.escrowIdentity}\n`)).toEqual(group.rootSeed)
    expect(await recoverRoot(group.card, (await testGroup('other')).escrowIdentity)).toBeNull()
  })
})

describe('statements', () => {
  test('hold as they are, and not with any field changed, nor as another kind', () => {
    const revocation = revoke(group.card, group.rootSeed, device.keys.device, now)
    expect([isCardGood(group.card), isCertificateOf(device.certificate, group.card), isRevocationOf(revocation, group.card)]).toEqual([true, true, true])
    const changed: readonly Partial<typeof device.certificate>[] = [{ name: '别的' }, { scopes: ['all', 'x'] }, { expires: now * 2 }, { device: hexOf('x') }, { origins: [] }, { sign: group.card.root }, { issued: 1 }]
    for (const change of changed) expect(isCertificateOf({ ...device.certificate, ...change }, group.card)).toBe(false)
    expect(isCardGood({ ...group.card, escrow: device.certificate.seal })).toBe(false)
    expect(isRevocationOf({ ...revocation, device: hexOf('x') }, group.card)).toBe(false)
    expect(isRevocationOf({ ...revocation, signature: device.certificate.signature }, group.card)).toBe(false)
  })

  test('a later epoch proves itself by the device’s key, and nobody else can claim it', () => {
    const nonce = Buffer.from(randomFrom('nonce')(16)).toString('base64url')
    const origin = originFor(device.certificate.sign, nonce)
    const other = testDevice(group, '发改1号机').certificate
    expect([ownsOrigin(device.certificate, origin, nonce), ownsOrigin(device.certificate, device.origin, null)]).toEqual([true, true])
    expect([ownsOrigin(other, origin, nonce), ownsOrigin(other, device.origin, null), ownsOrigin(device.certificate, origin, null)]).toEqual([false, false, false])
  })

  test('scopes: the office sees all, a township its own', () => {
    expect([maySee({ scopes: ['all'] }, 'u1'), maySee({ scopes: ['u1'] }, 'u1'), maySee({ scopes: ['u1'] }, 'u2')]).toEqual([true, true, false])
  })

  test('the fingerprint to compare by telephone differs between groups', async () => {
    expect(fingerprint(group.card)).toMatch(/^(\d{4} ){7}\d{4}$/)
    expect(fingerprint((await testGroup('other')).card)).not.toBe(fingerprint(group.card))
  })
})

describe('enrolment by file', () => {
  test('a request with any bit flipped is refused', async () => {
    const bytes = makeRequest(device.keys, { name: '新机', origins: [device.origin], app: '0.1.0', made: now })
    expect(readRequest(bytes)).toMatchObject({ device: device.keys.device, name: '新机' })
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect([bit, await codeOf(() => readRequest(flipped))]).toEqual([bit, 'REQUEST_DAMAGED'])
    }
    for (const text of ['', '{}', '{"__proto__":1}', '['.repeat(20_000)]) expect(await codeOf(() => readRequest(Buffer.from(text)))).toBe('REQUEST_DAMAGED')
  })

  test('the answer fits its own request only, and must be signed by the card that it brings', async () => {
    const other = newDeviceKeys(randomFrom('other'))
    const answer = { card: group.card, certificate: device.certificate }
    expect(await codeOf(() => checkAnswer(answer, device.keys))).toBe('ok')
    expect(await codeOf(() => checkAnswer(answer, other))).toBe('REQUEST_NOT_OURS')
    expect(await codeOf(() => checkAnswer({ ...answer, certificate: { ...device.certificate, name: 'x' } }, device.keys))).toBe('PACKAGE_UNKNOWN_SIGNER')
    const foreign = await newGroup(hexOf('group'), now, randomFrom('foreign'))
    expect(await codeOf(() => checkAnswer({ ...answer, card: foreign.card }, device.keys))).toBe('PACKAGE_UNKNOWN_SIGNER')
  })

  test('a machine that knows no group yet opens the answer by the card in it, and nothing else', async () => {
    const newcomer = testDevice(group, '新机')
    const dir = tempDir()
    const { files } = await write(group, device, dir, { plan: { enrol: { card: group.card, certificate: newcomer.certificate } } }, { recipients: [newcomer.certificate.seal] })
    const opened = await openPackage(files, trustOfAnswer)
    expect(opened.header.enrol?.certificate.device).toBe(newcomer.keys.device)
    const plain = (await write(group, device, tempDir())).files
    expect(await codeOf(() => openPackage(plain, trustOfAnswer))).toBe('PACKAGE_UNKNOWN_SIGNER')
  })
})

describe('in the database', () => {
  test('secrets stay on this machine: kept over a restart, never in the log', async () => {
    const folder = await newFolder()
    const { store } = folder
    expect([readDeviceKeys(store.local), readMembership(store.local, store.identity)]).toEqual([null, null])
    expect(await codeOf(() => membership(store.local, store.identity))).toBe('GROUP_NOT_READY')
    storeDeviceKeys(store.local, device.keys)
    storeMembership(store.local, group.card, device.certificate, group.rootSeed)
    const before = [...store.log.changes()].length
    const { origin, values } = nextEpoch(store.local, randomFrom('epoch'))
    store.newEpoch(origin, values)
    store.close()
    const reopened = again(folder).store
    const found = membership(reopened.local, reopened.identity)
    expect(found).toMatchObject({ card: group.card, certificate: device.certificate, keys: device.keys, rootSeed: group.rootSeed, identity: device.identity })
    expect(found.ownOrigins).toEqual([device.origin, origin])
    expect(ownsOrigin(found.certificate, origin, found.nonceOf(origin))).toBe(true)
    expect([reopened.identity.origin, [...reopened.log.changes()].length]).toEqual([origin, before])
    reopened.close()
  })

  test('only what the root signed is remembered, and a revocation for good', async () => {
    const { store } = await newFolder()
    const statement = revoke(group.card, group.rootSeed, device.keys.device, now)
    const foreign = await testGroup('foreign')
    expect(rememberRevocation(store.exchange, group.card, { ...statement, device: hexOf('victim') })).toBe(false)
    expect(rememberRevocation(store.exchange, group.card, revoke(foreign.card, foreign.rootSeed, hexOf('victim'), now))).toBe(false)
    expect(rememberRevocation(store.exchange, group.card, null)).toBe(false)
    expect(trustOf(store.exchange, group.card).revoked.size).toBe(0)
    expect(rememberRevocation(store.exchange, group.card, statement)).toBe(true)
    expect([...trustOf(store.exchange, group.card).revoked]).toEqual([device.keys.device])
    rememberLanes(store.exchange, { signatures: [], certificates: [device.certificate, testDevice(foreign, '外').certificate] })
    expect(certificatesOf(store.exchange, group.card)).toEqual([device.certificate])
    store.close()
  })
})
