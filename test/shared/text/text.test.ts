import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { letterFileName, safeFileName } from '../../../shared/text/fileName.ts'
import { formatLetterNumber, parseLetterNumber } from '../../../shared/text/letterNumber.ts'
import { checkName, cleanPersonName, padName } from '../../../shared/text/names.ts'
import { chineseNumeral, formatNumber, formatPercent, formatYuan, levelNumber } from '../../../shared/text/numbers.ts'

describe('numbers', () => {
  test('Chinese numerals', () => {
    expect([1, 10, 11, 20, 21, 100, 105, 110, 111, 1000, 1001, 1010, 1100, 2026, 9999].map(chineseNumeral)).toEqual(
      ['一', '十', '十一', '二十', '二十一', '一百', '一百零五', '一百一十', '一百一十一', '一千', '一千零一', '一千零一十', '一千一百', '二千零二十六', '九千九百九十九'],
    )
    expect(([1, 2, 3, 4] as const).map((level) => levelNumber(level, 12))).toEqual(['十二、', '（十二）', '12.', '（12）'])
    for (const bad of [0, 10_000, 1.5, Number.NaN]) expect(() => chineseNumeral(bad)).toThrow(RangeError)
  })
  test('money', () => {
    expect([0, 950, 10_000, 28_398, 74_210_000, 100_000_000, 122_150_000, 100_000_001, -28_398].map(formatYuan)).toEqual(
      ['0元', '950元', '1万元', '2.8398万元', '7421万元', '1亿元', '1.2215亿元', '1.00000001亿元', '-2.8398万元'],
    )
    expect(() => formatYuan(0.5)).toThrow(RangeError)
  })
  test('money is never rounded', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (yuan) => {
      const text = formatYuan(yuan)
      const [, sign, whole, part = '', unit] = /^(-?)(\d+)(?:\.(\d+))?(亿元|万元|元)$/.exec(text) ?? []
      const power = unit === '亿元' ? 8 : unit === '万元' ? 4 : 0
      expect(BigInt(`${sign}${whole}${part.padEnd(power, '0')}`)).toBe(BigInt(yuan))
    }), { numRuns: 2000, seed: 20260612 })
  })
  test('percentages', () => {
    expect([12.5, 0.1 + 0.2, 100, 1e-7, -3, -0].map(formatPercent)).toEqual(['12.5%', '0.3%', '100%', '0.0000001%', '-3%', '0%'])
    expect(formatNumber(1e20)).toBe('100000000000000000000')
  })
})

describe('names', () => {
  test('cleaning', () => {
    expect(['华 博', ' 王　平 ', '欧阳  立', '阿卜杜拉•买买提', 'John  Smith', '李 John', '\u{20BB7}\u{3000}田'].map(cleanPersonName)).toEqual(['华博', '王平', '欧阳立', '阿卜杜拉·买买提', 'John Smith', '李John', '\u{20BB7}田'])
  })
  test.each([
    ['zero-width space', '王\u200b平'], ['direction override', '王\u202e平'], ['control', '王\u0007平'], ['soft hyphen', '王\u00ad平'], ['half of a pair', '王\ud842'], ['byte order mark', '\ufeff王平'],
    ['isolate', '王\u2066平'], ['tag', '王\u{e0041}平'], ['Hangul filler', '王\u3164平'], ['noncharacter', '王\uffff'],
  ])('refuses a %s', (_, name) => {
    expect(checkName(name, 'person')).toMatchObject({ ok: false, error: { code: 'UNSAFE_TEXT' } })
  })
  test('accepts rare characters, refuses what is no name', () => {
    for (const name of ['𠮷田', '\u{2B820}王', '龿', '葛\u{E0100}城', '\ue000某']) expect(checkName(name, 'person'), name).toEqual({ ok: true, value: name })
    expect(checkName('市 发展\n改革局', 'unit')).toEqual({ ok: true, value: '市发展改革局' })
    for (const name of ['', ' 　', '12', '王'.repeat(41)]) expect(checkName(name, 'person')).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
  })
  test('two characters are set as wide as three', () => {
    expect(['王平', '欧阳立', '𠮷田', 'AB', '王'].map(padName)).toEqual(['王\u3000平', '欧阳立', '𠮷\u3000田', 'AB', '王'])
  })
})

describe('letter numbers', () => {
  test('every number reads back, in every bracket that people type', () => {
    fc.assert(fc.property(fc.constantFrom('滕督函', '滕政办字', 'A'), fc.integer({ min: 1949, max: 2999 }), fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('〔〕', '[]', '()', '（）', '［］', '【】'), (code, year, sequence, brackets) => {
      const text = formatLetterNumber({ code, year, sequence })
      expect(text).toBe(`${code}〔${year}〕${sequence}号`)
      expect(parseLetterNumber(text.replace('〔', brackets[0] ?? '').replace('〕', brackets[1] ?? ''))).toEqual({ code, year, sequence })
    }), { seed: 20260613 })
  })
  test('odd forms', () => {
    for (const text of ['滕督函〔２０２６〕１２号', ' 滕督函 〔2026〕 第012号 ']) expect(parseLetterNumber(text)).toEqual({ code: '滕督函', year: 2026, sequence: 12 })
    for (const text of ['', '〔2026〕12号', '滕督函2026 12号', '滕督函〔26〕12号', '滕督函〔2026〕0号', '滕督函〔2026〕12', '滕督函〔2026〕12号副本', '滕督函〔2026〕-1号']) expect(parseLetterNumber(text), text).toBeNull()
    expect(() => formatLetterNumber({ code: '滕督函', year: 2026, sequence: 0 })).toThrow(RangeError)
    expect(() => formatLetterNumber({ code: '滕督函', year: 26, sequence: 1 })).toThrow(RangeError)
  })
})

describe('file names', () => {
  test('examples', () => {
    expect(letterFileName('滕督函〔2026〕12号', '王平')).toBe('滕督函〔2026〕12号-王平.docx')
    expect(letterFileName(null, '市\u202e局')).toBe('编号待定-市局.docx')
    expect([safeFileName('a/b\\c:d*e?f"g<h>i|j', 'txt'), safeFileName('CON', 'txt'), safeFileName('com1.x', 'txt'), safeFileName('com¹', 'txt'), safeFileName('..', 'txt'), safeFileName(' .x. ', 'txt'), safeFileName('\ud800', 'txt'), safeFileName('console', 'txt')])
      .toEqual(['a_b_c_d_e_f_g_h_i_j.txt', '_CON.txt', '_com1.x.txt', '_com¹.txt', '未命名.txt', 'x.txt', '未命名.txt', 'console.txt'])
  })
  test('any text becomes a name that every system takes', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: fc.constantFrom('.', ' ', '/', '王', '\u{20BB7}', '\ud800', 'CON', 'nul'), maxLength: 120 })), (stem) => {
      const name = safeFileName(stem, 'docx')
      expect(name.endsWith('.docx')).toBe(true)
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(180)
      expect(name.isWellFormed()).toBe(true)
      // oxlint-disable-next-line no-control-regex
      expect(/[<>:"/\\|?*\u0000-\u001f\u007f-\u009f]/.test(name)).toBe(false)
      expect(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)).toBe(false)
      expect(/^[\s.]|[\s.]\.docx$|^\.docx$/.test(name)).toBe(false)
    }), { numRuns: 3000, seed: 20260614 })
  })
})
