/** "Cleaning, always": texts, numbers, amounts, dates. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName, cleanText, halfWidth, hasUnsafe, isEmptyText, unitText } from '../../../../shared/domain/import/clean.ts'
import { dateFromNumber, dateFromSerial, dateFromText, monthFromNumber, monthFromText, serialFromText } from '../../../../shared/domain/import/date.ts'
import { amountInYuan, amountPower, decimalFromNumber, decimalFromText, shiftDecimal } from '../../../../shared/domain/import/number.ts'
import { amountUnits } from '../../../../shared/domain/import/types.ts'

const fullWidth = (text: string): string => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xFEE0))

describe('texts', () => {
  test.each(['', ' ', '　', '\u00A0', '—', '－', '-', '——', '/', '／', '无', ' 无 ', '\u200B', '－－'])('%j is empty', (text) => {
    expect(isEmptyText(text)).toBe(true)
  })

  test.each(['0', '０', '无锡', '暂无', '-5', '1/2', '否', '.', '一'])('%j is not empty', (text) => {
    expect(isEmptyText(text)).toBe(false)
  })

  test.each([
    ['王　磊', '王磊'], ['王 磊', '王磊'], [' 王\u00A0 磊 ', '王磊'], ['欧阳 立', '欧阳立'], ['阿卜杜热合曼·买买提', '阿卜杜热合曼·买买提'],
    ['古丽 • 阿依', '古丽·阿依'], ['阿卜杜外力阿不都热西提', '阿卜杜外力阿不都热西提'], ['王磊 李强', '王磊 李强'], ['⽅燕', '方燕'], ['王\u200B磊', '王磊'], ['𠮷 田', '𠮷田'],
  ])('the name %j is %s', (raw, name) => {
    expect(cleanName(raw)).toBe(name)
  })

  test('sentences keep their punctuation and lines, digits and letters become half-width', () => {
    expect(cleanText('　已签约３个，ＡＢ项目（一期）。\r\n下步：  推进 ')).toBe('已签约3个，AB项目（一期）。\n下步： 推进')
  })

  test('direction and control characters are seen, and dropped from sentences', () => {
    expect(hasUnsafe('王\u202E磊')).toBe(true)
    expect(hasUnsafe('第一行\n第二行\t')).toBe(false)
    expect(cleanText('进\u0007度\u202E正常')).toBe('进度正常')
  })

  test('cleaning twice changes nothing more', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text))
      expect(cleanName(cleanName(text))).toBe(cleanName(text))
      expect(unitText(unitText(text))).toBe(unitText(text))
      expect(hasUnsafe(cleanText(text))).toBe(false)
    }))
  })

  test('half-width is undone by full-width', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcXYZ.%,-') }), (text) => {
      expect(halfWidth(fullWidth(text))).toBe(text)
    }))
  })
})

describe('numbers', () => {
  test.each([
    ['1,234.5', '1234.5', false], ['１，２３４．５', '1234.5', false], [' 12\u00A0', '12', false], ['－３', '-3', false], ['+7', '7', false], ['.5', '0.5', false],
    ['１２．５％', '12.5', true], ['12.5 %', '12.5', true], ['1234567', '1234567', false],
  ])('%j is %s', (raw, text, percent) => {
    expect(decimalFromText(raw)).toEqual({ text, percent })
  })

  test.each(['约3个', '3个', '100%以上', '1 2', '1,23', '12,34,567', '1E+05', '5.', '', '--5', '1.2.3', '３万', 'Infinity', '0x10', '%', '.', '一'])('%j is not a number', (raw) => {
    expect(decimalFromText(raw)).toBeNull()
  })

  test('the noise of a formula is gone, what a person typed stays', () => {
    expect(decimalFromNumber(34.900000000000006)).toBe('34.9')
    expect(decimalFromNumber(0.1 + 0.2)).toBe('0.3')
    expect(decimalFromNumber(1e-7)).toBe('0.0000001')
    expect(decimalFromNumber(9_007_199_254_740_991)).toBe('9007199254740991')
    fc.assert(fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }), (digits, scale) => {
      const typed = shiftDecimal(String(digits), -scale)
      expect(Number(decimalFromNumber(Number(typed)))).toBe(Number(typed))
    }))
  })

  test('amounts are exact in every unit: cell or text, 元 to unit and back', () => {
    expect(amountInYuan(decimalFromNumber(1.7526), '亿元')).toEqual({ value: 175_260_000, rounded: false })
    fc.assert(fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), fc.constantFrom(...amountUnits), (yuan, unit) => {
      const text = shiftDecimal(String(yuan), -amountPower[unit])
      expect(amountInYuan(text, unit)).toEqual({ value: yuan, rounded: false })
      expect(amountInYuan(decimalFromNumber(Number(text)), unit)).toEqual({ value: yuan, rounded: false })
    }))
  })

  test('a part of a 元 is rounded half up and said; too much to hold is null', () => {
    expect(amountInYuan('12.34565', '万元')).toEqual({ value: 123_457, rounded: true })
    expect(amountInYuan('0.00004', '万元')).toEqual({ value: 0, rounded: true })
    expect(amountInYuan('99999999999', '亿元').value).toBeNull()
  })
})

describe('dates', () => {
  test.each([
    ['2026.3.5', '2026-03-05'], ['2026年3月5日', '2026-03-05'], ['2026-03-05', '2026-03-05'], ['2026/3/5', '2026-03-05'], ['２０２６．３．５', '2026-03-05'],
    ['2026 年 3 月 5 日', '2026-03-05'], ['20260305', '2026-03-05'], ['2026-03-05 00:00:00', '2026-03-05'], ['2024-02-29', '2024-02-29'],
  ])('%s', (raw, date) => {
    expect(dateFromText(raw)).toBe(date)
  })

  test('a serial that a .csv or a text cell carries is read as in a number cell', () => {
    expect(['46203', ' ４６２０３ ', '46203.75'].map(serialFromText)).toEqual([46_203, 46_203, 46_203.75])
    expect(['9999', '80001', '461510', '46203元', '202603', '2026.3', ''].map(serialFromText)).toEqual([null, null, null, null, null, null, null])
  })

  test.each(['2026年2月30日', '2025年13月1日', '2023-02-29', '2026.3', '3月5日', '2026年6月底', '长期', '2026-3.5', '26.3.5', '0000-01-01', '2026-00-10', ''])('%j is no date', (raw) => {
    expect(dateFromText(raw)).toBeNull()
  })

  test.each([['1975.08', '1975-08'], ['1975年8月', '1975-08'], ['197508', '1975-08'], ['1975-8', '1975-08'], ['1975年8月12日', '1975-08'], ['1975.13', null], ['1975', null]])('month %s', (raw, month) => {
    expect(monthFromText(raw)).toBe(month)
  })

  test('serials: both calendars, the invented leap day, numbers that are none', () => {
    expect(dateFromSerial(46_203, false)).toBe('2026-06-30')
    expect(dateFromSerial(46_203 - 1462, true)).toBe('2026-06-30')
    expect([dateFromSerial(1, false), dateFromSerial(59, false), dateFromSerial(60, false), dateFromSerial(61, false)]).toEqual(['1900-01-01', '1900-02-28', null, '1900-03-01'])
    expect(dateFromNumber(5, false, false)).toBeNull()
    expect(dateFromNumber(20_260_305, false, false)).toBe('2026-03-05')
    expect([monthFromNumber(1975.08, false, false), monthFromNumber(1975.1, false, false), monthFromNumber(197_508, false, false)]).toEqual(['1975-08', 'unclear', '1975-08'])
  })

  test('every day survives every way of writing it', () => {
    fc.assert(fc.property(fc.integer({ min: 61, max: 73_050 }), (serial) => {
      const iso = dateFromSerial(serial, false) ?? ''
      const [year, month, day] = iso.split('-').map(Number)
      for (const text of [iso, `${year}.${month}.${day}`, `${year}/${month}/${day}`, `${year}年${month}月${day}日`, fullWidth(iso)]) expect(dateFromText(text)).toBe(iso)
    }))
  })
})
