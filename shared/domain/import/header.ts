/** Header cells and header rows: which column is which field, under titles, over one row or two. */
import type { ImportKind } from '../kinds.ts'
import type { Cell, SheetRow } from '../sheet.ts'
import { cleanText } from './clean.ts'
import { kindSpecs } from './columns.ts'
import { cellText } from './cell-text.ts'
import { amountUnits } from './types.ts'
import type { AmountUnit, ColumnUse, ImportWarning, Mapping } from './types.ts'

type HeaderName = { readonly key: string; readonly unit: AmountUnit | null; readonly foreign: boolean }

const unitTail = /[/,:，、]?(?:单位:)?((?:亿|千万|百万|万|千)?元|亿|万)$/
const foreignMoney = /美元|港元|欧元|日元|USD|HKD|EUR/
const unitOnly = /^(?:亿元|千万元|百万元|万元|千元|元|亿|万|个|%|微克\/立方米|ΜG\/M3|分|名|天)$/
const unitLine = /单位(?::(?:[^:元]*[、,])?)?(?:人民币)?((?:亿|千万|百万|万|千)?元)/

function asAmountUnit(text: string): AmountUnit | null {
  const full = text === '亿' || text === '万' ? `${text}元` : text.replace(/^人民币/, '')
  return amountUnits.find((unit) => unit === full) ?? null
}

/** `签约额（亿元）` → key 签约额, unit 亿元. Brackets of any other content are dropped from the key. */
export function headerName(raw: string): HeaderName {
  const flat = raw.normalize('NFKC').toUpperCase().replace(/[\s\u200B-\u200D\uFEFF]/g, '')
  const foreign = foreignMoney.test(flat)
  let unit: AmountUnit | null = null
  let key = flat.replace(/[([【〔]([^)\]】〕]*)[)\]】〕]/g, (_all, inside: string) => {
    const found = /(?:亿|千万|百万|万|千)?元|^[亿万]$/.exec(inside)
    unit ??= found === null || foreign ? null : asAmountUnit(found[0])
    return ''
  }).replace(/^[*★]+|[*★:]+$/g, '')
  const tail = unitTail.exec(key)
  if (!foreign && tail !== null && tail.index > 0 && /[/,:，、]|单位|[亿万]元$/.test(tail[0])) {
    unit ??= asAmountUnit(tail[1] ?? '')
    key = key.slice(0, tail.index)
  }
  return { key, unit, foreign }
}

/** The unit of a line such as `单位:亿元` or `（金额单位：万元、个）`; null when the text is no such line. */
export function amountUnitOfLine(raw: string): AmountUnit | null {
  const text = raw.normalize('NFKC').replace(/\s/g, '')
  if (foreignMoney.test(text)) return null
  const found = unitLine.exec(text)
  return found === null ? null : asAmountUnit(found[1] ?? '')
}

export function columnLetter(column: number): string {
  const low = String.fromCharCode(65 + (column % 26))
  return column < 26 ? low : columnLetter(Math.floor(column / 26) - 1) + low
}

/** A row such as `(个) | (个) | (亿元)` under the names. */
export function isUnitRow(row: SheetRow): boolean {
  const texts = row.cells.map(headerText).filter((text) => text !== '')
  return texts.length > 0 && texts.every((text) => unitOnly.test(bareUnit(text)))
}

function bareUnit(text: string): string {
  return text.normalize('NFKC').replace(/[\s()]/g, '').toUpperCase()
}

type Heading = { readonly label: string; readonly key: string; readonly candidates: readonly string[]; readonly unit: AmountUnit | null; readonly foreign: boolean }

function single(text: string): Heading {
  const name = headerName(text)
  return { label: text, key: name.key, candidates: [name.key], unit: name.unit, foreign: name.foreign }
}

/** Two header cells of one column. A cell merged over both rows holds the same text twice; a group's name stands over several columns. */
function joined(upper: string, lower: string): Heading {
  const below = headerName(lower)
  const above = headerName(upper)
  if (lower === '' || above.key === below.key) return { ...single(upper), unit: above.unit ?? below.unit }
  if (upper === '') return single(lower)
  const bare = bareUnit(lower)
  if (unitOnly.test(bare)) return { ...single(upper), unit: asAmountUnit(bare) ?? above.unit }
  const both = above.key + below.key
  return { label: `${upper}/${lower}`, key: `${above.key}/${below.key}`, candidates: [both, below.key], unit: below.unit ?? above.unit, foreign: above.foreign || below.foreign }
}

function headings(rows: readonly SheetRow[], carry: boolean): readonly (Heading | null)[] {
  const width = Math.max(...rows.map((row) => row.cells.length))
  const [first, second] = rows
  const result: (Heading | null)[] = []
  let group = ''
  for (let column = 0; column < width; column++) {
    const upper = headerText(first?.cells[column])
    const lower = headerText(second?.cells[column])
    if (upper !== '') group = upper
    const heading = second === undefined ? single(upper) : joined(upper === '' && carry && lower !== '' ? group : upper, lower)
    result.push(heading.label === '' || heading.key === '' ? null : heading)
  }
  return result
}

function headerText(cell: Cell | undefined): string {
  return cell === undefined ? '' : cleanText(cellText(cell)).replace(/\n/g, '')
}

type Match = { readonly field: string; readonly priority: number }
const nameTables = new Map<ImportKind, ReadonlyMap<string, Match>>()

function namesOf(kind: ImportKind): ReadonlyMap<string, Match> {
  const known = nameTables.get(kind)
  if (known !== undefined) return known
  const table = new Map<string, Match>()
  for (const spec of kindSpecs[kind].fields) {
    spec.names.forEach((name, priority) => {
      const before = table.get(name)
      if (before === undefined || before.priority > priority) table.set(name, { field: spec.field, priority })
    })
  }
  nameTables.set(kind, table)
  return table
}

const everyName = new Set(Object.values(kindSpecs).flatMap((spec) => spec.fields.flatMap((field) => field.names)))

/** Whether a cell's text is a header of any kind (used to see a header that comes again further down). */
export function isHeaderWord(raw: string): boolean {
  return raw.length <= 40 && everyName.has(headerName(raw).key)
}

function matchOf(kind: ImportKind, heading: Heading, mapping: Mapping): Match | null {
  const byHand = Object.hasOwn(mapping, heading.key) ? mapping[heading.key] : undefined
  if (byHand === null) return null
  if (byHand !== undefined && kindSpecs[kind].fields.some((spec) => spec.field === byHand)) return { field: byHand, priority: -1 }
  const table = namesOf(kind)
  for (const candidate of heading.candidates) {
    const found = table.get(candidate) ?? table.get(candidate.replace(/(?:个数|数量|总数|数|情况|姓名|值)$/, ''))
    if (found !== undefined) return found
  }
  return null
}

export type HeaderMatch = {
  readonly from: number
  readonly to: number
  readonly columns: readonly ColumnUse[]
  /** Number of fields found, 序号 not counted. */
  readonly score: number
  readonly fits: boolean
  readonly missing: readonly string[]
  readonly warnings: readonly ImportWarning[]
}

/** The column that the program itself adds to the copy with the refused rows. */
const reasonHeader = '错误原因'

/** Reads one or two rows as the header of `kind`. Of two columns for one field the better synonym, then the left one, is taken. */
export function matchHeader(kind: ImportKind, rows: readonly SheetRow[], mapping: Mapping, carry: boolean): HeaderMatch {
  const found = headings(rows, carry)
  const matches = found.map((heading) => (heading === null ? null : matchOf(kind, heading, mapping)))
  const best = new Map<string, number>()
  matches.forEach((match, column) => {
    if (match === null || (isAmount(kind, match.field) && found[column]?.foreign === true)) return
    const before = best.get(match.field)
    if (before === undefined || (matches[before]?.priority ?? 0) > match.priority) best.set(match.field, column)
  })
  const columns: ColumnUse[] = []
  const warnings: ImportWarning[] = []
  found.forEach((heading, column) => {
    // The reasons of an earlier copy are no column of the sender's.
    if (heading === null || heading.key === reasonHeader) return
    const match = matches[column]
    const field = match && best.get(match.field) === column ? match.field : null
    columns.push({ column, header: heading.label, key: heading.key, field, unit: field !== null && isAmount(kind, field) ? heading.unit : null })
    if (field === null && !(Object.hasOwn(mapping, heading.key) && mapping[heading.key] === null)) {
      const code = match === null ? 'UNKNOWN_COLUMN' : heading.foreign ? 'FOREIGN_CURRENCY' : 'DUPLICATE_COLUMN'
      warnings.push({ code, params: { column: columnLetter(column), header: heading.label } })
    }
  })
  return { from: rows[0]?.row ?? 0, to: rows.at(-1)?.row ?? 0, columns, warnings, ...judge(kind, best, columns.length) }
}

function judge(kind: ImportKind, best: ReadonlyMap<string, number>, width: number): Pick<HeaderMatch, 'score' | 'fits' | 'missing'> {
  const spec = kindSpecs[kind]
  const score = best.size - (best.has('serial') ? 1 : 0)
  const missing = spec.fields.filter((field) => field.required !== undefined && !best.has(field.field)).map((field) => field.names[0] ?? field.field)
  const core = spec.fields.filter((field) => field.core === true && best.has(field.field)).length
  return { score, missing, fits: missing.length === 0 && core >= spec.core && (score >= 4 || score * 2 >= width) }
}

function isAmount(kind: ImportKind, field: string): boolean {
  return kindSpecs[kind].fields.some((spec) => spec.field === field && spec.type === 'amount')
}
