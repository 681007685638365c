/**
 * The sample year as reports for the rule engine, read with as little as possible: the rows that expected.json calls refused are left out by
 * number, so that a fault of the real import cannot hide one of the rules (and the other way round).
 */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as xlsx from '@e965/xlsx'
import type { ReportKind, UnitKind } from '../../shared/domain/kinds.ts'
import type { RuleReport } from '../../shared/domain/rules/finding.ts'

const folder = fileURLToPath(new URL('../fixtures/sample/', import.meta.url))

type Refused = { readonly sheet: string | null; readonly row: number }
export type ExpectedProposal = { readonly rule: string; readonly period: string; readonly unit: string; readonly official: string | null; readonly item: string | null }
type ExpectedFile = { readonly file: string; readonly kind: ReportKind | 'units' | 'officials'; readonly period: string | null; readonly refused?: readonly Refused[]; readonly duplicateOf?: string }
export const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as { readonly files: readonly ExpectedFile[]; readonly proposals: readonly ExpectedProposal[] }

type Line = Readonly<Record<string, string>>

function bookOf(file: string): xlsx.WorkBook {
  const bytes = readFileSync(`${folder}${file}`)
  if (!file.endsWith('.csv')) return xlsx.read(bytes, { cellFormula: false })
  return xlsx.read(new TextDecoder(file.includes('GBK') ? 'gb18030' : 'utf-8').decode(bytes), { type: 'string', raw: true })
}

const clean = (value: unknown): string => (value === undefined || value === null ? '' : String(value).normalize('NFKC').replaceAll(/\s/g, ''))

function fillMerges(sheet: xlsx.WorkSheet, grid: unknown[][]): void {
  for (const { s, e } of sheet['!merges'] ?? []) {
    for (let row = s.r; row <= e.r; row += 1) for (let column = s.c; column <= e.c; column += 1) (grid[row] ??= [])[column] = grid[s.r]?.[s.c]
  }
}

/** Accepted lines as header → text; percent cells in percent; `amount` columns still as written, with the sheet's unit in `#unit`. */
function linesOf(file: ExpectedFile): readonly Line[] {
  const book = bookOf(file.file)
  return book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name]
    if (sheet === undefined) return []
    const origin = { header: 1, blankrows: true, defval: null, range: { s: { r: 0, c: 0 }, e: xlsx.utils.decode_range(sheet['!ref'] ?? 'A1').e } } as const
    const grid = xlsx.utils.sheet_to_json<unknown[]>(sheet, { ...origin, raw: true })
    const shown = xlsx.utils.sheet_to_json<unknown[]>(sheet, { ...origin, raw: false })
    for (const [row, cells] of grid.entries()) for (const [column] of cells.entries()) if (clean(shown[row]?.[column]).endsWith('%') && typeof cells[column] === 'number') cells[column] = `${Math.round(Number(cells[column]) * 1e8) / 1e6}%`
    const first = grid.findIndex((cells) => cells.filter((cell) => clean(cell) !== '').length >= 4)
    fillMerges(sheet, grid)
    const two = clean(grid[first + 1]?.[0]) === clean(grid[first]?.[0])
    const head = (two ? grid[first + 1] : grid[first])?.map(clean) ?? []
    const unit = /单位[:：](亿元|万元)/.exec(grid.slice(0, first).flat().map(clean).join(' '))?.[1] ?? '元'
    const refused = new Set((file.refused ?? []).map(({ sheet: where, row }) => `${where ?? name}/${row}`))
    return grid.flatMap((cells, index) => {
      const start = clean(cells.find((cell) => clean(cell) !== ''))
      if (index <= (two ? first + 1 : first) || start === '' || /^(合计|小计|总计|平均|注)/.test(start) || refused.has(`${name}/${index + 1}`)) return []
      return [{ ...Object.fromEntries(head.map((key, column) => [key.replace(/[((].*$/, ''), clean(cells[column])])), '#unit': (/\((亿元|万元)\)/.exec(head.join(' '))?.[1] ?? unit) }]
    })
  })
}

const empty = /^[-—－/无]?$/
const number = (text: string | undefined): number | null => (text === undefined || empty.test(text) ? null : Number(text.replace('%', '')))
const yuan = (line: Line, key: string): number | null => {
  const value = number(line[key])
  return value === null ? null : Math.round(value * (line['#unit'] === '亿元' ? 1e8 : line['#unit'] === '万元' ? 1e4 : 1))
}
const date = (text: string | undefined): string => {
  const parts = (text ?? '').match(/\d+/g)?.map(Number) ?? []
  if (parts.length === 1) return xlsx.SSF.format('yyyy-mm-dd', parts[0] ?? 0)
  return [String(parts[0]), String(parts[1]).padStart(2, '0'), String(parts[2]).padStart(2, '0')].join('-')
}

function rowOf(kind: ReportKind, line: Line): { item: string | null; name: string | undefined; figures: RuleReport['figures'] } {
  switch (kind) {
    case 'investment': return { item: null, name: line['责任领导'], figures: { signed: number(line['签约项目']), started: number(line['开工项目']), paidIn: yuan(line, '到位资金') } }
    case 'projects': return {
      item: line['项目名称'] ?? null, name: line['责任人'],
      figures: { completionRate: number(line['投资完成率']), scheduleRate: number(line['时序进度']), completedInvestment: yuan(line, '累计完成'), plannedInvestment: yuan(line, '年度计划投资') },
    }
    case 'tasks': return { item: line['事项编号'] ?? null, name: line['责任人'], figures: { content: line['事项内容'] ?? '', dueOn: date(line['办结时限']), status: line['状态'] ?? '' } }
    case 'air': return { item: null, name: '', figures: { pm25: number(line['PM2.5月均']), rank: number(line['位次']) } }
    case 'assessment': return { item: line['考核类别'] ?? null, name: '', figures: { score: number(line['总分']), rank: number(line['位次']), grade: line['等次'] ?? '' } }
    case 'awards': return { item: line['表彰类别'] ?? null, name: '', figures: {} }
  }
}

const unitKinds: Readonly<Record<string, UnitKind>> = { 镇街: 'township', 部门: 'department', 专班: 'taskforce' }

/** Ids are the names themselves: unit = full name, official = `unit/name`. */
export type Sample = { readonly units: ReadonlyMap<string, { readonly kind: UnitKind }>; readonly heads: ReadonlyMap<string, string>; readonly reports: Readonly<Partial<Record<ReportKind, readonly RuleReport[]>>> }

export function loadSample(): Sample {
  const present = new Set(readdirSync(folder))
  const units = new Map<string, { kind: UnitKind }>()
  const alias = new Map<string, string>()
  const heads = new Map<string, string>()
  const reports: Partial<Record<ReportKind, RuleReport[]>> = {}
  for (const [version, file] of expected.files.entries()) {
    if (!present.has(file.file) || file.duplicateOf !== undefined || file.refused === undefined) continue
    for (const [index, line] of linesOf(file).entries()) {
      if (file.kind === 'units') {
        const full = line['单位名称'] ?? ''
        units.set(full, { kind: unitKinds[line['类别'] ?? ''] ?? 'department' })
        const short = line['简称'] ?? ''
        for (const name of [full, short, full.replace(/(街道办事处|镇人民政府)$/, ''), full.replace(/办事处$|人民政府$/, ''), full.replace(/^市/, ''), short.replace(/^市/, '')]) alias.set(name, full)
        continue
      }
      const unitId = alias.get(line['单位'] ?? line['镇街'] ?? line['责任单位'] ?? line['主责单位'] ?? '')
      if (unitId === undefined) throw new Error(`${file.file}: unit of line ${index}`)
      if (file.kind === 'officials') {
        if (line['是否主要负责人'] === '是') heads.set(unitId, `${unitId}/${line['姓名']}`)
        continue
      }
      const { item, name, figures } = rowOf(file.kind, line)
      const officialId = name === undefined || name === '' ? null : `${unitId}/${name}`
      ;(reports[file.kind] ??= []).push({ id: `${version}-${index}`, period: file.period ?? '', unitId, officialId, item, figures, version })
    }
  }
  return { units, heads, reports }
}
