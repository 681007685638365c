/** Of a row of the office only the office's writes count, in whichever order the writes come. */
import { expect, test } from 'vitest'
import { officeSurvivors, type OwnedWrite } from '../../../shared/merge/authority.ts'

const write = (id: string, scope: string, ...pred: string[]): OwnedWrite => ({ id, scope, register: 'account', pred })
const left = (...writes: OwnedWrite[]): string[] | null => {
  const found = officeSurvivors(writes, 'office')
  return found && [...found].map((one) => one.id).sort()
}

test('a unit’s write neither survives beside the office’s nor replaces it; two of the office are still two', () => {
  const [first, forged, second] = [write('a', 'office'), write('b', 'town', 'a'), write('c', 'office')]
  for (const order of [[first, forged], [forged, first]]) expect(left(...order)).toEqual(['a'])
  for (const order of [[first, forged, second], [second, forged, first]]) expect(left(...order)).toEqual(['a', 'c'])
  expect(left(first, write('c', 'office', 'a', 'b'), forged)).toEqual(['c'])
})

test('an office’s write over a unit’s takes the row over; a row of units only follows the usual rules', () => {
  expect(left(write('a', 'town'), write('b', 'office', 'a'), write('c', 'town', 'a'))).toEqual(['b'])
  expect(left(write('a', 'town'), write('b', 'town', 'a'))).toBeNull()
})

test('what a removal names in another register is not replaced by it', () => {
  expect(left(write('a', 'office'), { ...write('b', 'office', 'a'), register: 'tombstone' })).toEqual(['a', 'b'])
})
