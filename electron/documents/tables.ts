/** Tables of forms and registers as WordprocessingML: fixed widths, head rows repeated, rows never split. */
import type { TableBlock, TableCell, TableRow } from '../../shared/letter/layout-types.ts'
import { cellLines } from '../../shared/letter/lines.ts'
import { linesXml } from './runs.ts'
import type { FontChoice } from './styles.ts'
import { cellPadding } from '../../shared/letter/table-geometry.ts'

const edge = (side: string): string => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
const borders = `<w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('')}</w:tblBorders>`
const margins = `<w:tblCellMar><w:left w:w="${cellPadding}" w:type="dxa"/><w:right w:w="${cellPadding}" w:type="dxa"/></w:tblCellMar>`

export function tableXml(table: TableBlock, choice: FontChoice): string {
  const grid = table.widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  const width = table.widths.reduce((a, b) => a + b, 0)
  const rows = [...table.head.map((row) => rowXml(table, row, true, choice)), ...table.rows.map((row) => rowXml(table, row, false, choice))]
  return `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>${borders}<w:tblLayout w:type="fixed"/>${margins}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.join('')}</w:tbl>`
}

function rowXml(table: TableBlock, row: TableRow, head: boolean, choice: FontChoice): string {
  let column = 0
  const cells = row.cells.map((cell) => {
    const width = table.widths.slice(column, column + cell.span).reduce((a, b) => a + b, 0)
    column += cell.span
    return cellXml(table, cell, width, head, choice)
  })
  return `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="${row.minHeight}" w:hRule="atLeast"/>${head ? '<w:tblHeader/>' : ''}</w:trPr>${cells.join('')}</w:tr>`
}

function cellXml(table: TableBlock, cell: TableCell, width: number, head: boolean, choice: FontChoice): string {
  const span = cell.span > 1 ? `<w:gridSpan w:val="${cell.span}"/>` : ''
  const size = `<w:sz w:val="${table.size * 2}"/><w:szCs w:val="${table.size * 2}"/>`
  const text = linesXml(cellLines(table, cell.text, width, head), choice, size)
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="LetterCell"/><w:spacing w:line="${table.pitch}" w:lineRule="exact"/><w:jc w:val="${cell.align}"/></w:pPr>${text}</w:p></w:tc>`
}
