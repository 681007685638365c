/** Rows as clerks fill them in: each accepted, refused with every code it deserves, or skipped and counted. */
import { describe, expect, test } from 'vitest'
import { recognise } from '../../../../shared/domain/import/recognise.ts'
import { buildRoster } from '../../../../shared/domain/import/roster.ts'
import type { RosterPost, RosterUnit } from '../../../../shared/domain/import/roster.ts'
import { createRowReader, readRows } from '../../../../shared/domain/import/rows.ts'
import { refusalReasons, warningText } from '../../../../shared/domain/import/text.ts'
import type { Given, ImportOutcome, RefusedRow } from '../../../../shared/domain/import/types.ts'
import type { Sheet } from '../../../../shared/domain/sheet.ts'
import { unwrap } from '../../../../shared/result.ts'
import { dateCell, percent, sheetOf, workbookOf } from '../../../host/workbooks.ts'

const units: readonly RosterUnit[] = [
  { id: 'u1', name: '清河街道办事处', shortName: '清河街道', kind: 'township', aliases: ['老城'] },
  { id: 'u2', name: '石桥镇人民政府', shortName: null, kind: 'township', aliases: ['东部'] },
  { id: 'u3', name: '市财政局', shortName: '财政局', kind: 'department', aliases: ['东部'] },
  { id: 'u4', name: '市市场监督管理局', shortName: '市监局', kind: 'department', aliases: [] },
]
const posts: readonly RosterPost[] = [
  { officialId: 'o1', name: '王磊', unitId: 'u1', from: '2020-01-01', to: null },
  { officialId: 'o2', name: '李强', unitId: 'u2', from: '2020-01', to: null },
  { officialId: 'o3', name: '赵敏', unitId: 'u3', from: null, to: null },
  { officialId: 'o4', name: '赵敏', unitId: 'u3', from: null, to: null },
  { officialId: 'o5', name: '周平', unitId: 'u1', from: '2026-07-01', to: null },
  { officialId: 'o7', name: '郑和', unitId: 'u2', from: '2020-01-01', to: '2026-05-31' },
  { officialId: 'o6', name: '吴敏', unitId: 'u1', from: '2020-01-01', to: '2026-06-10' },
]
const roster = buildRoster({ units, posts }, { cityNames: ['清州市'] })

function readSheets(sheets: readonly Sheet[], given: Given = {}): ImportOutcome {
  const workbook = workbookOf(...sheets)
  return readRows(workbook, unwrap(recognise(workbook, '通报.xlsx', given)), roster)
}
type Rows = Parameters<typeof sheetOf>[0]
const head = ['序号', '镇街', '责任领导', '全年任务(个)', '签约项目', '签约额', '开工项目', '到位资金', '完成率(%)', '位次', '备注']
const investment = (...rows: Rows): ImportOutcome => readSheets([sheetOf([['2026年6月招商引资通报'], ['单位：万元'], head, ...rows])])
const codes = (outcome: ImportOutcome): unknown => outcome.refused.map((row) => [row.row, ...row.codes])
const figures = (outcome: ImportOutcome): unknown => outcome.accepted.map((row) => (row.type === 'report' ? row.figures : null))

describe('units', () => {
  test.each([
    ['清河街道办事处', 'u1'], ['清河街道', 'u1'], ['清河', 'u1'], [' 清 河 ', 'u1'], ['老城', 'u1'], ['清州市清河街道', 'u1'], ['石桥镇', 'u2'], ['石桥', 'u2'], ['石桥镇人民政府', 'u2'],
    ['财政局', 'u3'], ['清州市财政局', 'u3'], ['市场监督管理局', 'u4'], ['清州市市场监督管理局', 'u4'], ['市监局', 'u4'],
  ])('%s', (text, id) => {
    expect(roster.findUnit(text)).toMatchObject({ found: 'one', unit: { id } })
  })

  test.each(['清', '桥镇', '石桥街道', '场监督管理局局', '滕州市财政局', '财政', ''])('%j is nobody', (text) => {
    expect(roster.findUnit(text)).toEqual({ found: 'none', candidates: [] })
  })

  test('an alias that two units share finds neither and names both; a full name beats an alias', () => {
    expect(roster.findUnit('东部')).toMatchObject({ found: 'none', candidates: [{ id: 'u2' }, { id: 'u3' }] })
    const clash = buildRoster({ units: [...units, { id: 'u9', name: '老城', shortName: null, kind: 'taskforce', aliases: [] }], posts: [] })
    expect(clash.findUnit('老城')).toMatchObject({ found: 'one', unit: { id: 'u9' } })
    const refused = investment(['1', '东部', '王磊']).refused[0]
    expect(refused?.cells).toEqual([{ code: 'UNIT_UNKNOWN', field: 'unit', letter: 'B', header: '镇街', text: '东部', hint: { units: ['石桥镇人民政府', '市财政局'] } }])
  })
})

describe('officials', () => {
  test('only within the unit, on the days of the period', () => {
    const outcome = investment(['1', '清河', '王　磊'], ['2', '清河', '李强'], ['3', '财政局', '赵敏'], ['4', '清河', '周平'], ['5', '清河', '吴敏'], ['6', '石桥', ''], ['7', '没有镇', '王磊'], ['8', '清河', '王磊、吴敏'], ['9', '石桥', '郑和'])
    expect(outcome.accepted.map((row) => (row.type === 'report' ? [row.unitId, row.officialId] : null))).toEqual([['u1', 'o1'], ['u1', 'o6'], ['u2', null]])
    expect(codes(outcome)).toEqual([[5, 'OFFICIAL_ELSEWHERE'], [6, 'OFFICIAL_AMBIGUOUS'], [7, 'OFFICIAL_UNKNOWN'], [10, 'UNIT_UNKNOWN'], [11, 'OFFICIAL_UNKNOWN'], [12, 'OFFICIAL_UNKNOWN']])
    expect(outcome.refused.map((row) => row.cells[0]?.hint)).toEqual([{ units: ['石桥镇人民政府'] }, undefined, { reason: 'NOT_IN_POST' }, undefined, { reason: 'SEVERAL_NAMES' }, { reason: 'NOT_IN_POST' }])
  })

  test('an award is looked up to the day on which it was granted', () => {
    const awards = ['姓名', '单位', '表彰类别', '文号', '日期', '奖金(元)']
    const rows = [['2025年度表彰名单'], awards, ['周平', '清河', '先进个人', '〔2026〕1号', '2026-07-05', 3000], ['周平', '清河', '先进个人', '〔2026〕2号', '2026-02-05', 3000], ['', '清河', '先进单位', '', '', '']]
    const outcome = readSheets([sheetOf(rows)])
    expect(outcome.accepted).toMatchObject([
      { officialId: 'o5', item: '先进个人', figures: { award: '先进个人', documentNumber: '〔2026〕1号', grantedOn: '2026-07-05', bonus: 3000 } },
      { officialId: null, item: '先进单位', figures: { bonus: null } },
    ])
    expect(codes(outcome)).toEqual([[4, 'OFFICIAL_UNKNOWN']])
  })
})

describe('figures', () => {
  test('thousands separators, full width, three ways of percent, empties, 万元', () => {
    const outcome = investment(['1', '清河', '王磊', '１', '—', '1,234.5', '无', 0.1, '１２．５％', 3, '－'], ['2', '石桥', '李强', ' 2\u00A0', '/', 12.34, 0, '０．５', percent(0.125), '４', '无'], ['3', '财政局', '', 1, '', '', '', '', 12.5])
    expect(outcome.refused).toEqual([])
    expect(figures(outcome)).toEqual([
      { target: 1, negotiating: null, signed: null, signedAmount: 12_345_000, started: null, paidIn: 1000, completionRate: 12.5, rank: 3 },
      { target: 2, negotiating: null, signed: null, signedAmount: 123_400, started: 0, paidIn: 5000, completionRate: 12.5, rank: 4 },
      { target: 1, negotiating: null, signed: null, signedAmount: null, started: null, paidIn: null, completionRate: 12.5, rank: null },
    ])
  })

  test('a column\'s own unit beats the unit line; without any unit 元 is taken and said', () => {
    const rows: Rows = [['2026年6月招商引资通报'], ['单位：万元'], ['镇街', '签约项目', '签约额（亿元）', '到位资金'], ['清河', 1, 1.7526, 3.5]]
    expect(figures(readSheets([sheetOf(rows)]))).toMatchObject([{ signedAmount: 175_260_000, paidIn: 35_000 }])
    const bare = readSheets([sheetOf(rows.filter((_, at) => at !== 1))])
    expect(figures(bare)).toMatchObject([{ signedAmount: 175_260_000, paidIn: 4 }])
    expect(bare.warnings.map((warning) => [warning.code, warning.params['column']])).toEqual([['AMOUNT_UNIT_ASSUMED', 'D'], ['AMOUNT_ROUNDED', 'D']])
    expect(figures(readSheets([sheetOf(rows.filter((_, at) => at !== 1))], { amountUnit: '亿元' }))).toMatchObject([{ paidIn: 350_000_000 }])
  })

  test('what is no number, out of range, an error or a formula without a value', () => {
    const outcome = investment(
      ['1', '清河', '王磊', '约3个'], ['2', '清河', '王磊', -1], ['3', '清河', '王磊', 1, 1, -0.5], ['4', '清河', '王磊', 1, 1, 1, 1, 1, '100%以上'], ['5', '清河', '王磊', 1, 1, 1, 1, 1, 1001],
      ['6', '清河', '王磊', { type: 'error', text: '#DIV/0!' }], ['7', '清河', '王磊', '#N/A'], ['8', '清河', '王磊', { type: 'formula-without-value' }], ['9', '清河', '王磊', '=D5+1'],
      ['10', '清河', '王磊', dateCell(46_000)], ['11', '清河', '王磊', percent(0.5)], ['12', '清河', '王磊', { type: 'boolean', value: true }], ['13', '清河', '王磊', '########'], ['14', '清河', '王磊', 1, 1, 1, 1, 1, 1000], ['15', '清河', '', '5%'],
    )
    expect(codes(outcome)).toEqual([
      [4, 'NOT_A_NUMBER'], [5, 'OUT_OF_RANGE'], [6, 'OUT_OF_RANGE'], [7, 'NOT_A_NUMBER'], [8, 'OUT_OF_RANGE'], [9, 'CELL_ERROR'], [10, 'CELL_ERROR'], [11, 'FORMULA_WITHOUT_VALUE'], [12, 'FORMULA_WITHOUT_VALUE'],
      [13, 'NOT_A_NUMBER'], [14, 'NOT_A_NUMBER'], [15, 'NOT_A_NUMBER'], [16, 'CELL_ERROR'], [18, 'NOT_A_NUMBER'],
    ])
    expect(outcome.accepted.map((row) => row.row)).toEqual([17])
  })

  test('同比 may be negative, not over 1000; a score may be anything', () => {
    const air = readSheets([sheetOf([['2026年6月空气质量'], ['镇街', 'PM2.5月均', '优良天数比例(%)', '同比(%)'], ['清河', 31, '80%', -12.5], ['石桥', 31, -1, 3], ['财政局', 31, 80, 1001]])])
    expect(codes(air)).toEqual([[4, 'OUT_OF_RANGE'], [5, 'OUT_OF_RANGE']])
    expect(figures(air)).toMatchObject([{ pm25: 31, goodDayRate: 80, yearOnYear: -12.5, rank: null }])
    const score = readSheets([sheetOf([['2025年度考核'], ['单位', '考核类别', '总分', '等次'], ['清河', '综合', -3.5, '良好'], ['石桥', '综合', 1, '优']])])
    expect(figures(score)).toEqual([{ group: '镇街', score: -3.5, rank: null, grade: '良好' }])
    expect(codes(score)).toEqual([[4, 'UNKNOWN_VALUE']])
  })

  test('a percent column that looks like fractions is said', () => {
    const rows: Rows = [['1', '清河', '王磊', 1, 1, 1, 1, 1, 0.35], ['2', '石桥', '李强', 1, 1, 1, 1, 1, 0.5], ['3', '财政局', '', 1, 1, 1, 1, 1, 1]]
    expect(investment(...rows).warnings.map((warning) => warning.code)).toEqual(['PERCENT_AS_FRACTION'])
    expect(investment(...rows, ['4', '市监局', '', 1, 1, 1, 1, 1, 48]).warnings).toEqual([])
  })
})

describe('rows that are no records', () => {
  test('totals in the middle, named behind a number too, notes, section lines, blank rows', () => {
    const outcome = investment(
      ['一、镇街'], ['1', '清河', '王磊', 1], ['小　计', '', '', 1], [], ['二、部门', '二、部门', '二、部门', '二、部门'], ['2', '财政局', '', 1], ['3', '合计', '', 2], ['平均', '', '', 1], ['总计：', '', '', 2],
      ['注：到位资金以银行凭证为准'], ['', '说明:截至月末'], ['以上数据由各镇街报送'], ['填表人：某某', '', '审核人：某某'], ['—', '－', '　'],
    )
    expect(outcome.accepted.map((row) => row.row)).toEqual([5, 9])
    expect(outcome.refused).toEqual([])
    expect(outcome.skippedRows.map((row) => [row.row, row.reason])).toEqual([
      [4, 'NOTE'], [6, 'TOTAL'], [8, 'NOTE'], [10, 'TOTAL'], [11, 'TOTAL'], [12, 'TOTAL'], [13, 'NOTE'], [14, 'NOTE'], [15, 'NOTE'], [16, 'NOTE'],
    ])
    expect(outcome.skipped).toBe(10)
  })

  test('全市 is a unit that nobody knows, not a total; a lone unit is a record', () => {
    const outcome = investment(['', '全市', '', 9], ['', '清河'])
    expect(codes(outcome)).toEqual([[4, 'UNIT_UNKNOWN']])
    expect(outcome.accepted.map((row) => row.row)).toEqual([5])
  })

  test('the header again on the next page, and a second table of the kind with other columns and unit', () => {
    const second = ['序号', '部门', '责任人', '到位资金', '签约项目', '签约额', '神秘列']
    const outcome = investment(['1', '清河', '王磊', 1, 1, 2], head, ['2', '石桥', '李强', 1, 1, 2], ['二、部门'], ['单位：亿元'], second, ['1', '财政局', '', 3, 4, 5])
    expect(figures(outcome)).toMatchObject([{ signedAmount: 20_000 }, { signedAmount: 20_000 }, { paidIn: 300_000_000, signed: 4, signedAmount: 500_000_000 }])
    expect(outcome.refused).toEqual([])
    expect(outcome.headerRows.map((header) => header.from)).toEqual([3, 5, 9])
    expect(outcome.warnings.map((warning) => [warning.code, warning.params['column']])).toEqual([['UNKNOWN_COLUMN', 'G']])
  })

  test('another table below is not read, and that is said', () => {
    const outcome = investment(['1', '清河', '王磊', 1], [], ['镇街', 'PM2.5月均', 'PM10', '优良天数比例(%)', '同比(%)'], ['清河', 31, 70, 80, 1], ['石桥', 32, 70, 80, 1])
    expect(outcome.accepted.length).toBe(1)
    expect(outcome.warnings).toEqual([{ code: 'OTHER_TABLE', params: { sheet: 'Sheet1', row: 6, count: 1 } }, { code: 'ROWS_NOT_READ', params: { sheet: 'Sheet1', count: 2 } }])
  })

  test('a running number alone is refused, in a .csv as in a sheet', () => {
    expect(codes(investment([5], ['5']))).toEqual([[4, 'UNIT_MISSING'], [5, 'UNIT_MISSING']])
  })

  test('a blank unit under a filled one inherits nothing', () => {
    expect(codes(investment(['1', '清河', '王磊', 1], ['2', '', '王磊', 1]))).toEqual([[5, 'UNIT_MISSING']])
  })
})

describe('refused rows', () => {
  test('every code, in one order, cells in column order, duplicates beside other faults', () => {
    const outcome = investment(['1', '清河', '王磊', 1], ['2', '清河', '王磊', '三个', -1, { type: 'error', text: '#REF!' }], ['3', '石桥', '王磊', 'x'])
    expect(codes(outcome)).toEqual([[5, 'CELL_ERROR', 'DUPLICATE_ROW', 'NOT_A_NUMBER', 'OUT_OF_RANGE'], [6, 'NOT_A_NUMBER', 'OFFICIAL_ELSEWHERE']])
    expect(outcome.refused[0]?.cells.map((cell) => cell.letter)).toEqual(['D', 'E', 'F', null])
    expect(outcome.refused[1]?.cells.map((cell) => cell.letter)).toEqual(['C', 'D'])
    expect(outcome.refused[0]?.raw.slice(0, 6)).toEqual(['2', '清河', '王磊', '三个', '-1', '#REF!'])
  })

  test('a refused row is no first one: its repetition is accepted', () => {
    const outcome = investment(['1', '清河', '王磊', 'x'], ['2', '清河', '王磊', 1], ['3', '清河', '王磊', 1])
    expect([outcome.accepted.map((row) => row.row), codes(outcome)]).toEqual([[5], [[4, 'NOT_A_NUMBER'], [6, 'DUPLICATE_ROW']]])
    expect(outcome.refused[1]?.cells[0]?.hint).toEqual({ first: { sheet: 'Sheet1', row: 5 } })
  })

  test('duplicates are found across the sheets of one file', () => {
    const rows: Rows = [['2026年6月招商'], ['镇街', '签约项目', '开工项目'], ['清河', 1, 1]]
    expect(codes(readSheets([sheetOf(rows, '甲'), sheetOf(rows, '乙')]))).toEqual([[3, 'DUPLICATE_ROW']])
  })

  test('names with control or direction characters are refused', () => {
    const outcome = investment(['1', '清河', '王\u202E磊', 1], ['2', '清\u0007河', '', 1])
    expect(codes(outcome)).toEqual([[4, 'UNKNOWN_VALUE'], [5, 'UNKNOWN_VALUE']])
  })

  test('tasks: dates, status, required cells, two calendars', () => {
    const rows: Rows = [['2026年6月督查事项'], ['事项编号', '事项内容', '主责单位', '责任人', '办结时限', '状态'], ['督1', '甲', '清河', '王磊', dateCell(46_203 - 1462), '在办'], ['督2', '乙', '清河', '', '2026年2月30日', '在办'], ['督3', '', '清河', '', '', '办理中'], ['督1', '丁', '石桥', '', '2026.6.1', '已办结'], ['督1', '戊', '没有镇', '', '2026.6.1', '已办结']]
    const outcome = readSheets([sheetOf(rows, '督查', { date1904: true })])
    expect(figures(outcome)).toEqual([{ assignedOn: null, source: null, content: '甲', dueOn: '2026-06-30', progress: null, status: '在办' }])
    expect(codes(outcome)).toEqual([[4, 'BAD_DATE'], [5, 'REQUIRED_MISSING', 'UNKNOWN_VALUE'], [6, 'DUPLICATE_ROW'], [7, 'DUPLICATE_ROW', 'UNIT_UNKNOWN']])
  })
})

describe('dates of a .csv', () => {
  test('a due day that came out as its serial', () => {
    const outcome = readSheets([sheetOf([['2026年6月督查事项'], ['事项编号', '事项内容', '主责单位', '责任人', '办结时限', '状态'], ['督1', '甲', '清河', '王磊', '46203', '在办'], ['督2', '乙', '清河', '王磊', '462030', '在办']])])
    expect(figures(outcome)).toMatchObject([{ dueOn: '2026-06-30' }])
    expect(codes(outcome)).toEqual([[4, 'BAD_DATE']])
  })
})

describe('rosters', () => {
  test('units with aliases; officials with months, flags and two names in a cell', () => {
    const unitRows = readSheets([sheetOf([['单位名称', '简称', '类别', '曾用名'], ['清 湖镇人民政府', '—', '镇街', '湖东、湖西'], ['新办', '', '其它', ''], ['', '简', '部门', '']])])
    expect(unitRows.accepted).toEqual([{ type: 'unit', sheet: 'Sheet1', row: 2, name: '清湖镇人民政府', shortName: null, kind: 'township', aliases: ['湖东', '湖西'] }])
    expect(codes(unitRows)).toEqual([[3, 'UNKNOWN_VALUE'], [4, 'REQUIRED_MISSING']])
    const rows: Rows = [['姓名', '性别', '出生年月', '单位', '职务', '是否主要负责人', '任现职时间', '联系电话'],
      ['王 磊', '男', 1975.08, '清河', '书记', '是', '2021.12', 13_800_000_000], ['王磊、李强', '男', '', '清河', '书记', '', '', ''], ['张三丰', 'M', 1975.1, '清河', '书记', '也许', '2021年13月', ''], ['王磊', '男', '197508', '清河街道', '书记', '', '', '']]
    const outcome = readSheets([sheetOf(rows)])
    expect(outcome.accepted).toEqual([{ type: 'official', sheet: 'Sheet1', row: 2, name: '王磊', gender: '男', birth: '1975-08', unitId: 'u1', title: '书记', rank: null, portfolio: null, isHead: true, since: '2021-12', phone: '13800000000' }])
    expect(codes(outcome)).toEqual([[3, 'UNKNOWN_VALUE'], [4, 'BAD_DATE', 'UNKNOWN_VALUE'], [5, 'DUPLICATE_ROW']])
  })
})

test('a stream of rows gives what the whole workbook gives', () => {
  const workbook = workbookOf(sheetOf([['2026年6月招商'], head, ['1', '清河', '王磊', 1], ['合计', '', '', 1], ['2', '石桥', '李强', 'x']]))
  const recognised = unwrap(recognise(workbook, 'x.xlsx'))
  const reader = createRowReader(recognised, roster)
  const results = (workbook.sheets[0]?.rows ?? []).map((row) => reader.push(0, row)?.status ?? null)
  expect(results).toEqual([null, null, 'accepted', 'skipped', 'refused'])
  expect(reader.push(7, { row: 9, cells: [] })).toBeNull()
  expect(reader.finish().warnings).toEqual(readRows(workbook, recognised, roster).warnings)
})

test('reasons in Chinese say what is wrong, what was expected, and where the person is', () => {
  const reasons = (row: RefusedRow | undefined): string => (row === undefined ? '' : refusalReasons(row))
  const outcome = investment(['1', '石桥', '王磊', '约3个'], ['2', '清河', '王磊', 1], ['3', '清河', '王磊', 1])
  expect(reasons(outcome.refused[0])).toBe('责任领导（C列）：本单位没有“王磊”，同名干部在清河街道办事处，请核对单位或姓名；全年任务(个)（D列）：“约3个”不是数字，请只填数字')
  expect(reasons(outcome.refused[1])).toBe('本行与工作表“Sheet1”第5行重复')
  const { warnings } = readSheets([sheetOf([['2026年6月招商'], ['镇街', '签约项目', '到位资金', '神秘列'], ['清河', 1, 2, 3]])])
  expect(warnings.map(warningText)).toEqual(['工作表“Sheet1”D列“神秘列”未识别，没有读取；可以手工指定它是哪一项', '工作表“Sheet1”C列“到位资金”没有注明金额单位，已按元读取，请核对'])
})
