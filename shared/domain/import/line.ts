/** What a row under the header is: a record, a total, a note, a header again, or nothing. */
import type { Cell, SheetRow } from '../sheet.ts'
import { cellText } from './cell-text.ts'
import { halfWidth, isEmptyText, unitText } from './clean.ts'
import { isHeaderWord } from './header.ts'
import { Memo } from './memo.ts'

export type Line = 'blank' | 'record' | 'total' | 'note' | 'header'
type Word = 'empty' | 'total' | 'note' | 'header' | 'plain'

const totals = new Set(['合计', '小计', '总计', '平均', '平均值'])
const noteWords = '单位|金额单位|计量单位|注|备注|附注|注释|说明|备注说明|填表说明|填报说明|数据来源|资料来源|填表人?|填报人?|制表人?|审核人?|审批人?|复核人?|签发人?|负责人签[字名]|单位负责人|主要负责人签[字名]|联系人|联系电话|填报日期|填表日期|制表日期|报送日期|填报时间|填报单位|报送单位|制表单位'
const note = new RegExp(`^[([【]?(?:${noteWords})\\d*[、.]?[)\\]】]?:`)
const sentence = /[。；;]$|[:：]/

export type LineSorter = (row: SheetRow, recordColumns: ReadonlySet<number>, serialColumn: number) => Line

/** `recordColumns`: the columns that are read as fields; `serialColumn`: the column of 序号 or -1. */
export function lineSorter(): LineSorter {
  const words = new Memo<Word>()
  const wordOf = (cell: Cell | undefined): Word => {
    if (cell === undefined) return 'empty'
    if (cell.type !== 'text') return 'plain'
    const start = cell.text.charCodeAt(0)
    // No total, note or header begins with a digit.
    if (start >= 48 && start <= 57) return 'plain'
    return words.get(cell.text, () => classify(cell.text))
  }
  return (row, recordColumns, serialColumn) => {
    const { cells } = row
    const first = nextFilled(cells, 0, wordOf)
    if (first < 0) return 'blank'
    let word = wordOf(cells[first])
    // 合计 behind a running number is named 合计 as well.
    if (word === 'plain' && first === serialColumn) word = totalAfter(cells, first, wordOf)
    if (word === 'header') return countHeaders(cells, wordOf) >= 3 ? 'header' : 'record'
    if (word === 'total' || word === 'note') return word
    return isLoneText(cells, first, wordOf, recordColumns) ? 'note' : 'record'
  }
}

function classify(text: string): Word {
  if (isEmptyText(text)) return 'empty'
  if (text.length <= 12 && totals.has(unitText(text).replace(/:$/, ''))) return 'total'
  if (note.test(halfWidth(text.slice(0, 40)).replace(/\s/g, ''))) return 'note'
  return isHeaderWord(text) ? 'header' : 'plain'
}

function nextFilled(cells: SheetRow['cells'], from: number, wordOf: (cell: Cell | undefined) => Word): number {
  for (let column = from; column < cells.length; column++) {
    if (wordOf(cells[column]) !== 'empty') return column
  }
  return -1
}

function totalAfter(cells: SheetRow['cells'], first: number, wordOf: (cell: Cell | undefined) => Word): Word {
  const next = nextFilled(cells, first + 1, wordOf)
  return next >= 0 && wordOf(cells[next]) === 'total' ? 'total' : 'plain'
}

function countHeaders(cells: SheetRow['cells'], wordOf: (cell: Cell | undefined) => Word): number {
  return new Set(cells.flatMap((cell) => (cell !== undefined && wordOf(cell) === 'header' ? [cellText(cell)] : []))).size
}

/**
 * One text and nothing else: a line under or between the records (二、部门；以上数据截至6月30日。). Never where the text could be a record:
 * a lone text in a field's column is a note only when it reads as a sentence, or when it is merged over three columns or more.
 */
function isLoneText(cells: SheetRow['cells'], first: number, wordOf: (cell: Cell | undefined) => Word, recordColumns: ReadonlySet<number>): boolean {
  const cell = cells[first]
  // A running number alone is a record without its data, in a .csv (where it is a text) as in a sheet.
  if (cell?.type !== 'text' || /^\s*[\d０-９.]+\s*$/.test(cell.text)) return false
  let count = 1
  for (let column = first + 1; column < cells.length; column++) {
    const other = cells[column]
    if (wordOf(other) === 'empty') continue
    if (other?.type !== 'text' || other.text !== cell.text) return false
    count += 1
  }
  if (count >= 3 || !recordColumns.has(first)) return true
  return count === 1 && cell.text.length >= 8 && sentence.test(cell.text.trim())
}
