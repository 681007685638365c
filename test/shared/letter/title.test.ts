import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizes } from '../../../shared/letter/geometry.ts'
import { textWidth } from '../../../shared/letter/measure.ts'
import { breakTitle, maxTitleLines, titleShape } from '../../../shared/letter/title.ts'
import { longTitles } from '../../host/letters/samples.ts'

const width = 8844
const request = (protectedSpans: readonly string[] = []) => ({ size: sizes.title, width, protectedSpans })
const words = ['招商引资', '重点项目', '大气污染防治', '综合考核', '工作', '建设进度', '有关情况', '督查事项', '落实', '2026年', '上半年', '级索镇', '荆河街道办事处', '提醒', '、', '和']
const names = ['欧阳㛃娜', '司马𬱖', '王小某', '诸葛某', '滕督函〔2026〕12号', '市住房和城乡建设局']

describe('title shape', () => {
  it.each([
    [[5], 'bar'], [[5, 5], 'rectangle'], [[5, 7], 'trapezoid'], [[9, 7, 5], 'trapezoid'], [[5, 9, 6], 'diamond'], [[9, 5, 9], 'hourglass'], [[4, 6, 5, 6], 'hourglass'], [[6, 6, 6], 'rectangle'],
  ] as const)('%j is a %s', (widths, shape) => expect(titleShape(widths)).toBe(shape))
})

describe('breaking titles', () => {
  it('sets titles of one to four lines as a bar, a trapezoid or a diamond', () => {
    const broken = longTitles.map((title) => breakTitle(title, request(['级索镇人民政府', '市住房和城乡建设局'])))
    expect(broken.map((lines) => lines.length)).toEqual([1, 2, 3, 4])
    for (const lines of broken.slice(1)) expect(['trapezoid', 'diamond']).toContain(titleShape(lines.map((line) => textWidth(line, sizes.title))))
  })

  it('ends lines at words and never begins one with a particle', () => {
    for (const title of longTitles) {
      for (const line of breakTitle(title, request()).slice(1)) expect(line).not.toMatch(/^[的和与、，》）]/u)
    }
  })

  it('keeps the text, fits the width, breaks no name and no number, and is never an hourglass or a rectangle where it can be helped', () => {
    const title = fc.tuple(fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 9 }), fc.constantFrom(...names), fc.constantFrom('有关情况的提醒函', '的督办函'), fc.nat(9))
      .map(([middle, name, end, at]) => ({ text: `关于${middle.toSpliced(at, 0, name).join('')}${end}`, name }))
    fc.assert(fc.property(title, ({ text, name }) => {
      const lines = breakTitle(text, request([name]))
      expect(lines.join('')).toBe(text)
      expect(lines.some((line) => line.includes(name))).toBe(true)
      for (const line of lines) {
        expect(textWidth(line, sizes.title)).toBeLessThanOrEqual(width + 1)
        expect(line).not.toMatch(/^[年月日号〕]/u)
      }
      const shape = titleShape(lines.map((line) => textWidth(line, sizes.title)))
      if (lines.length > 1) expect(['trapezoid', 'diamond']).toContain(shape)
      expect(lines.length).toBeLessThanOrEqual(maxTitleLines)
    }), { seed: 20_260_708, numRuns: 300 })
  })
})
