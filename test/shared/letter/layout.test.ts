import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContent, checkOrgan } from '../../../shared/letter/check.ts'
import type { LetterContent } from '../../../shared/letter/content.ts'
import { chineseDate, chineseOrdinal, chineseTime, documentNumber, isDay } from '../../../shared/letter/dates.ts'
import { describeLayout, layoutTexts } from '../../../shared/letter/describe.ts'
import { bodyCharacter, mm, nominalPage, typeWidth } from '../../../shared/letter/geometry.ts'
import { layoutToHtml } from '../../../shared/letter/html.ts'
import { findBlock } from '../../../shared/letter/layout-types.ts'
import { layoutLetter, smallestMark } from '../../../shared/letter/layout.ts'
import { breakLines, textWidth } from '../../../shared/letter/measure.ts'
import { placeLayout } from '../../../shared/letter/place.ts'
import { htmlTexts } from '../../host/letters/read-docx.ts'
import { clarification, everyType, fact, hardCases, interview, reminder, supervision, yellowCard } from '../../host/letters/samples.ts'

const cases: readonly (readonly [string, LetterContent])[] = [...everyType.map((c) => [c.type, c] as const), ...Object.entries(hardCases)]

describe('dates and numbers of papers', () => {
  it('writes them without leading zeros and with six-corner brackets', () => {
    expect(chineseDate('2026-03-05')).toBe('2026年3月5日')
    expect(chineseTime('2026-07-15T09:05')).toBe('2026年7月15日（星期三）9时05分')
    expect(documentNumber('滕督函', 2026, 3)).toBe('滕督函〔2026〕3号')
    expect([1, 9, 10, 11, 20, 21].map(chineseOrdinal)).toEqual(['一', '九', '十', '十一', '二十', '二十一'])
    expect([isDay('2026-02-29'), isDay('2024-02-29')]).toEqual([false, true])
  })
})

describe('line breaking', () => {
  it('fills a line with 28 characters', () => {
    const lines = breakLines('督'.repeat(60), { size: 16, spacing: -5, first: typeWidth(nominalPage), rest: typeWidth(nominalPage) })
    expect(lines.map((line) => Array.from(line).length)).toEqual([28, 28, 4])
  })

  it('keeps the text and the rules of 避头尾, whatever the text', () => {
    const text = fc.array(fc.constantFrom('督', '查', '𬱖', '㛃', '，', '。', '（', '）', '《', '》', '2026', 'PM2.5', '“', '”', '、'), { maxLength: 90 }).map((parts) => parts.join(''))
    fc.assert(fc.property(text, (value) => {
      const lines = breakLines(value, { size: 16, spacing: -5, first: 8000, rest: 8844 })
      expect(lines.join('')).toBe(value)
      lines.forEach((line, i) => expect(textWidth(line, 16, -5)).toBeLessThanOrEqual((i === 0 ? 8000 : 8844) + 320))
    }), { seed: 97_042_012, numRuns: 300 })
    for (const line of breakLines('督查，'.repeat(40), { size: 16, spacing: -5, first: 8844, rest: 8844 }).slice(1)) expect(line).not.toMatch(/^，/u)
  })
})

describe('layoutLetter', () => {
  it.each(cases)('%s: the pages hold the same texts as the layout, once each', (_, content) => {
    const layout = layoutLetter(content)
    expect([...htmlTexts(layoutToHtml(layout))].sort()).toEqual([...layoutTexts(layout)].sort())
  })

  it.each(cases)('%s: every field stands on the paper exactly once where it is unique', (_, content) => {
    const text = layoutTexts(layoutLetter(content)).join('\n')
    for (const part of content.facts.flatMap((f) => [f.source, ...f.figures.map((figure) => `${figure.label}${figure.value}`)])) expect(text).toContain(part)
    for (const source of content.facts.map((f) => f.source)) expect(text.split(`${source}。`).length - 1).toBe(1)
    expect(text.split(content.contact.phone).length - 1).toBe(1)
    for (const other of [...content.attachments, ...content.copyTo, ...content.basis, content.contact.name]) expect(text).toContain(other)
  })

  it('shows the standard frame of a letter', () => {
    const layout = layoutLetter(supervision)
    expect(layout.blocks.map((block) => block.role).slice(0, 5)).toEqual(['mark', 'redLine', 'urgency', 'number', 'redLine'])
    expect(layout.blocks.filter((block) => block.role === 'redLine')).toMatchObject([{ weight: 'thickThin', width: mm(170) }, { weight: 'thinThick', width: mm(170) }])
    expect(findBlock(layout, 'mark')).toMatchObject({ inkTop: mm(30), size: 36 })
    expect(describeLayout(layout)).toMatchObject({
      format: 'letter', mark: '滕州市人民政府办公室', number: '滕督函〔2026〕13号', urgency: '加急', addressee: '市住房和城乡建设局：', signature: '滕州市人民政府办公室', date: '2026年7月8日', sealed: true,
    })
  })

  it('sets the yellow card in the general format', () => {
    const layout = layoutLetter(yellowCard)
    expect(layout.format).toBe('general')
    expect(findBlock(layout, 'mark')).toMatchObject({ text: '滕州市人民政府办公室文件', inkTop: mm(72) })
    expect(findBlock(layout, 'number')).toMatchObject({ align: 'center' })
    expect(describeLayout(layout).body.join('')).toContain('位列第20名、等次为合格')
  })

  it('lists several facts and lets one flow', () => {
    const one = describeLayout(layoutLetter(reminder)).body
    expect(one.some((text) => text.startsWith('一、'))).toBe(false)
    const ten = describeLayout(layoutLetter(hardCases.ten ?? reminder)).body
    expect(ten.filter((text) => /^（[一二三四五六七八九十]+）第\d+项/u.test(text))).toHaveLength(10)
    expect(ten[1]).toBe('一、有关情况')
  })

  it('keeps the right of reply in every letter and notice that names facts', () => {
    for (const content of everyType.filter((c) => c.type !== 'clarification')) expect(describeLayout(layoutLetter(content)).body.join('')).toMatch(/不同意见.*30日内申请复核/u)
    // A letter that takes an earlier one back keeps what was said, and hears who still disagrees.
    expect(describeLayout(layoutLetter(clarification)).body.join('')).toMatch(/书面说明.*留存；仍有不同意见的，可以书面提出/u)
  })

  it('shows where the number will stand while there is none', () => {
    expect(describeLayout(layoutLetter({ ...reminder, number: null })).number).toBe('（编号待定）')
  })

  it('names the time, place, talkers and papers of an interview', () => {
    const body = describeLayout(layoutLetter(interview)).body.join('\n')
    for (const part of ['2026年7月15日（星期三）9时30分', '市政府3号楼二楼会议室', '市政府督查室主任上官某、市委组织部副部长徐某', '履职情况说明、整改工作计划']) expect(body).toContain(part)
  })

  it('places the date four characters from the right and the name centred over it', () => {
    const block = findBlock(layoutLetter(reminder), 'signature')
    const dateWidth = textWidth('2026年7月8日', 16, nominalPage.charSpacing, 0.225)
    const centre = (block?.boxLeft ?? 0) + (block?.boxWidth ?? 0) / 2
    expect(Math.abs(typeWidth(nominalPage) - centre - dateWidth / 2 - 4 * bodyCharacter(nominalPage))).toBeLessThan(2)
  })

  it('starts the date of an unsealed letter two characters right of the name', () => {
    const block = findBlock(layoutLetter({ ...reminder, sealed: false }), 'signature')
    expect((block?.dateLeft ?? 0) - (block?.nameLeft ?? 0)).toBe(2 * bodyCharacter(nominalPage))
  })
})

describe('pages', () => {
  it('puts the signature on a page that has text above it, however long the letter', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 160 }), fc.boolean(), (facts, length, attached) => {
      const first = { ...fact(1), statement: '工'.repeat(length) }
      const content = { ...reminder, facts: [first, ...Array.from({ length: facts - 1 }, (_, i) => fact(i + 2))], attachments: attached ? ['数据明细表'] : [] }
      const pages = placeLayout(layoutLetter(content))
      const lines = (pages.at(-1)?.items ?? []).flatMap((item) => (item.kind === 'line' ? [item.runs.map((r) => r.text).join('')] : []))
      const at = lines.indexOf('滕州市人民政府办公室', pages.length === 1 ? 1 : 0)
      expect(at).toBeGreaterThan(0)
      expect(lines).toContain('2026年7月8日')
      for (const page of pages) {
        for (const item of page.items) if (item.kind === 'line' && !item.extra) expect(item.y + item.height).toBeLessThanOrEqual(nominalPage.height - nominalPage.bottom + 1)
      }
    }), { seed: 7, numRuns: 60 })
  })

  it('fills a page of text with 22 lines', () => {
    const pages = placeLayout(layoutLetter({ ...reminder, facts: Array.from({ length: 30 }, (_, i) => fact(i + 1)) }))
    const lines = pages[1]?.items.filter((item) => item.kind === 'line' && !item.extra)
    expect(lines).toHaveLength(22)
  })

  it('numbers no first page of a letter, odd pages right, even pages left', () => {
    const numbers = placeLayout(layoutLetter(hardCases.ten ?? reminder)).map((page) => page.items.filter((item) => item.kind === 'line' && item.extra).map((item) => (item.kind === 'line' ? item.align : '')))
    expect(numbers).toEqual([[], ['left'], ['right'], ['left']])
  })

  it('escapes everything that a text may hold', () => {
    const html = layoutToHtml(layoutLetter({ ...reminder, contact: { name: '<img src=x onerror=1>&"\'', phone: '1' } }))
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img')
    expect(html).not.toMatch(/<script|https?:/u)
  })
})

it('a title never breaks inside the name of a letter: 提醒函 stays whole in the title of its 澄清函', () => {
  const title = findBlock(layoutLetter(clarification), 'title')
  expect(title?.lines.length).toBeGreaterThan(1)
  expect(title?.lines.some((line) => line.includes('提醒函'))).toBe(true)
})

describe('checkContent', () => {
  it.each(cases)('%s passes', (_, content) => expect(checkContent(content)).toMatchObject({ ok: true }))

  it.each([
    [{ ...reminder, addressee: { kind: 'person', unit: '级索镇', post: '镇长', name: ' ' } }, 'addressee.name'],
    [{ ...reminder, facts: [] }, 'facts'], [{ ...reminder, basis: [] }, 'basis'], [{ ...reminder, replyDue: null }, 'replyDue'],
    [{ ...reminder, date: '2026-02-30' }, 'date'], [{ ...reminder, facts: [{ ...fact(1), source: '' }] }, 'facts.0.source'],
    [{ ...interview, interview: { ...interview.interview, time: '2026-07-15' } }, 'interview.time'],
    [{ ...interview, interview: { ...interview.interview, talkers: [] } }, 'interview.talkers'],
    [{ ...yellowCard, card: { ...yellowCard.card, rank: null, grade: null } }, 'card.rank'],
  ] as const)('names the missing field %#', (content, field) =>
    expect(checkContent(content as LetterContent)).toEqual({ ok: false, error: { code: 'LETTER_INCOMPLETE', params: { field } } }))

  it.each(['王\u0000某', '王\u202e某', '王\u200b某', '王\n某', '王\ud800', '王\ufeff', '王\u2066某'])('refuses a name with a hidden character %#', (name) => {
    const content = { ...reminder, addressee: { kind: 'person' as const, unit: '级索镇', post: '镇长', name } }
    expect(checkContent(content)).toEqual({ ok: false, error: { code: 'UNSAFE_TEXT', params: { field: 'addressee.name' } } })
  })

  it.each(['nominal', 'compensated'] as const)('lets the longest mark pass that the page of the office has room for (%s), and it is drawn at a size that may be read', (geometry) => {
    const content = { ...reminder, geometry, organ: { ...reminder.organ, mark: '滕'.repeat(20) } }
    expect(checkContent(content)).toMatchObject({ ok: true })
    const layout = layoutLetter(content)
    const mark = findBlock(layout, 'mark')
    expect(mark?.size).toBeGreaterThanOrEqual(smallestMark)
    expect((mark?.size ?? 0) * 20 * 20).toBeLessThanOrEqual(typeWidth(layout.page))
  })

  it('a 澄清函 whose finding takes three lines ends on its first page, to a person and to a unit', () => {
    for (const addressee of [clarification.addressee, { kind: 'unit', unit: '级索镇人民政府' } as const]) {
      for (const count of [10, 26, 54, 80]) expect([count, placeLayout(layoutLetter({ ...clarification, facts: [], finding: '国'.repeat(count), addressee })).length]).toEqual([count, 1])
    }
  })

  it('asks of an organ by itself what a letter and a 通知 ask of it', () => {
    const marks = (count: number) => checkOrgan({ mark: '滕'.repeat(count), sign: '滕州市' }, 'nominal').ok
    expect([marks(18), marks(19)]).toEqual([true, false])
    expect(checkOrgan({ mark: '滕州市', sign: '滕'.repeat(29) }, 'nominal')).toMatchObject({ error: { code: 'LETTER_TOO_LONG', params: { field: 'organ.sign' } } })
  })

  it('refuses a mark and a title that have no room', () => {
    expect(checkContent({ ...reminder, organ: { ...reminder.organ, mark: '滕'.repeat(21) } })).toMatchObject({ error: { code: 'LETTER_TOO_LONG', params: { field: 'organ.mark' } } })
    expect(checkContent({ ...reminder, title: '关于招商引资工作有关情况'.repeat(12) })).toMatchObject({ error: { code: 'LETTER_TOO_LONG', params: { field: 'title' } } })
  })
})
