import { beforeAll, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { allCases } from '../../build/print/cases.ts'
import { mutations } from '../../build/print/mutations.ts'
import { inFolder, measureAll, printAndMeasure, printDocx } from '../../build/print/print.ts'
import type { PrintRun } from '../../build/print/print.ts'
import type { Row } from '../../build/print/ruler.ts'
import { missingForDocx } from '../../build/print/tools.ts'

const missing = missingForDocx()
const told = (rows: readonly Row[]) => rows.map((row) => `${row.case} ${row.output} ${row.constant}: ${row.measured.toFixed(2)} instead of ${row.expected} ±${row.tolerance}`)

describe.skipIf(missing !== null)(missing === null ? 'the printed papers' : `the printed papers (skipped: ${missing})`, () => {
  let run: PrintRun = { rows: [], differences: [], skipped: [] }
  beforeAll(async () => {
    run = await printAndMeasure(allCases())
    for (const reason of run.skipped) console.warn(`HTML not measured: ${reason}`)
  }, 240_000)

  it('hold to the standard under the ruler, row by row', () => {
    expect(run.rows.length).toBeGreaterThan(600)
    expect(told(run.rows.filter((row) => !row.ok))).toEqual([])
  })

  it('have the same lines and pages as the HTML that is previewed and printed', () => expect(run.differences).toEqual([]))

  it('turn their row red where a constant of the layout is altered', async () => {
    await inFolder(async (folder) => {
      // Numbered, so that one run of LibreOffice converts all of them.
      const named = mutations.map((mutation, i) => ({ ...mutation, printed: { ...mutation.printed, name: `${i}` } }))
      expect(await printDocx(named.map((mutation) => mutation.printed), join(folder, 'docx'))).toBeNull()
      const unseen: string[] = []
      for (const { name, row, printed } of named) {
        const rows = await measureAll([printed], join(folder, 'docx'), 'docx')
        const found = rows.filter((one) => one.constant === row.name)
        if (found.every((one) => one.ok)) unseen.push(`${name}: ${told(found).join('; ') || 'no such row'}`)
      }
      expect(unseen).toEqual([])
    })
  }, 240_000)
})
