import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../electron/store/log/canonical.ts'
import { changeId, logSchema, sha256, type ChangeHead } from '../../../electron/store/log/change-id.ts'
import { derivedId, uuidV7 } from '../../../electron/store/ids.ts'
import { rowId, rowKey } from '../../../electron/store/log/row-key.ts'

const plain = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).match(/e\+|\d{16}/))

describe('canonical JSON', () => {
  test('the order of keys never matters and reading gives the value back', () => {
    const shuffleKeys = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(shuffleKeys) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, shuffleKeys(v)])) : value
    fc.assert(fc.property(plain, (value) => {
      const text = canonical(value)
      expect(canonical(shuffleKeys(value))).toBe(text)
      expect(canonical(JSON.parse(text))).toBe(text)
    }), { numRuns: 500 })
  })

  test('the form is fixed', () => {
    expect(canonical({ b: [1, -0, 12.5, 1e21 / 1e21, null, true], a: 'e\u0301', 乙: '督', 甲: undefined })).toBe('{"a":"\u00e9","b":[1,0,12.5,1,null,true],"乙":"督"}')
    expect(canonical(0.1)).toBe('0.1')
    expect(canonical({ 10: 1, 9: 2 })).toBe('{"10":1,"9":2}')
  })

  test.each([[Number.NaN], [Infinity], [2 ** 53], [1n], ['\ud800'], [new Date(0)], [new Uint8Array(1)], [[undefined]], [() => 1]])('%s is refused', (value) => {
    expect(() => canonical(value)).toThrow(TypeError)
  })

  test('two keys that become one are refused', () => {
    expect(() => canonical({ '\u00e9': 1, 'e\u0301': 2 })).toThrow(TypeError)
  })
})

describe('the identity of a change', () => {
  const head: ChangeHead = {
    origin: Buffer.alloc(16, 2), scope: 'office', seq: 3, prev: Buffer.alloc(32, 4), hlcMs: 5, hlcCounter: 6, wall: 7, author: 'account-1', schema: logSchema, bodyHash: sha256('{}'),
  }
  const group = Buffer.alloc(16, 1)

  test('is this byte layout for ever', () => {
    const field = (hex: string): string => (hex.length / 2).toString(16).padStart(8, '0') + hex
    const text = (value: string): string => field(Buffer.from(value, 'utf8').toString('hex'))
    const layout = [
      Buffer.from('dutydesk/change1').toString('hex'), field('01'.repeat(16)), field('02'.repeat(16)), text('office'), field('0000000000000003'), field('04'.repeat(32)),
      field('0000000000000005'), field('00000006'), field('0000000000000007'), text('account-1'), field('00000001'),
      field('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'),
    ].join('')
    expect(changeId(group, head).toString('hex')).toBe(createHash('sha256').update(Buffer.from(layout, 'hex')).digest('hex'))
  })

  test('depends on every field', () => {
    const others: ChangeHead[] = [
      { ...head, origin: Buffer.alloc(16, 3) }, { ...head, scope: 'officf' }, { ...head, seq: 4 }, { ...head, prev: null }, { ...head, hlcMs: 6 }, { ...head, hlcCounter: 7 },
      { ...head, wall: 8 }, { ...head, author: 'account-2' }, { ...head, schema: logSchema + 1 }, { ...head, bodyHash: sha256('{ }') },
      { ...head, scope: 'offic', author: 'eaccount-1' },
    ]
    const ids = [changeId(group, head), changeId(Buffer.alloc(16, 9), head), ...others.map((one) => changeId(group, one))].map((id) => id.toString('hex'))
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('row ids', () => {
  test('a derived id is a UUIDv8, equal for equal keys, different for any cut of the parts', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constant(null), fc.integer()), { maxLength: 4 }), fc.array(fc.oneof(fc.string(), fc.constant(null), fc.integer()), { maxLength: 4 }), (a, b) => {
      const id = derivedId('report', ...a)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const normal = (parts: readonly (string | number | null)[]): string => JSON.stringify(parts.map((part) => (typeof part === 'string' ? part.normalize('NFC') : Object.is(part, -0) ? 0 : part)))
      expect(derivedId('report', ...b) === id).toBe(normal(a) === normal(b))
    }), { numRuns: 1000 })
    expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'))
    expect(derivedId('x', null)).not.toBe(derivedId('x', ''))
    expect(derivedId('x', 1)).not.toBe(derivedId('x', '1'))
  })

  test('a UUIDv7 carries the clock and keeps its bits', () => {
    expect(uuidV7(0x0123456789ab, (n) => new Uint8Array(n).fill(0xff))).toBe('01234567-89ab-7fff-bfff-ffffffffffff')
  })

  test('row keys are reversible and told apart', () => {
    fc.assert(fc.property(fc.oneof(fc.uuid(), fc.string({ minLength: 1 })), (id) => {
      expect(rowId(rowKey(id))).toBe(id)
    }))
    expect(typeof rowKey('R1')).toBe('string')
    expect(Buffer.isBuffer(rowKey('01234567-89ab-7fff-bfff-ffffffffffff'))).toBe(true)
  })
})
