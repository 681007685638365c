import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatHash, parseHash } from '../../renderer/state/route.ts'

describe('the window’s place in the hash', () => {
  test('path and filters', () => {
    expect(parseHash('#/letters/01a2?state=awaiting&query=%E6%8B%9B%E5%95%86')).toEqual({ path: ['letters', '01a2'], query: { state: 'awaiting', query: '招商' } })
    expect(formatHash(['letters'], { state: 'awaiting', dir: '', unit: null, query: undefined })).toBe('#/letters?state=awaiting')
  })

  test('one view has one address, whatever the order of its filters', () => {
    expect(formatHash(['letters'], { b: '2', a: '1' })).toBe(formatHash(['letters'], { a: '1', b: '2' }))
  })

  test.each(['', '#', '#/', '#//', '#/%', '#/letters?%', '#?'])('%j gives a route', (hash) => {
    expect(() => parseHash(hash)).not.toThrow()
  })

  test('what is written is read again', () => {
    const text = fc.string({ minLength: 1, unit: 'binary' }).filter((value) => !/[\uD800-\uDFFF]/.test(value))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), fc.dictionary(text, text), (path, query) => {
        const read = parseHash(formatHash(path, query))
        expect(read.path).toEqual(path)
        expect(read.query).toEqual({ ...query })
      }),
      { seed: 20261122 },
    )
  })
})
