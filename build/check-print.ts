/** `npm run check:print`: every paper under the ruler, as .docx and as the HTML's PDF. Exit code 1 where a row is red or the outputs differ. */
import { allCases } from './print/cases.ts'
import { printAndMeasure } from './print/print.ts'
import type { Row } from './print/ruler.ts'

function line(row: Row): string {
  const number = (value: number) => (Number.isNaN(value) ? '—' : value.toFixed(2)).padStart(7)
  return `${row.ok ? 'ok ' : 'RED'} ${row.case.padEnd(16)} ${row.output.padEnd(4)} ${number(row.expected)} ±${row.tolerance.toFixed(2)} ${number(row.measured)}  ${row.constant}（${row.clause}）`
}

const onlyRed = process.argv.includes('--red')
const { rows, differences, skipped } = await printAndMeasure(allCases())
for (const reason of skipped) console.log(`skipped: ${reason}`)
for (const row of rows) if (!onlyRed || !row.ok) console.log(line(row))
for (const one of differences) console.log(`DIFFERENT ${one}`)
const red = rows.filter((row) => !row.ok).length
console.log(`${rows.length - red} rows green, ${red} red, ${differences.length} papers with different lines`)
process.exitCode = red + differences.length > 0 ? 1 : 0
