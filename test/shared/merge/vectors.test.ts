import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findGaps, type ChangeRef } from '../../../shared/merge/gaps.ts'
import { partsToSend } from '../../../shared/merge/to-send.ts'
import { byLane, differences, equalVectors, isForked, laneKey, normalVector, type Tip } from '../../../shared/merge/vectors.ts'

/** A world of lanes that fork: every change with its predecessor, as several machines and their clones could have made them. */
const world = fc
  .array(fc.record({ lane: fc.nat(2), onto: fc.nat(30), fresh: fc.boolean() }), { minLength: 1, maxLength: 30 })
  .map((steps) => {
    const refs: ChangeRef[] = []
    for (const [index, { lane, onto, fresh }] of steps.entries()) {
      const own = refs.filter((ref) => ref.scope === `s${lane}`)
      // Mostly onto the end; sometimes onto any earlier one: a fork.
      const prev = own.length === 0 ? undefined : fresh ? own[onto % own.length] : own.at(-1)
      refs.push({ origin: 'aa', scope: `s${lane}`, seq: (prev?.seq ?? 0) + 1, id: index.toString(16).padStart(4, '0'), prev: prev?.id ?? null })
    }
    return refs
  })

/** What a machine can have: with each change all before it. */
function closed(all: readonly ChangeRef[], wanted: ReadonlySet<string>): ChangeRef[] {
  const byId = new Map(all.map((ref) => [ref.id, ref]))
  const have = new Set<string>()
  for (const id of wanted) for (let ref = byId.get(id); ref && !have.has(ref.id); ref = ref.prev === null ? undefined : byId.get(ref.prev)) have.add(ref.id)
  return all.filter((ref) => have.has(ref.id))
}

function tipsOf(have: readonly ChangeRef[]): Tip[] {
  const named = new Set(have.map((ref) => ref.prev))
  return have.filter((ref) => !named.has(ref.id)).map(({ origin, scope, seq, id }) => ({ origin, scope, seq, head: id }))
}

const subset = (all: readonly ChangeRef[]): fc.Arbitrary<ChangeRef[]> => fc.subarray([...all]).map((some) => closed(all, new Set(some.map((ref) => ref.id))))

function sent(sender: readonly ChangeRef[], theirs: readonly Tip[] | null, recentFrom?: (tip: Tip) => number | undefined): ChangeRef[] {
  const ids = new Map(sender.map((ref) => [ref.id, ref]))
  const parts = partsToSend({ ours: tipsOf(sender), theirs, recentFrom, knows: (tip) => ids.get(tip.head)?.seq === tip.seq && laneKey(ids.get(tip.head)!) === laneKey(tip) })
  return sender.filter((ref) => parts.some((part) => laneKey(part) === laneKey(ref) && ref.seq >= part.from))
}

describe('what to send', () => {
  test('with the receiver’s true or an older vector, or none, it has everything afterwards, and no gap', () => {
    fc.assert(fc.property(world.chain((all) => fc.tuple(fc.constant(all), subset(all), subset(all))).chain(([all, sender, receiver]) => fc.tuple(fc.constant(all), fc.constant(sender), fc.constant(receiver), fc.oneof(fc.constant(null), fc.constant(receiver), subset(receiver)))),
      ([, sender, receiver, seen]) => {
        const parcel = sent(sender, seen && tipsOf(seen))
        const after = new Set([...receiver, ...parcel].map((ref) => ref.id))
        expect(sender.filter((ref) => !after.has(ref.id))).toEqual([])
        const known = new Set(receiver.map((ref) => ref.id))
        expect(findGaps(parcel, (id) => known.has(id), () => 0)).toEqual([])
      }), { numRuns: 1000 })
  })

  test('nothing twice where nothing is missing and nothing forked', () => {
    fc.assert(fc.property(world.filter((all) => [...byLane(tipsOf(all)).values()].every((tips) => !isForked(tips))), (all) => {
      expect(sent(all, tipsOf(all))).toEqual([])
    }))
  })

  test('a receiver that was restored behind its own vector is healed by the overlap', () => {
    fc.assert(fc.property(world.chain((all) => fc.tuple(fc.constant(all), subset(all))), ([all, restored]) => {
      const parcel = sent(all, tipsOf(all), () => 1)
      const after = new Set([...restored, ...parcel].map((ref) => ref.id))
      expect(all.every((ref) => after.has(ref.id))).toBe(true)
    }))
  })

  const tip = (seq: number, head: string, scope = 'office'): Tip => ({ origin: 'aa', scope, seq, head })
  test('says why: above the tip, a new lane, an unknown head, a fork', () => {
    const knows = (one: Tip): boolean => one.head === 'h3' && one.seq === 3
    const part = (theirs: readonly Tip[] | null, recent?: number) => partsToSend({ ours: [tip(9, 'h9')], theirs, knows, recentFrom: () => recent })[0]
    expect(part([tip(3, 'h3')])).toMatchObject({ from: 4, why: 'above' })
    expect(part(null)).toMatchObject({ from: 1, why: 'new' })
    expect(part([tip(3, 'xx')])).toMatchObject({ from: 1, why: 'unknown' })
    expect(part([tip(3, 'h3'), tip(4, 'xx')])).toMatchObject({ from: 1, why: 'forked' })
    expect(part([tip(3, 'h3')], 2)).toMatchObject({ from: 2, why: 'above' })
    expect(part([tip(3, 'h3')], 8)).toMatchObject({ from: 4, why: 'above' })
    expect(partsToSend({ ours: [tip(3, 'h3')], theirs: [tip(3, 'h3')], knows, recentFrom: () => 2 })).toMatchObject([{ from: 2, why: 'overlap' }])
  })
})

describe('vectors', () => {
  test('order and repetition do not matter, and equal means without difference', () => {
    fc.assert(fc.property(world.chain((all) => fc.tuple(subset(all), subset(all))), ([one, two]) => {
      const [a, b] = [tipsOf(one), tipsOf(two)]
      expect(normalVector([...a.toReversed(), ...a])).toEqual(normalVector(a))
      expect(differences(a, b).length === 0).toBe(equalVectors(a, b))
      expect(differences(b, a).map(({ kind }) => kind)).toEqual(differences(a, b).map(({ kind }) => ({ ahead: 'behind', behind: 'ahead', diverged: 'diverged' })[kind]))
    }))
  })

  test('two heads of one number are a divergence, not equality', () => {
    const at = (head: string): Tip[] => [{ origin: 'aa', scope: 'office', seq: 5, head }]
    expect(differences(at('x'), at('y'))).toEqual([{ origin: 'aa', scope: 'office', kind: 'diverged', missing: 0 }])
    expect(differences(at('x'), [])).toEqual([{ origin: 'aa', scope: 'office', kind: 'ahead', missing: 5 }])
  })
})

describe('gaps', () => {
  test('every change whose predecessor is nowhere is explained by a gap, and none without', () => {
    fc.assert(fc.property(world.chain((all) => fc.tuple(subset(all), fc.subarray([...all]))), ([have, come]) => {
      const known = new Set(have.map((ref) => ref.id))
      const waiting = come.filter((ref) => !known.has(ref.id))
      const here = new Set(waiting.map((ref) => ref.id))
      const highest = ({ scope }: { scope: string }): number => Math.max(0, ...have.filter((ref) => ref.scope === scope).map((ref) => ref.seq))
      const gaps = findGaps([...waiting, ...waiting], (id) => known.has(id), highest)
      const orphans = new Set(waiting.filter((ref) => ref.prev !== null && !known.has(ref.prev) && !here.has(ref.prev)).map((ref) => ref.prev))
      expect(new Set(gaps.map((gap) => gap.before))).toEqual(orphans)
      expect(gaps.every((gap) => gap.from >= 1 && gap.from <= gap.to)).toBe(true)
    }), { numRuns: 500 })
  })

  test('names the machine’s numbers between what is here and what waits', () => {
    const ref = (seq: number): ChangeRef => ({ origin: 'aa', scope: 'office', seq, id: `h${seq}`, prev: `h${seq - 1}` })
    const gaps = findGaps([ref(8), ref(9), ref(20)], () => false, () => 3)
    expect(gaps).toEqual([{ origin: 'aa', scope: 'office', from: 4, to: 7, before: 'h7' }, { origin: 'aa', scope: 'office', from: 10, to: 19, before: 'h19' }])
  })
})
