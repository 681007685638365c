/** A big file is checked row by row as it is read: the outcome is that of all its rows at once. */
import { utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recognise } from '../../../../shared/domain/import/recognise.ts'
import { readRows } from '../../../../shared/domain/import/rows.ts'
import { unwrap } from '../../../../shared/result.ts'
import { checkFile, loadRoster } from '../../../../electron/services/bulletins/read-workbook.ts'
import { readWorkbook } from '../../../../electron/spreadsheets/read.ts'
import { officialName, officialsWorkbook, unitsWorkbook } from '../../../../build/bench/support/county.ts'
import { importBytes, makeOffice, quiet, type Office } from '../../../host/office.ts'

const head = ['序号', '镇街', '责任领导', '全年任务', '在谈项目', '签约项目', '签约额(万元)', '开工项目', '到位资金(万元)', '完成率', '位次', '备注']
const perUnit = 3
let office: Office
beforeAll(async () => {
  office = await makeOffice('two-readings')
  unwrap(importBytes(office, '单位名册.xlsx', unitsWorkbook()))
  unwrap(importBytes(office, '干部名册.xlsx', officialsWorkbook(perUnit)))
})
afterAll(() => office.close())

/** So many lines, of which the first 300 are distinct; with totals, notes and unknown units among them. */
function lines(count: number): (string | number)[][] {
  return Array.from({ length: count }, (_, i) => {
    if (i % 997 === 5) return ['合计', '', '', 1, 2, 3, 4, 5, 6, 7, '', '']
    const unit = i % 100
    return [i + 1, i % 501 === 7 ? '第一百零一街道' : `第${unit + 1}街道`, officialName(unit, Math.floor(i / 100) % perUnit), 8, i % 7, i % 5, 12.5, 1, 30, 40, (i % 21) + 1, `第${i}行`]
  })
}

const title = ['2026年6月份全市双招双引工作情况通报']

function book(...sheets: readonly (readonly [string, (string | number)[][]])[]): Uint8Array {
  const made = utils.book_new()
  for (const [name, rows] of sheets) utils.book_append_sheet(made, utils.aoa_to_sheet(rows), name)
  return new Uint8Array(write(made, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer)
}

function compare(name: string, bytes: Uint8Array): number {
  const workbook = readWorkbook(bytes, name)
  const recognised = unwrap(recognise(workbook, name, {}))
  const whole = readRows(workbook, recognised, office.folder.store.read(loadRoster))
  const checked = unwrap(checkFile(office.folder.store, { name, bytes }, { kind: null, period: null, sender: null, mapping: null }, quiet))
  expect(checked.recognised).toEqual(recognised)
  expect(checked.outcome).toEqual(whole)
  return whole.accepted.length + whole.refused.length + whole.skipped
}

describe('a file of more than 20,000 rows', () => {
  it('of one sheet', () => {
    expect(compare('a.xlsx', book(['通报', [title, head, ...lines(20_400)]]))).toBe(20_400)
  })

  it('as .csv', () => {
    const rows = [title, head, ...lines(20_400)].map((row) => row.join(','))
    expect(compare('招商6月.csv', new Uint8Array(Buffer.from(rows.join('\n'))))).toBe(20_400)
  })

  it('whose second sheet is of the kind too, or of none, or comes before', () => {
    const small = [title, head, ...lines(30)]
    const big = [title, head, ...lines(20_100)]
    expect(compare('b.xlsx', book(['通报', big], ['续表', small]))).toBe(20_130)
    expect(compare('c.xlsx', book(['通报', big], ['说明', [['本表由各镇街填报'], ['联系电话', '0632']]]))).toBe(20_100)
    expect(compare('d.xlsx', book(['说明', [['本表由各镇街填报'], ['联系电话', '0632']]], ['通报', big]))).toBe(20_100)
  })
})
