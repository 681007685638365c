import { afterEach, describe, expect, test } from 'vitest'
import type { Tip } from '../../../../shared/merge/vectors.ts'
import type { Change } from '../../../../electron/store/log/change-id.ts'
import { signingKey } from '../../../../electron/services/exchange/format/suite.ts'
import { encodeLanes, lanesSchema, type LaneSignature } from '../../../../electron/services/exchange/format/lanes.ts'
import { makeLaneChecker, signLane } from '../../../../electron/services/exchange/lane-signatures.ts'
import { laneSignaturesOf, rememberLanes } from '../../../../electron/services/exchange/keys/remember.ts'
import { originFor } from '../../../../electron/services/exchange/keys/certificate.ts'
import { clean, newFolder } from '../../../host/store.ts'
import { codeOf, hexOf, lane, testDevice, testGroup, type TestDevice } from '../../../host/exchange.ts'

afterEach(clean)

const group = await testGroup()
const [office, town] = [testDevice(group, '府办2号机'), testDevice(group, '荆河街道1号机')]
const none = (): boolean => false

function tipOf(change: Change): Tip {
  return { origin: change.origin.toString('hex'), scope: change.scope, seq: change.seq, head: change.id.toString('hex') }
}
function signed(device: TestDevice, tip: Tip, nonce: string | null = null): LaneSignature {
  return signLane(tip, { group: group.card.group, device: device.keys.device, key: signingKey(device.keys.signSeed), nonceOf: () => nonce })
}
function check(changes: readonly Change[], lanes: readonly LaneSignature[], knows: (id: string) => boolean = none, certificates = [office.certificate, town.certificate]): Promise<string> {
  return codeOf(() => {
    const checker = makeLaneChecker({ card: group.card, certificates: [], knows })
    checker.addLanes({ certificates, lanes })
    for (const change of changes) checker.add(change)
    checker.finish()
  })
}

describe('a lane', () => {
  const changes = lane(town.origin, 'u1', 5)
  const tip = tipOf(changes[4]!)

  test('is accepted up to its signed tip, whole or in part', async () => {
    const lanes = [signed(town, tip)]
    expect(await check(changes, lanes)).toBe('ok')
    expect(await check(changes.slice(2), lanes)).toBe('ok')
    expect(await check([...changes, ...changes], lanes)).toBe('ok')
  })

  test('is refused beyond it: a relay adds a change of its own making', async () => {
    const longer = lane(town.origin, 'u1', 6)
    expect(await check(longer, [signed(town, tip)])).toBe('PACKAGE_LANE_UNSIGNED')
    // Signed by the relay instead, who is a member too.
    expect(await check(longer, [signed(town, tip), signed(office, tipOf(longer[5]!))])).toBe('PACKAGE_LANE_UNSIGNED')
  })

  test('is refused with a change exchanged in the middle, a branch forged, or no signature at all', async () => {
    const forged: Change = { ...changes[2]!, id: Buffer.from(hexOf('forged', 64), 'hex') }
    expect(await check(changes.toSpliced(2, 1, forged), [signed(town, tip)])).toBe('PACKAGE_LANE_UNSIGNED')
    expect(await check([...changes, forged], [signed(town, tip)])).toBe('PACKAGE_LANE_UNSIGNED')
    expect(await check(changes, [])).toBe('PACKAGE_LANE_UNSIGNED')
  })

  test('of a fork needs both tips signed', async () => {
    const branch: Change = { ...changes[4]!, id: Buffer.from(hexOf('branch', 64), 'hex') }
    expect(await check([...changes, branch], [signed(town, tip)])).toBe('PACKAGE_LANE_UNSIGNED')
    expect(await check([...changes, branch], [signed(town, tip), signed(town, tipOf(branch))])).toBe('ok')
  })

  test('may end in what is in the log already: it was checked when it came', async () => {
    const known = changes[3]!.id.toString('hex')
    expect(await check(changes.slice(0, 4), [signed(town, tip)], (id) => id === known)).toBe('ok')
  })

  test('signature: any field changed, or the certificate missing or of another group, and it does not count', async () => {
    const good = signed(town, tip)
    const foreign = testDevice(await testGroup('foreign'), '外')
    for (const bad of [{ ...good, seq: 4 }, { ...good, scope: 'u2' }, { ...good, device: office.keys.device }, { ...good, signature: signed(town, { ...tip, seq: 4 }).signature }]) {
      expect(await check(changes, [bad])).toBe('PACKAGE_LANE_UNSIGNED')
    }
    // Its own device, but for another number.
    expect(await check(changes, [signed(town, { ...tip, seq: 4 })])).toBe('PACKAGE_LANE_UNSIGNED')
    expect(await check(changes, [good], none, [office.certificate])).toBe('PACKAGE_LANE_UNSIGNED')
    expect(await check(lane(foreign.origin, 'u1', 2), [signed(foreign, tipOf(lane(foreign.origin, 'u1', 2)[1]!))], none, [foreign.certificate])).toBe('PACKAGE_LANE_UNSIGNED')
  })

  test('of a later epoch carries the proof of its origin', async () => {
    const nonce = Buffer.alloc(16, 7).toString('base64url')
    const origin = originFor(town.certificate.sign, nonce)
    const own = lane(origin, 'u1', 2)
    expect(await check(own, [signed(town, tipOf(own[1]!), nonce)])).toBe('ok')
    expect(await check(own, [signed(town, tipOf(own[1]!))])).toBe('PACKAGE_LANE_UNSIGNED')
    expect(await check(own, [signed(office, tipOf(own[1]!), nonce)])).toBe('PACKAGE_LANE_UNSIGNED')
  })
})

test('signatures are kept and relayed, newest first, in frames that read back', async () => {
  const { store } = await newFolder()
  const changes = lane(town.origin, 'u1', 9)
  const signatures = [3, 8, 5].map((at) => signed(town, tipOf(changes[at]!)))
  rememberLanes(store.exchange, { signatures, certificates: [town.certificate] })
  rememberLanes(store.exchange, { signatures, certificates: [town.certificate] })
  expect(laneSignaturesOf(store.exchange, { origin: town.origin, scope: 'u1' }).map((one) => one.seq)).toEqual([9, 6, 4])
  const many = Array.from({ length: 6000 }, () => signatures[0]!)
  const frames = [...encodeLanes({ certificates: [town.certificate], lanes: many })]
  expect(frames.length).toBeGreaterThan(1)
  expect(frames.flatMap((frame) => lanesSchema.parse(JSON.parse(frame.toString())).lanes)).toEqual(many)
  store.close()
})
