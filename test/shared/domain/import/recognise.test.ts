/** Kind, period, header and columns of workbooks as clerks send them. */
import { describe, expect, test } from 'vitest'
import { periodWords } from '../../../../shared/domain/import/period.ts'
import { recognise } from '../../../../shared/domain/import/recognise.ts'
import type { Given, Recognised } from '../../../../shared/domain/import/types.ts'
import type { Sheet } from '../../../../shared/domain/sheet.ts'
import { unwrap } from '../../../../shared/result.ts'
import { sheetOf, workbookOf } from '../../../host/workbooks.ts'

const investment = ['序号', '镇街', '责任领导', '全年任务(个)', '签约项目', '签约额', '到位资金']
const data = ['1', '荆河', '王磊', 5, 3, 1.5, 0.7]

function see(sheets: readonly Sheet[], file = '通报.xlsx', given: Given = {}): Recognised {
  return unwrap(recognise(workbookOf(...sheets), file, given))
}
function refusal(sheets: readonly Sheet[], file = '通报.xlsx', given: Given = {}): unknown {
  const result = recognise(workbookOf(...sheets), file, given)
  return result.ok ? result.value : { code: result.error.code, ...result.error.params }
}
const titled = (title: string): Sheet => sheetOf([[title], investment, data])
const fields = (recognised: Recognised): readonly (string | null)[] => recognised.sheets[0]?.columns.map((column) => column.field) ?? []

describe('period', () => {
  test.each([
    ['2026年3月份招商引资通报', '2026-03'], ['２０２６年０３月招商引资通报', '2026-03'], ['2026年01月', '2026-01'], ['二〇二六年三月招商', '2026-03'], ['二〇二六年十一月', '2026-11'],
    ['2026年1-6月招商引资通报', '2026-06'], ['2026年1月至6月', '2026-06'], ['2026年1—10月份', '2026-10'], ['2026 年 5 月', '2026-05'], ['2026年度5月份通报', '2026-05'],
    ['招商引资通报（202603）', '2026-03'], ['招商引资通报2026-03', '2026-03'], ['招商2026.3', '2026-03'], ['截至2026年6月30日招商引资情况', '2026-06'],
    ['2026年上半年招商引资', '2026-06'], ['2026年第2季度招商', '2026-06'], ['2026年三季度', '2026-09'], ['2026年前三季度', '2026-09'], ['2026Q4招商', '2026-12'],
    ['2026年双招双引6月通报', '2026-06'], ['滕招〔2025〕12号 2026年4月招商通报', '2026-04'],
  ])('%s', (title, period) => {
    expect(see([titled(title)]).period).toBe(period)
  })

  test.each([
    ['6月份招商引资通报', []], ['招商引资通报', []], ['2026年招商引资通报', []], ['招商引资通报20260405', []], ['2026年13月通报', []], ['2026年6月较2025年6月对比', ['2026-06', '2025-06']],
  ])('%s is refused, not guessed', (title, found) => {
    expect(refusal([titled(title)])).toEqual({ code: 'PERIOD_UNKNOWN', kind: 'investment', found })
  })

  test('a half-year says that it was read as its last month', () => {
    expect(see([titled('2026年上半年招商引资')]).warnings).toEqual([{ code: 'PERIOD_DERIVED', params: { text: '2026年上半年', period: '2026-06' } }])
  })

  test('the title wins over the file name, and the difference is said', () => {
    const seen = see([titled('2026年6月招商')], '招商7月.xlsx')
    expect([seen.period, seen.warnings]).toEqual(['2026-06', [{ code: 'PERIOD_DIFFERS', params: { period: '2026-06', other: '招商7月' } }]])
    expect(see([titled('2026年6月招商')], '招商2026年6月.xlsx').warnings).toEqual([])
  })

  test('a title is the workbook\'s only when every sheet bears it', () => {
    expect(see([titled('2026年6月招商引资通报')]).title).toBe('2026年6月招商引资通报')
    expect(see([titled('2026年6月镇街招商引资通报'), sheetOf([investment, data], '部门')]).title).toBeNull()
  })

  test('a sheet without a title follows the titled one, not the file name', () => {
    expect(see([sheetOf([['2026年6月招商'], investment, data], '镇街'), sheetOf([investment, data], '部门')], '招商2026年7月.xlsx')).toMatchObject({ period: '2026-06', sheets: [{ index: 0 }, { index: 1 }] })
  })

  test('without a title the sheet or the file says it, also half each; the day of filing never does', () => {
    expect(see([sheetOf([investment, data], '2026年3月')]).period).toBe('2026-03')
    expect(see([sheetOf([investment, data], '3月')], '2026年招商.xlsx').period).toBe('2026-03')
    expect(see([sheetOf([['填报日期：2026年7月3日'], ['填表时间：2026年7月'], investment, data])], '招商2026年6月.xlsx').period).toBe('2026-06')
  })

  test('a sheet per month is refused unless the month is given; then only its sheet is read', () => {
    const sheets = [sheetOf([['2026年5月招商'], investment, data], '5月'), sheetOf([['2026年6月招商'], investment, data], '6月')]
    expect(refusal(sheets)).toEqual({ code: 'PERIOD_UNKNOWN', kind: 'investment', found: ['2026-05', '2026-06'] })
    const seen = see(sheets, 'x.xlsx', { period: '2026-06' })
    expect(seen.sheets.map((sheet) => sheet.name)).toEqual(['6月'])
    expect(seen.warnings.map((warning) => warning.code)).toEqual(['SHEET_NOT_USED'])
  })

  test('yearly kinds take the year of the work, not the month of the paper', () => {
    const head = ['单位', '考核类别', '总分', '位次', '等次']
    expect(see([sheetOf([['2025年度综合考核结果（2026年2月）'], head])]).period).toBe('2025')
    expect(refusal([sheetOf([['2026年2月考核结果'], head])])).toMatchObject({ code: 'PERIOD_UNKNOWN' })
    expect(refusal([sheetOf([['2025年度综合考核结果'], head])], 'x.xlsx', { period: '2025-12' })).toMatchObject({ code: 'PERIOD_UNKNOWN' })
  })

  test('a full date in a text is no month', () => {
    expect(periodWords('2026-03-31 2026年3月5日 20260331')).toEqual({ months: [], years: [], bareMonths: [], derived: null })
  })
})

describe('kind and header', () => {
  test('header in row 6 under title, unit line and notes', () => {
    const rows = [['2026年6月招商引资通报'], [], ['说明：以下数据由各镇街报送'], ['填报单位：市商务和投资促进局', '', '', '', '', '', '单位：万元'], [], investment, data]
    const seen = see([sheetOf(rows)])
    expect(seen).toMatchObject({ kind: 'investment', sender: '市商务和投资促进局', sheets: [{ headerFrom: 6, headerTo: 6, amountUnit: '万元' }] })
  })

  test('two rows: groups joined with what stands under them, their unit too', () => {
    const upper = ['序号', '镇街', '责任领导', '签约', '签约', '资金(亿元)', '备注']
    const lower = ['序号', '镇街', '责任领导', '项目（个）', '金额', '到位资金', '备注']
    const seen = see([sheetOf([['2026年6月招商'], upper, lower, ['1', '荆河', '王磊', 1, 2, 3]])])
    expect(fields(seen)).toEqual(['serial', 'unit', 'official', 'signed', 'signedAmount', 'paidIn', 'remark'])
    expect(seen.sheets[0]).toMatchObject({ headerFrom: 2, headerTo: 3 })
    expect(seen.sheets[0]?.columns[5]?.unit).toBe('亿元')
  })

  test('a .csv cannot merge: a group name stands only over its first column', () => {
    const rows = [['2026年6月招商'], ['序号', '镇街', '责任领导', '签约', '', '备注'], ['', '', '', '项目', '金额(万元)', ''], ['1', '荆河', '王磊', '1', '2', '']]
    expect(fields(see([sheetOf(rows, null)]))).toEqual(['serial', 'unit', 'official', 'signed', 'signedAmount', 'remark'])
  })

  test('a row of units under the names belongs to the header', () => {
    const seen = see([sheetOf([['2026年6月招商'], investment, ['', '', '', '(个)', '(个)', '(亿元)', '万元'], data])])
    expect(seen.sheets[0]).toMatchObject({ headerFrom: 2, headerTo: 3 })
    expect(seen.sheets[0]?.columns.map((column) => column.unit)).toEqual([null, null, null, null, null, '亿元', '万元'])
  })

  test('unknown, double and foreign columns are said; a mapping decides', () => {
    const head = [...investment, '镇街名称', '到位外资', '到位资金(万美元)']
    const seen = see([sheetOf([['2026年6月招商'], head])])
    expect(seen.warnings.map((warning) => [warning.code, warning.params['column']])).toEqual([['DUPLICATE_COLUMN', 'H'], ['UNKNOWN_COLUMN', 'I'], ['FOREIGN_CURRENCY', 'J']])
    const mapped = see([sheetOf([['2026年6月招商'], head])], 'x.xlsx', { mapping: { 镇街名称: null, 到位外资: 'negotiating' } })
    expect(mapped.warnings.map((warning) => warning.code)).toEqual(['FOREIGN_CURRENCY'])
    expect(fields(see([sheetOf([['2026年6月招商'], investment])], 'x.xlsx', { mapping: { 签约额: null } }))).not.toContain('signedAmount')
    expect(mapped.mapping).toMatchObject({ 镇街名称: null, 到位外资: 'negotiating', 镇街: 'unit' })
  })

  test('the mapping that comes back reads the next file of the sender alike', () => {
    const strange = ['编码', '属地', '包靠人', '签约数', '履约金', '到账']
    const given: Given = { kind: 'investment', period: '2026-06', mapping: { 编码: 'serial', 属地: 'unit', 包靠人: 'official', 履约金: 'signedAmount', 到账: 'paidIn' } }
    const first = see([sheetOf([strange])], 'a.xlsx', given)
    expect(fields(first)).toEqual(['serial', 'unit', 'official', 'signed', 'signedAmount', 'paidIn'])
    expect(fields(see([sheetOf([['2026年7月招商'], strange])], 'b.xlsx', { mapping: first.mapping }))).toEqual(fields(first))
  })

  test('refusals: nothing known, header without a required column, two kinds in one file', () => {
    expect(refusal([sheetOf([['会议签到'], ['姓名', '签名']])])).toMatchObject({ code: 'KIND_UNKNOWN' })
    expect(refusal([sheetOf([['登记表'], ['单位', '类别', '型号', '数量', '存放地点']])])).toMatchObject({ code: 'KIND_UNKNOWN' })
    expect(refusal([sheetOf([['2026年6月督查事项'], ['事项编号', '事项内容', '主责单位', '办结时限']])])).toMatchObject({ code: 'HEADER_NOT_FOUND', kind: 'tasks', missing: ['状态'] })
    const air = ['镇街', 'PM2.5月均', 'PM10', '同比(%)']
    expect(refusal([titled('2026年6月'), sheetOf([['2026年6月'], air])])).toEqual({ code: 'KIND_AMBIGUOUS', kinds: ['investment', 'air'] })
    expect(see([titled('2026年6月'), sheetOf([['2026年6月'], air])], 'x.xlsx', { kind: 'air' }).sheets.map((sheet) => sheet.index)).toEqual([1])
  })

  test('a header that lacks a required column tells its columns, and a person may say which one it is', () => {
    const sheets = [sheetOf([['2026年6月督查事项'], ['事项编号', '事项内容', '主责单位', '办结时限', '办到哪了']])]
    const told = refusal(sheets) as Record<string, unknown>
    expect(told).toMatchObject({ code: 'HEADER_NOT_FOUND', missing: ['状态'], columnLetters: ['A', 'B', 'C', 'D', 'E'], columnFields: ['item', 'content', 'unit', 'dueOn', ''] })
    const key = (told['columnKeys'] as string[])[4]!
    expect(see(sheets, 'a.xlsx', { mapping: { [key]: 'status' } }).mapping).toMatchObject({ [key]: 'status' })
  })

  test('senders in titles and file names', () => {
    expect(see([titled('滕州市发展和改革局2026年6月通报')]).sender).toBe('滕州市发展和改革局')
    expect(see([titled('2026年6月招商')], '市商务局-6月招商.xlsx').sender).toBe('市商务局')
    expect(see([titled('2026年6月份全市双招双引工作情况通报')], '招商引资6月通报.xlsx').sender).toBeNull()
  })
})
