/** How long our reader takes for 100,000 investment rows, against the library alone; each run in a fresh process. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { read, utils, write } from '@e965/xlsx'
import { readRows, readWorkbook } from '../../electron/spreadsheets/read.ts'
import type { Figure } from './support/figure.ts'

export type ReaderBench = {
  readonly rows: number
  readonly oursMs: number
  readonly libraryMs: number
  /** Ours by the library's: below 1 is faster. */
  readonly ratio: number
  readonly oursPeakMb: number
  readonly libraryPeakMb: number
}

const ROWS = 100_000
const RUNS = 3
const HEADER = ['序号', '镇街', '责任领导', '全年任务(个)', '在谈项目', '签约项目', '签约额', '开工项目', '到位资金', '完成率(%)', '位次', '备注']

/** An investment bulletin as a department would send it, with texts in a shared table as Excel writes them. */
export function investmentWorkbook(rows: number = ROWS): Uint8Array {
  const lines: (string | number)[][] = [['2026年6月份全市双招双引工作情况通报'], ['单位:亿元'], HEADER]
  for (let i = 1; i <= rows; i += 1) {
    const figures = [8 + (i % 5), i % 7, i % 6, ((i * 37) % 9_000) / 100, i % 4, ((i * 53) % 70_000) / 10_000, ((i * 7) % 1_000) / 10]
    lines.push([i, `单位${i % 400}街道`, `责任人${i % 3_000}`, ...figures, (i % 21) + 1, i % 3 === 0 ? `第${i}项已签约，正在办理用地手续` : ''])
  }
  const book = utils.book_new(utils.aoa_to_sheet(lines, { dense: true }), '招商引资')
  return write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Uint8Array
}

export async function bench(): Promise<Figure[]> {
  const found = await benchReader()
  const note = `${found.oursMs} ms / ${found.libraryMs} ms; ${found.rows} rows`
  return [
    { name: 'reader / library, 100,000 rows', figure: found.ratio, unit: '×', limit: 1, note },
    { name: 'reader: peak memory', figure: found.oursPeakMb, unit: 'MB', limit: 600, note: `library ${found.libraryPeakMb} MB` },
  ]
}

export async function benchReader(): Promise<ReaderBench> {
  const folder = mkdtempSync(join(tmpdir(), 'dutydesk-bench-'))
  try {
    const file = join(folder, 'investment.xlsx')
    writeFileSync(file, investmentWorkbook())
    const ours = measure('ours', file)
    const library = measure('library', file)
    return { rows: ours.rows, oursMs: ours.ms, libraryMs: library.ms, ratio: ours.ms / library.ms, oursPeakMb: ours.peakMb, libraryPeakMb: library.peakMb }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Run = { readonly rows: number; readonly ms: number; readonly peakMb: number }

/** The run of median time. */
function measure(reader: string, file: string): Run {
  const script = fileURLToPath(import.meta.url)
  const runs = Array.from({ length: RUNS }, () => JSON.parse(execFileSync(process.execPath, [script, reader, file], { encoding: 'utf8' })) as Run)
  const middle = runs.sort((a, b) => a.ms - b.ms)[Math.floor(RUNS / 2)]
  if (middle === undefined) throw new Error('no run')
  return middle
}

function rowsBy(reader: string, bytes: Uint8Array): number {
  switch (reader) {
    case 'ours': return readWorkbook(bytes, 'investment.xlsx').sheets[0]?.rows.length ?? 0
    case 'stream': {
      let rows = 0
      readRows(bytes, 'investment.xlsx', {}, { sheet: () => {}, row: () => (rows += 1) })
      return rows
    }
    default: {
      const sheet = Object.values(read(bytes, { type: 'buffer', dense: true }).Sheets)[0]
      return sheet === undefined ? 0 : utils.sheet_to_json(sheet, { header: 1 }).length
    }
  }
}

const [, script, reader, file] = process.argv
if (script === fileURLToPath(import.meta.url) && reader !== undefined && file !== undefined) {
  const bytes = readFileSync(file)
  const start = performance.now()
  const rows = rowsBy(reader, bytes)
  const ms = Math.round(performance.now() - start)
  process.stdout.write(JSON.stringify({ rows, ms, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }))
}
