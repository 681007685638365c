import { describe, expect, it } from 'vitest'
import { readWorkbook } from '../../../electron/spreadsheets/read.ts'
import { writeTable } from '../../../electron/spreadsheets/write-table.ts'

const number = (value: number) => ({ type: 'number', value })
const text = (value: string) => ({ type: 'text', text: value })

describe('writeTable', () => {
  it('keeps texts as texts, numbers as numbers, dates as dates', () => {
    const columns = [{ header: '联系电话', kind: 'text' as const, width: 16 }, { header: '奖金(元)', kind: 'number' as const }, { header: '日期', kind: 'date' as const }]
    const bytes = writeTable([{ name: '表彰', columns, rows: [['018612345678', 500, '2026-03-05'], ['=1+1', '待定', '2026-02-30'], [7, null, null]] }])
    expect(readWorkbook(bytes, 'a.xlsx').sheets.map(({ name, rows }) => [name, rows.map(({ cells }) => Array.from(cells))])).toEqual([['表彰', [
      ['联系电话', '奖金(元)', '日期'].map(text),
      [text('018612345678'), number(500), { ...number(46086), date: true }],
      [text('=1+1'), text('待定'), text('2026-02-30')],
      [text('7')],
    ]]])
  })

  it('gives every sheet a name that spreadsheet programs take', () => {
    const columns = [{ header: 'a', kind: 'text' as const }]
    const bytes = writeTable(['提醒函/督办函', '提醒函?督办函', '很'.repeat(40), ''].map((name) => ({ name, columns, rows: [] })))
    expect(readWorkbook(bytes, 'a.xlsx').sheets.map(({ name }) => name)).toEqual(['提醒函 督办函', '提醒函 督办函 (2)', '很'.repeat(31), 'Sheet'])
  })
})
