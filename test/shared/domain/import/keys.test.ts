/** Natural keys: equal for the same thing on two machines, different for two things. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { officialKey, postKey, reportKey, unitKey } from '../../../../shared/domain/import/keys.ts'
import { reportKinds } from '../../../../shared/domain/kinds.ts'

const person = { unitId: 'u1', name: '王磊', birth: '1986-08', title: '副镇长' }

test('a unit is its full name, however it is spaced or bracketed', () => {
  expect(unitKey(' 市财政局（国资局） ')).toBe(unitKey('市财政局(国资局)'))
  expect(unitKey('市财政局')).not.toBe(unitKey('财政局'))
})

test('namesakes of one unit differ by birth; one person with two posts is one; without births nobody is joined', () => {
  expect(officialKey(person)).not.toBe(officialKey({ ...person, birth: '1991-04' }))
  expect(officialKey(person)).toBe(officialKey({ ...person, title: '党委委员' }))
  expect(officialKey({ ...person, birth: null })).not.toBe(officialKey({ ...person, birth: null, title: '党委委员' }))
  expect(officialKey(person)).not.toBe(officialKey({ ...person, unitId: 'u2' }))
  expect(postKey('o1', 'u1', '副镇长')).not.toBe(postKey('o1', 'u1', null))
})

test('a correction that moves a project or task to another person replaces the row, in investment it is another row', () => {
  const row = { unitId: 'u1', officialId: 'o1', item: '甲项目' }
  const moved = { ...row, unitId: 'u2', officialId: 'o2' }
  const same = reportKinds.filter((kind) => reportKey(kind, '2026-06', row) === reportKey(kind, '2026-06', moved))
  expect(same).toEqual(['projects', 'tasks'])
  expect(reportKey('awards', '2025', { ...row, documentNumber: '1号' })).not.toBe(reportKey('awards', '2025', { ...row, documentNumber: '2号' }))
  expect(reportKey('air', '2026-06', row)).not.toBe(reportKey('air', '2026-05', row))
})

test('no name can forge another key', () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 3, maxLength: 3 }), fc.array(fc.string(), { minLength: 3, maxLength: 3 }), (a, b) => {
    const keys = [a, b].map(([unitId = '', officialId = '', item = '']) => reportKey('awards', '2025', { unitId, officialId, item }))
    expect(keys[0] === keys[1]).toBe(a.every((part, at) => part.normalize('NFC') === b[at]?.normalize('NFC')))
  }))
})
