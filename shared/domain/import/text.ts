/** What a clerk reads in the column 错误原因 and in the preview: what is wrong, and what was expected. */
import type { RefusalCode } from '../kinds.ts'
import type { HintReason, ImportWarning, RefusedCell, RefusedRow } from './types.ts'

const reasons: Readonly<Record<HintReason, string>> = {
  CONTROL_CHARACTERS: '含有看不见的控制字符，请删除后重新输入',
  SEVERAL_NAMES: '一格只能填一个人的姓名',
  TOO_LARGE: '数值过大',
  NEGATIVE: '不能是负数',
  OVER_1000: '百分比不能超过1000',
  DATE_IN_NUMBER: '单元格是日期格式，请改为数字',
  MONTH_UNCLEAR: '分不清1月还是10月，请写成“1975年10月”这样',
  NOT_IN_POST: '此人在该期间不在此单位任职',
}

/** “约3个”, shortened where long; names of persons stay inside the file they came from. */
function quoted(text: string): string {
  const flat = [...text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').trim()]
  return `“${flat.length > 30 ? `${flat.slice(0, 30).join('')}…` : flat.join('')}”`
}

function where(cell: RefusedCell): string {
  return cell.header === null || cell.letter === null ? '' : `${cell.header.replace(/\s+/g, '')}（${cell.letter}列）`
}

const sentences: Readonly<Record<RefusalCode, (cell: RefusedCell) => string>> = {
  UNIT_UNKNOWN: (cell) => {
    const units = cell.hint?.units ?? []
    return units.length > 1
      ? `${where(cell)}：${quoted(cell.text)}可能是${units.join('、')}，请填写单位全称`
      : `${where(cell)}：单位名册中没有${quoted(cell.text)}，请填写单位全称或规范简称`
  },
  UNIT_MISSING: (cell) => `${where(cell)}：没有填写单位`,
  OFFICIAL_UNKNOWN: (cell) => `${where(cell)}：${cell.hint?.reason === undefined ? `干部名册中没有${quoted(cell.text)}` : `${quoted(cell.text)}${reasons[cell.hint.reason]}`}，请核对姓名或先更新干部名册`,
  OFFICIAL_ELSEWHERE: (cell) => `${where(cell)}：本单位没有${quoted(cell.text)}，同名干部在${(cell.hint?.units ?? []).join('、')}，请核对单位或姓名`,
  OFFICIAL_AMBIGUOUS: (cell) => `${where(cell)}：本单位有多名${quoted(cell.text)}，无法确定是哪一位，请核实后手工录入`,
  NOT_A_NUMBER: (cell) => `${where(cell)}：${quoted(cell.text)}不是数字，${cell.hint?.reason === undefined ? '请只填数字' : reasons[cell.hint.reason]}`,
  OUT_OF_RANGE: (cell) => `${where(cell)}：${quoted(cell.text)}超出范围，${cell.hint?.reason === undefined ? '请核对' : reasons[cell.hint.reason]}`,
  BAD_DATE: (cell) => `${where(cell)}：${quoted(cell.text)}不是有效日期，${cell.hint?.reason === undefined ? '请写成2026-03-05这样的日期' : reasons[cell.hint.reason]}`,
  DUPLICATE_ROW: (cell) => {
    const first = cell.hint?.first
    const place = first === undefined ? '前面的行' : `${first.sheet === null ? '' : `工作表“${first.sheet}”`}第${first.row}行`
    return `本行与${place}重复`
  },
  CELL_ERROR: (cell) => `${where(cell)}：单元格是错误值${quoted(cell.text)}，请改正公式或直接填数`,
  FORMULA_WITHOUT_VALUE: (cell) => `${where(cell)}：公式没有计算结果，请在表格软件中打开并保存后再导入，或直接填数`,
  REQUIRED_MISSING: (cell) => `${where(cell)}：必填项没有填写`,
  UNKNOWN_VALUE: (cell) => {
    const allowed = cell.hint?.allowed
    if (allowed !== undefined) return `${where(cell)}：${quoted(cell.text)}不在可选范围内，只能填${allowed.join('、')}`
    return `${where(cell)}：${quoted(cell.text)}${cell.hint?.reason === undefined ? '不能识别' : reasons[cell.hint.reason]}`
  },
}

/** One line in Chinese for one refused cell. */
export function refusalText(code: RefusalCode, cell: RefusedCell): string {
  return sentences[code](cell)
}

/** All reasons of a row, for its cell in the column 错误原因. */
export function refusalReasons(row: RefusedRow): string {
  return row.cells.map((cell) => refusalText(cell.code, cell)).join('；')
}

/** One line in Chinese for a warning of the preview. */
export function warningText({ code, params }: ImportWarning): string {
  const sheet = params['sheet'] ? `工作表“${params['sheet']}”` : ''
  const column = `${sheet}${params['column']}列“${params['header']}”`
  switch (code) {
    case 'UNKNOWN_COLUMN': return `${column}未识别，没有读取；可以手工指定它是哪一项`
    case 'DUPLICATE_COLUMN': return `${column}与另一列是同一项，没有读取；可以手工指定用哪一列`
    case 'FOREIGN_CURRENCY': return `${column}不是人民币，没有读取`
    case 'SHEET_NOT_USED': return `${sheet || '表格'}没有读取（${params['rows']}行），其中没有本类通报的表头`
    case 'PERIOD_DIFFERS': return `“${params['other']}”与标题中的期间${params['period']}不一致，已按标题`
    case 'PERIOD_DERIVED': return `“${params['text']}”按${params['period']}处理，请核对`
    case 'AMOUNT_UNIT_ASSUMED': return `${column}没有注明金额单位，已按元读取，请核对`
    case 'AMOUNT_ROUNDED': return `${column}有${params['count']}处不足1元的零头，已四舍五入到元`
    case 'OTHER_TABLE': return `${sheet}第${params['row']}行起是另一种表格，没有读取`
    case 'ROWS_NOT_READ': return `${sheet}有${params['count']}行属于另一种表格，没有读取`
    case 'PERCENT_AS_FRACTION': return `${column}的数都不超过1，像是没有换算成百分数，请核对`
    case 'TEXT_STRIPPED': return `${column}有${params['count']}处看不见的控制字符，已删除`
    case 'HIDDEN_ROWS': return `${sheet}有${params['count']}个隐藏行，已一并读取`
  }
}
