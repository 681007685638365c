/** The register's list: every sorting and filter against a plain sort of all rows, and the query plans of the hot pages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillRegister, letterSorts } from '../../../../build/bench/register.ts'
import { letterPageSql, listLetters, type LetterFilter, type LetterListRow } from '../../../../electron/store/queries/letters.ts'
import type { Page } from '../../../../electron/store/queries/keyset.ts'
import { makeLetterOffice, type LetterOffice } from '../../../host/letter-office.ts'

let office: LetterOffice
beforeAll(async () => {
  office = await makeLetterOffice('list')
  fillRegister(office.folder, 2_600)
})
afterAll(() => office.close())

function all(filter: LetterFilter, sort: (typeof letterSorts)[number], direction: 'asc' | 'desc', limit: number): { rows: LetterListRow[]; totals: Set<number> } {
  const rows: LetterListRow[] = []
  const totals = new Set<number>()
  let cursor: string | null = null
  do {
    const at: string | null = cursor
    const page: Page<LetterListRow> = office.folder.store.read((db) => listLetters(db, filter, sort, direction, at, limit))
    rows.push(...page.items)
    totals.add(page.total)
    cursor = page.next
  } while (cursor !== null)
  return { rows, totals }
}

const filters: readonly (readonly [string, LetterFilter, (row: LetterListRow) => boolean])[] = [
  ['none', {}, () => true],
  ['closed', { states: ['closed'] }, (row) => row.state === 'closed'],
  ['states', { states: ['draft', 'issued'] }, (row) => row.state === 'draft' || row.state === 'issued'],
  ['type and year', { type: 'interview', year: 2020 }, (row) => row.type === 'interview' && row.number?.includes('〔2020〕') === true],
  ['unit', { unitId: 'u7' }, (row) => row.unitId === 'u7'],
  ['official', { officialId: 'o9' }, (row) => row.officialId === 'o9'],
  ['overdue', { overdueOn: '2020-01-01' }, (row) => row.state === 'awaiting' && row.replyDue !== null && row.replyDue < '2020-01-01'],
  ['words', { query: '招商 第7单位' }, (row) => row.matter === '招商引资' && row.unit === '第7单位办事处'],
  ['words in most', { query: '工作' }, () => true],
  ['words and state', { query: '工作', states: ['awaiting'] }, (row) => row.state === 'awaiting'],
  ['number', { query: '〔2019〕12号' }, (row) => /〔2019〕\d*12号$/u.test(row.number ?? '')],
]

describe('listLetters', () => {
  const whole = new Map<string, LetterListRow>()
  beforeAll(() => all({}, 'created', 'asc', 500).rows.forEach((row) => whole.set(row.id, row)))

  it.each(filters)('%s: every letter of the filter once, in order, with the right total', (_name, filter, wanted) => {
    const ids = [...whole.values()].filter(wanted).map((row) => row.id).sort()
    expect(ids.length).toBeGreaterThan(0)
    for (const sort of letterSorts) {
      const up = all(filter, sort, 'asc', 97)
      expect(up.rows.map((row) => row.id).sort()).toEqual(ids)
      expect([...up.totals]).toEqual([ids.length])
      expect(all(filter, sort, 'desc', 500).rows.map((row) => row.id)).toEqual(up.rows.map((row) => row.id).reverse())
    }
  })

  it('sorts by what it says', () => {
    const column = (sort: (typeof letterSorts)[number], of: (row: LetterListRow) => string) => all({}, sort, 'asc', 500).rows.map(of)
    const rising = (values: readonly string[]): void => expect(values).toEqual([...values].sort())
    rising(column('issuedOn', (row) => row.issuedOn ?? ''))
    rising(column('replyDue', (row) => row.replyDue ?? '9999'))
    const number = all({ year: 2019 }, 'number', 'asc', 500).rows.map((row) => Number(/〕(\d+)号/u.exec(row.number ?? '')?.[1]))
    expect(number).toEqual([...number].sort((a, b) => a - b))
  })

  it('walks a covering index for every sorting, and sorts nothing but the page', () => {
    for (const sort of letterSorts) {
      for (const after of [false, true]) {
        const sql = letterPageSql({ parts: [{ sql: '+v.state IN (?)', params: [] }, { sql: '+v.type = ?', params: [] }, { sql: '+v.year = ?', params: [] }], walk: true }, sort, 'desc', after)
        const plan = office.folder.store.read((db) => db.all<{ id: number; detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, [1, 1, 1, ...(after ? ['x', 1] : []), 100])).map((row) => row.detail)
        expect(plan.some((line) => /USING COVERING INDEX letter_list_by_/u.test(line))).toBe(true)
        expect(plan.filter((line) => /^SCAN v$|TEMP B-TREE/u.test(line)).length).toBeLessThanOrEqual(1)
      }
    }
  })

  it('words without a letter or digit find nothing; a cursor of another make is refused', () => {
    expect(office.folder.store.read((db) => listLetters(db, { query: '（）' }, 'number', 'asc', null, 10))).toEqual({ items: [], next: null, total: 0 })
    expect(() => office.folder.store.read((db) => listLetters(db, {}, 'number', 'asc', 'nonsense', 10))).toThrow('BAD_INPUT')
  })
})
