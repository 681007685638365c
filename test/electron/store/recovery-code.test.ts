import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeRecoveryCode, readRecoveryCode } from '../../../electron/store/recovery-code.ts'
import { Refusal } from '../../../shared/result.ts'

const code = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => makeRecoveryCode(() => bytes))
const refusal = (typed: string): Refusal['params'] | null => {
  try {
    readRecoveryCode(typed)
    return null
  } catch (error) {
    if (error instanceof Refusal && error.code === 'WRONG_RECOVERY_CODE') return error.params
    throw error
  }
}

test('is read back as printed', () => {
  fc.assert(fc.property(code, (printed) => {
    expect(printed).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(readRecoveryCode(printed)).toBe(printed)
    expect(readRecoveryCode(printed.replaceAll('-', '').toLowerCase())).toBe(printed)
  }))
})

test('any one wrong character and any swap of neighbours in a group is found, with the group', () => {
  fc.assert(fc.property(code, fc.nat(7), fc.nat(4), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (printed, group, place, other) => {
    const index = group * 6 + place
    if (printed[index] !== other) expect(refusal(printed.slice(0, index) + other + printed.slice(index + 1))).toEqual({ reason: 'group', group: group + 1 })
    if (place < 4 && printed[index] !== printed[index + 1]) {
      const swapped = printed.slice(0, index) + printed[index + 1]! + printed[index]! + printed.slice(index + 2)
      expect(refusal(swapped)).toEqual({ reason: 'group', group: group + 1 })
    }
  }), { numRuns: 500 })
})

test('groups in another order, a missing group and strange characters are said', () => {
  fc.assert(fc.property(code, (printed) => {
    const groups = printed.split('-')
    const swapped = [groups[1]!, groups[0]!, ...groups.slice(2)].join('-')
    if (groups[0] !== groups[1]) expect(refusal(swapped)).toMatchObject({ reason: 'group' })
    expect(refusal(groups.slice(1).join('-'))).toEqual({ reason: 'length', found: 35, expected: 40 })
    expect(refusal(`${printed.slice(0, 8)}督${printed.slice(9)}`)).toMatchObject({ reason: 'character', group: 2 })
  }))
})
