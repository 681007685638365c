import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportDone } from '../../../../electron/services/bulletins/import-file.ts'
import { readWorkbook } from '../../../../electron/spreadsheets/read.ts'
import { reportPage } from '../../../../electron/store/queries/reports.ts'
import { importSample, makeOffice, type Office } from '../../../host/office.ts'
import { sampleDir, sampleFiles } from '../../../host/sample.ts'

type Expected = { file: string; kind?: string; period?: string | null; accepted?: number; skipped?: number; refused?: { sheet: string | null; row: number; codes: string[] }[]; duplicateOf?: string }
const expected = (JSON.parse(readFileSync(`${sampleDir}expected.json`, 'utf8')) as { files: Expected[] }).files

let office: Office
let done: ImportDone[]
beforeAll(async () => {
  office = await makeOffice()
  done = importSample(office)
})
afterAll(() => office.close())

test('the sample year imported in name order gives exactly the expected rows', () => {
  const got = done.map(({ report }) => (report.duplicateOf
    ? { file: report.file, duplicateOf: report.duplicateOf.file }
    : { file: report.file, kind: report.kind, period: report.period, accepted: report.accepted, skipped: report.skipped, refused: report.refused.map(({ sheet, row, codes }) => ({ sheet, row, codes })) }))
  const sorted = (files: Expected[]): Expected[] => files.map((file) => (file.refused ? { ...file, refused: file.refused.map((row) => ({ ...row, codes: [...row.codes].sort() })) } : file))
  expect(sorted(got)).toEqual(sorted(expected))
})

test('every refused row comes back in a copy of its workbook, at its row, with the reason', () => {
  for (const { report, errors } of done) {
    expect(errors !== null).toBe(report.refused.length > 0)
    if (!errors) continue
    const copy = readWorkbook(errors.bytes, errors.name)
    for (const refused of report.refused) {
      const row = copy.sheets.find((sheet) => sheet.name === refused.sheet)?.rows.find((one) => one.row === refused.row)
      const last = row?.cells.at(-1)
      expect(last).toMatchObject({ type: 'text', text: refused.cells.map((cell) => cell.reason).join('；') })
    }
  }
})

test('every report names its file, sheet and row; what is stored is what verify rebuilds', () => {
  const { store } = office.folder
  const stored = expected.filter((file) => file.kind && !['units', 'officials'].includes(file.kind)).reduce((sum, file) => sum + (file.accepted ?? 0), 0)
  const page = store.read((db) => reportPage(db, {}, 'asc', null, 500))
  // The corrected month supersedes its 21 rows.
  expect(page.total).toBe(stored - 21)
  for (const row of page.items) {
    expect(row.bulletinId).not.toBeNull()
    expect(row.sheetRow).toBeGreaterThan(1)
  }
  expect(store.verify()).toEqual({ ok: true, problems: [] })
})

test('the correction stands over the month it corrects and keeps it', () => {
  const report = done[sampleFiles.findIndex((name) => name.startsWith('14'))]?.report
  expect(report?.correctionOf).toMatchObject({ file: '13-2026年6月生态环境通报.xlsx', added: 0, absent: 0 })
  expect((report?.correctionOf?.changed ?? 0) + (report?.correctionOf?.equal ?? 0)).toBe(21)
  const rows = office.folder.store.read((db) => reportPage(db, { kind: 'air', period: '2026-06' }, 'asc', null, 100))
  expect(rows.items.map((row) => row.version)).toEqual(Array.from({ length: 21 }, () => 2))
})
