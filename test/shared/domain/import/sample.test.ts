/** The sample year must give exactly what expected.json says: counts, rows, codes. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { officialKey, unitKey } from '../../../../shared/domain/import/keys.ts'
import { recognise } from '../../../../shared/domain/import/recognise.ts'
import { buildRoster } from '../../../../shared/domain/import/roster.ts'
import type { RosterPost, RosterUnit } from '../../../../shared/domain/import/roster.ts'
import { readRows } from '../../../../shared/domain/import/rows.ts'
import type { ImportOutcome, Recognised } from '../../../../shared/domain/import/types.ts'
import { unwrap } from '../../../../shared/result.ts'
import { readWithLibrary } from '../../../host/workbooks.ts'

const folder = fileURLToPath(new URL('../../../fixtures/sample/', import.meta.url))
type Expected = {
  readonly file: string
  readonly kind?: string
  readonly period?: string | null
  readonly accepted?: number
  readonly skipped?: number
  readonly refused?: readonly { readonly sheet: string | null; readonly row: number; readonly codes: readonly string[] }[]
  readonly duplicateOf?: string
}
const expected = (JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as { readonly files: readonly Expected[] }).files

type Read = { readonly recognised: Recognised; readonly outcome: ImportOutcome }

function readYear(): ReadonlyMap<string, Read> {
  const units: RosterUnit[] = []
  const posts: RosterPost[] = []
  const results = new Map<string, Read>()
  for (const file of readdirSync(folder).filter((name) => !name.endsWith('.json')).sort()) {
    const workbook = readWithLibrary(folder + file)
    const recognised = unwrap(recognise(workbook, file))
    const outcome = readRows(workbook, recognised, buildRoster({ units, posts }, { cityNames: ['滕州市'] }))
    for (const row of outcome.accepted) {
      if (row.type === 'unit') units.push({ id: unitKey(row.name), name: row.name, shortName: row.shortName, kind: row.kind, aliases: row.aliases })
      if (row.type === 'official') posts.push({ officialId: officialKey(row), name: row.name, unitId: row.unitId, from: row.since, to: null })
    }
    results.set(file, { recognised, outcome })
  }
  return results
}

const year = readYear()

function read(file: string): Read {
  const found = year.get(file)
  if (found === undefined) throw new Error(`${file} was not read`)
  return found
}

describe('the sample year', () => {
  test.each(expected.filter((one) => one.duplicateOf === undefined))('$file', (one) => {
    const { recognised, outcome } = read(one.file)
    expect({
      kind: recognised.kind, period: recognised.period, accepted: outcome.accepted.length, skipped: outcome.skipped,
      refused: outcome.refused.map((row) => ({ sheet: row.sheet, row: row.row, codes: row.codes })),
    }).toEqual({ kind: one.kind, period: one.period, accepted: one.accepted, skipped: one.skipped, refused: one.refused })
  })

  test('every file of the folder is expected', () => {
    expect([...year.keys()]).toEqual(expected.map((one) => one.file))
  })

  test('nothing in it needs a warning beyond the hidden row', () => {
    const codes = [...year.values()].flatMap(({ outcome }) => outcome.warnings.map((warning) => warning.code))
    expect(codes).toEqual(['HIDDEN_ROWS'])
  })

  test('amounts are whole 元 under 亿元 and under 万元, percentages are what a reader sees', () => {
    const march = read('05-招商3月-GBK.csv').outcome.accepted[0]
    expect(march).toMatchObject({ type: 'report', row: 4, figures: { signedAmount: 298_000_000, paidIn: 175_260_000, completionRate: 33.3, signed: 2 }, remark: null })
    const february = read('04-2026年2月招商引资通报.xlsx').outcome.accepted[0]
    expect(february).toMatchObject({ row: 5, figures: { signedAmount: 214_795_000, paidIn: 126_350_000, completionRate: 101.2, started: 2 } })
    const april = read('06-2026年4月招商引资通报.xls').outcome.accepted[4]
    expect(april).toMatchObject({ row: 8, figures: { completionRate: 75, signedAmount: 0 } })
    const projects = read('10-2026年6月重点项目进展.xls').outcome.accepted
    expect(projects[0]).toMatchObject({ item: '滨湖食品加工项目1期', figures: { leader: '市领导丙', totalInvestment: 1_050_000_000, completedInvestment: 122_150_000, scheduleRate: 50 } })
    expect(projects[2]).toMatchObject({ row: 5, figures: { completionRate: null } })
  })

  test('a merged unit gives its value to its rows, an empty one does not inherit', () => {
    const june = read('08-招商引资6月通报.xlsx').outcome
    expect(june.accepted.slice(0, 2).map((row) => (row.type === 'report' ? row.unitId : null))).toEqual([unitKey('荆河街道办事处'), unitKey('荆河街道办事处')])
  })

  test('the two namesakes of one unit are two officials', () => {
    const officials = read('02-干部名册.xlsx').outcome.accepted.filter((row) => row.type === 'official')
    const namesakes = officials.filter((row) => row.name === '王磊' && row.unitId === unitKey('木石镇人民政府'))
    expect(new Set(namesakes.map(officialKey)).size).toBe(2)
    expect(officials[2]).toMatchObject({ name: '郑芳晓', since: '2025-11-19', birth: '1992-07', gender: '女', isHead: false, phone: '0632-5550002' })
  })

  test('the refused row 11 of June names column, text and the unit that has the person', () => {
    const row = read('08-招商引资6月通报.xlsx').outcome.refused.find((one) => one.row === 11)
    expect(row?.cells).toEqual([
      { code: 'OFFICIAL_ELSEWHERE', field: 'official', letter: 'C', header: '责任领导', text: '云远芳', hint: { units: ['市财政局'] } },
      { code: 'NOT_A_NUMBER', field: 'signed', letter: 'F', header: '签约项目', text: '约3个' },
    ])
  })
})
