import { describe, expect, it } from 'vitest'
import { allCases, monthlyCase, registerCase } from '../../../build/print/cases.ts'
import { reminder } from '../../../build/print/letters.ts'
import { compensatedPage, nominalPage, typeWidth } from '../../../shared/letter/geometry.ts'
import { layoutLetter } from '../../../shared/letter/layout.ts'
import { layoutTexts } from '../../../shared/letter/describe.ts'
import { breakLines, mustForce, textWidth } from '../../../shared/letter/measure.ts'
import { paddedName } from '../../../shared/letter/papers/cells.ts'
import { layoutDutyFile } from '../../../shared/letter/papers/duty-file.ts'
import { layoutMinutes } from '../../../shared/letter/papers/minutes.ts'
import { placeLayout } from '../../../shared/letter/place.ts'

const tables = (name: string) => (allCases().find((one) => one.name === name)?.layout.blocks ?? []).flatMap((block) => (block.role === 'table' ? [block] : []))

describe('papers', () => {
  it('sums every page of the register; the sums add up to the whole', () => {
    for (const paper of ['A4', 'A3'] as const) {
      const sums = registerCase(paper).layout.blocks.flatMap((block) => (block.role === 'table' ? block.rows.map((row) => row.cells[0]?.text ?? '') : [])).flatMap((text) => /^本页小计：(\d+)件，其中逾期(\d+)件/.exec(text)?.slice(1).map(Number) ?? [])
      expect(sums.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b, 0)).toBe(60)
      expect(sums.filter((_, i) => i % 2 === 1).reduce((a, b) => a + b, 0)).toBe(30)
      expect(sums.length / 2).toBe(placeLayout(registerCase(paper).layout).length)
    }
    expect(tables('register-A4').every((table) => table.head.length === 1)).toBe(true)
  })

  it('sets names of two characters as wide as those of three', () => {
    expect([paddedName('王伟'), paddedName('李建国'), paddedName('Li')]).toEqual(['王\u3000伟', '李建国', 'Li'])
  })

  it('cuts a duty file to three pages and says how many rows are left out', () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`2026年${i}`, '事项', '结果', '来源'] as const)
    const layout = layoutDutyFile({
      organ: '甲办公室', asOf: '2026-07-01', person: { name: '南宫某', gender: null, birth: null, unit: '甲镇', post: '镇长', portfolio: null },
      sections: { posts: [], results: rows, awards: rows, letters: rows, interviews: [], cards: rows },
    })
    expect(placeLayout(layout).length).toBeLessThanOrEqual(3)
    const shown = layoutTexts(layout).filter((text) => /^2026年\d+$/u.test(text)).length / 4
    expect(layoutTexts(layout).join('')).toContain(`另有${300 - shown}条，见履职档案`)
  })

  it('leaves room for the signatures on every page of a record', () => {
    const layout = layoutMinutes({
      number: '号', from: '2026-07-15T09:30', to: '2026-07-16T10:00', place: '室', person: '某', unit: '镇', post: '镇长', talkers: ['某'], recorder: '某', cause: '事', account: [], pledge: [],
      content: Array.from({ length: 60 }, () => ({ by: null, text: '国'.repeat(60) })),
    })
    const pages = placeLayout(layout)
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) {
      const lines = page.items.flatMap((item) => (item.kind === 'line' ? [{ text: item.runs.map((run) => run.text).join(''), bottom: item.y + item.height, top: item.y, extra: item.extra }] : []))
      const foot = lines.find((line) => line.text.startsWith('谈话对象：') && line.extra)
      expect(foot).toBeDefined()
      expect(Math.max(...lines.filter((line) => !line.extra).map((line) => line.bottom))).toBeLessThan(foot?.top ?? 0)
    }
    expect(layoutTexts(layout).join('')).toContain('至2026年7月16日')
  })

  it('numbers the tables of a bulletin and ends it with the printing organ', () => {
    const texts = layoutTexts(monthlyCase().layout)
    expect(texts).toContain('表1　招商引资工作情况')
    expect(texts.at(-1)).toBe('2026年7月8日印发')
  })

  it('keeps the geometry that a letter was issued with', () => {
    expect(layoutLetter({ ...reminder, geometry: 'compensated' }).page).toMatchObject({ top: compensatedPage.top, bottom: compensatedPage.bottom })
    expect(layoutLetter(reminder).page).toMatchObject({ top: nominalPage.top })
  })
})

describe('breaks that are written into the file', () => {
  const room = typeWidth(nominalPage)
  const request = { size: 16, spacing: -5, first: room, rest: room }

  it('lets no mark hang over the edge and forces the break there', () => {
    const [line = '', next = ''] = breakLines(`${'国'.repeat(28)}，${'国'.repeat(9)}`, request)
    expect([line.length, next.startsWith('国，')]).toEqual([27, true])
    expect(textWidth(line, 16, -5)).toBeLessThanOrEqual(room)
    expect(mustForce(line, next, room, request)).toBe(true)
  })

  it('leaves plain Chinese lines to the program', () => expect(mustForce('国'.repeat(28), '国国', room, request)).toBe(false))

  it('forces where a narrower gap at digits would let more in', () => {
    const text = `${'国1国1'.repeat(8)}${'国'.repeat(40)}`
    const [line = '', next = ''] = breakLines(text, request)
    expect(mustForce(line, next, room, request)).toBe(true)
  })

  it('keeps a year, an identifier and a telephone number whole wherever they stand, and cuts only a longer one at its hyphen', () => {
    expect(breakLines(`${'国'.repeat(25)}2026年`, request)[1]).toBe('2026年')
    for (const word of ['DC2026-017', '0632-5500123', 'DC2026-0017-02']) {
      for (let before = 0; before < 30; before += 1) expect([word, before, breakLines(`${'国'.repeat(before)}${word}${'国'.repeat(30)}`, request).filter((line) => line.includes(word))]).toMatchObject([word, before, { length: 1 }])
    }
    expect(breakLines(`${'国'.repeat(18)}DC2026-0000000000001国`, request)[0]).toMatch(/DC2026-$/)
  })
})
