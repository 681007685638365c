/** Which kind, period, sheets and columns a workbook has. Refuses where it would have to guess. */
import { err, ok } from '../../result.ts'
import type { Result } from '../../result.ts'
import type { ErrorParams } from '../../errors.ts'
import { importKinds } from '../kinds.ts'
import type { ImportKind } from '../kinds.ts'
import type { Sheet, SheetRow, Workbook } from '../sheet.ts'
import { cellText } from './cell-text.ts'
import { cleanText } from './clean.ts'
import { kindSpecs, periodType } from './columns.ts'
import { amountUnitOfLine, columnLetter, isUnitRow, matchHeader } from './header.ts'
import type { HeaderMatch } from './header.ts'
import { decidePeriod } from './recognise-period.ts'
import { findSender } from './sender.ts'
import type { AmountUnit, Given, ImportWarning, Mapping, Recognised, SheetUse } from './types.ts'

/** A header is looked for in this many filled rows. */
export const headerDepth = 40

type Candidate = { readonly kind: ImportKind; readonly header: HeaderMatch }
type Looked = { readonly index: number; readonly sheet: Sheet; readonly fitting: readonly Candidate[]; readonly best: ReadonlyMap<ImportKind, HeaderMatch> }

const titleWords: Readonly<Record<ImportKind, RegExp>> = {
  units: /单位名[册录单]|机构名[册录]/,
  officials: /干部(?:花?名册|名单)|人员花?名册|花名册/,
  investment: /招商|双招双引/,
  projects: /重点项目/,
  tasks: /督查事项|督办事项|督查任务|交办事项/,
  air: /环境空气|空气质量|生态环境|大气污染/,
  assessment: /考核/,
  awards: /表彰|表扬|嘉奖/,
}

/**
 * `fileName` without its folder. `given` is what a person set or what is remembered for the sender; it wins over the workbook.
 * Only the first rows of each sheet are looked at, so a workbook cut to its first 50 rows gives the same answer.
 * Errors: KIND_UNKNOWN, KIND_AMBIGUOUS {kinds}, HEADER_NOT_FOUND {kind, missing, and forChoosing}, PERIOD_UNKNOWN {kind, found}.
 */
export function recognise(workbook: Workbook, fileName: string, given: Given = {}): Result<Recognised> {
  const kinds = given.kind === undefined ? importKinds : [given.kind]
  const looked = workbook.sheets.map((sheet, index) => look(sheet, index, kinds, given.mapping ?? {}, workbook.format === 'csv'))
  const chosen = chooseKind(looked, fileName, given.kind)
  if (!chosen.ok) return chosen
  const kind = chosen.value
  const used = looked.flatMap((one) => {
    const header = one.fitting.find((candidate) => candidate.kind === kind)?.header
    return header === undefined ? [] : [{ ...one, header, lines: linesAbove(one.sheet, header.from) }]
  })
  const period = decidePeriod(periodType(kind), used.map((one) => ({ index: one.index, name: one.sheet.name, lines: one.lines })), baseName(fileName), given.period)
  if (!period.ok) return err('PERIOD_UNKNOWN', { kind, found: period.found })
  const kept = used.filter((one) => period.sheets.includes(one.index))
  const sheets = kept.map((one) => useSheet(one.sheet, one.index, one.header, one.lines, given.amountUnit ?? null))
  const lines = looked.flatMap((one) => linesAbove(one.sheet, used.find((use) => use.index === one.index)?.header.from ?? 0))
  const names = [...kept.flatMap((one) => (one.sheet.name === null ? [] : [one.sheet.name])), baseName(fileName)]
  return ok({
    kind,
    period: period.period,
    sender: findSender(lines, names),
    title: oneTitle(kept.map((one) => titleOf(one.lines, kind))),
    sheets,
    mapping: mappingOf(sheets, given.mapping ?? {}),
    warnings: [...notUsed(looked, sheets), ...period.warnings, ...kept.flatMap((one) => columnWarnings(one.sheet, one.header))],
  })
}

/** The line above the table that names the bulletin: with the words of its kind, else any that sounds like a title. */
function titleOf(lines: readonly string[], kind: ImportKind): string | null {
  const long = lines.filter((line) => line.length >= 6 && line.length <= 60 && amountUnitOfLine(line) === null && !/[:：]/u.test(line))
  return long.find((line) => titleWords[kind].test(line)) ?? long.find((line) => /(?:通报|情况|进展|结果|名单|名册|统计表|一览表)/u.test(line)) ?? null
}

/** Sheets that bear different titles have none in common; nor does a sheet without one share that of its neighbour (a letter would cite it). */
function oneTitle(titles: readonly (string | null)[]): string | null {
  const distinct = new Set(titles)
  return distinct.size === 1 ? [...distinct][0] ?? null : null
}

function baseName(fileName: string): string {
  return fileName.replace(/^.*[/\\]/, '').replace(/\.[A-Za-z0-9]{1,5}$/, '')
}

function look(sheet: Sheet, index: number, kinds: readonly ImportKind[], mapping: Mapping, carry: boolean): Looked {
  const best = new Map<ImportKind, HeaderMatch>()
  for (const kind of kinds) {
    const header = findHeader(sheet, kind, mapping, carry)
    if (header !== null) best.set(kind, header)
  }
  const fits = [...best].filter(([, header]) => header.fits)
  const top = Math.max(0, ...fits.map(([, header]) => header.score))
  return { index, sheet, best, fitting: fits.filter(([, header]) => header.score === top).map(([kind, header]) => ({ kind, header })) }
}

/**
 * The row, or pair of rows, that gives most fields; the upper one where two give the same (a merged header repeats itself below), but
 * never a pair whose upper row only looks on (a unit line above a one-row header).
 */
function findHeader(sheet: Sheet, kind: ImportKind, mapping: Mapping, carry: boolean): HeaderMatch | null {
  let best: HeaderMatch | null = null
  let bestWeight = 0
  const consider = (match: HeaderMatch, malus: number): void => {
    const weight = Number(match.fits) * 1000 + match.score - malus
    if (match.score === 0 || weight <= bestWeight) return
    best = match
    bestWeight = weight
  }
  const rows = sheet.rows.slice(0, headerDepth)
  rows.forEach((row, at) => {
    const alone = matchHeader(kind, [row], mapping, carry)
    consider(alone, 0)
    const next = rows[at + 1]
    if (next?.row === row.row + 1) consider(matchHeader(kind, [row, next], mapping, carry), pairMalus(alone.score, next))
  })
  return best
}

/** With a row of units below, the pair is better than the names alone. */
function pairMalus(upperScore: number, lower: SheetRow): number {
  if (upperScore === 0) return 0.5
  return isUnitRow(lower) ? -0.5 : 0
}

function chooseKind(looked: readonly Looked[], fileName: string, given: ImportKind | undefined): Result<ImportKind> {
  const texts = [fileName, ...looked.flatMap((one) => [one.sheet.name ?? '', ...linesAbove(one.sheet, headOf(one))])]
  const titled = importKinds.filter((kind) => texts.some((text) => titleWords[kind].test(text)))
  const kinds = new Set<ImportKind>()
  for (const { fitting } of looked) {
    const named = fitting.length > 1 ? fitting.filter((candidate) => titled.includes(candidate.kind)) : fitting
    for (const candidate of named.length === 1 ? named : fitting) kinds.add(candidate.kind)
  }
  const [only] = kinds
  if (only !== undefined) return kinds.size === 1 ? ok(only) : err('KIND_AMBIGUOUS', { kinds: [...kinds] })
  const kind = given ?? (titled.length === 1 ? titled[0] : undefined)
  if (kind === undefined) return titled.length > 1 ? err('KIND_AMBIGUOUS', { kinds: titled }) : err('KIND_UNKNOWN')
  const partial = looked.flatMap((one) => one.best.get(kind) ?? []).sort((a, b) => b.score - a.score)[0]
  return err('HEADER_NOT_FOUND', { kind, missing: partial?.missing ?? [], ...forChoosing(kind, partial) })
}

/** The row that looks most like the header, so that a person can say which column is which: lists of the same length, `columnFields` '' where not known. */
function forChoosing(kind: ImportKind, partial: HeaderMatch | undefined): ErrorParams {
  if (partial === undefined) return {}
  const { columns } = partial
  const fields = kindSpecs[kind].fields
  return {
    columnLetters: columns.map((one) => columnLetter(one.column)), columnHeaders: columns.map((one) => one.header), columnKeys: columns.map((one) => one.key), columnFields: columns.map((one) => one.field ?? ''),
    fieldNames: fields.map((one) => one.field), fieldLabels: fields.map((one) => one.names[0] ?? one.field),
  }
}

function headOf(looked: Looked): number {
  return looked.fitting[0]?.header.from ?? looked.sheet.rows[Math.min(looked.sheet.rows.length, 5)]?.row ?? Number.MAX_SAFE_INTEGER
}

/** The distinct texts above the header, cleaned. */
function linesAbove(sheet: Sheet, header: number): readonly string[] {
  const lines = new Set<string>()
  for (const row of sheet.rows.slice(0, headerDepth)) {
    if (row.row >= header) break
    for (const cell of row.cells) {
      if (cell?.type === 'text' || cell?.type === 'number') lines.add(cleanText(cellText(cell)))
    }
  }
  lines.delete('')
  return [...lines]
}

function useSheet(sheet: Sheet, index: number, header: HeaderMatch, lines: readonly string[], given: AmountUnit | null): SheetUse {
  let unit: AmountUnit | null = null
  for (const line of lines) unit = amountUnitOfLine(line) ?? unit
  return {
    index, name: sheet.name, headerFrom: header.from, headerTo: header.to, columns: header.columns, amountUnit: unit ?? given, date1904: sheet.date1904 === true,
  }
}

function mappingOf(sheets: readonly SheetUse[], given: Mapping): Mapping {
  const mapping: Record<string, string | null> = { ...given }
  for (const sheet of sheets) {
    for (const column of sheet.columns) {
      if (column.field !== null) mapping[column.key] = column.field
    }
  }
  return mapping
}

function columnWarnings(sheet: Sheet, header: HeaderMatch): readonly ImportWarning[] {
  return header.warnings.map((warning) => ({ code: warning.code, params: { sheet: sheet.name, ...warning.params } }))
}

function notUsed(looked: readonly Looked[], sheets: readonly SheetUse[]): readonly ImportWarning[] {
  return looked.filter((one) => one.sheet.rows.length > 0 && !sheets.some((use) => use.index === one.index))
    .map((one) => ({ code: 'SHEET_NOT_USED', params: { sheet: one.sheet.name, rows: one.sheet.rowCount ?? one.sheet.rows.length } }))
}
