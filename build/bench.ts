/**
 * `npm run bench [-- name …]`: every file of build/bench in a process of its own, then one table. Prints what was measured and never fails for
 * a figure: a shared machine proves nothing. Ends with 1 only when a bench crashed.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Bench, Figure } from './bench/support/figure.ts'

const script = fileURLToPath(import.meta.url)
const folder = join(import.meta.dirname, 'bench')
const marker = '\u0000figures'

async function runOne(name: string): Promise<void> {
  const { bench } = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { readonly bench: Bench }
  process.stdout.write(`${marker}${JSON.stringify(await bench())}`)
}

function figuresOf(name: string): readonly Figure[] | null {
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', script, '--one', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 })
  const at = stdout.lastIndexOf(marker)
  return status === 0 && at >= 0 ? (JSON.parse(stdout.slice(at + marker.length)) as Figure[]) : null
}

function shown(value: number, unit: Figure['unit']): string {
  return `${unit === '×' || value < 10 ? value.toFixed(2) : value.toFixed(0)} ${unit}`
}

function line({ name, figure, unit, limit, note }: Figure): string {
  const verdict = limit === null ? ['', '', 'told'] : [shown(limit, unit), `${((figure / limit) * 100).toFixed(0)} %`, figure <= limit ? 'pass' : 'FAIL']
  return `${name.padEnd(56)}${shown(figure, unit).padStart(11)}${verdict[0]!.padStart(11)}${verdict[1]!.padStart(8)}  ${verdict[2]}${note === undefined ? '' : `\n    ${note}`}`
}

function main(asked: readonly string[]): void {
  const all = readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort()
  const load = (): string => loadavg().map((value) => value.toFixed(1)).join(' ')
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, load ${load()}`)
  console.log(`${'figure'.padEnd(56)}${'measured'.padStart(11)}${'limit'.padStart(11)}${'of it'.padStart(8)}`)
  for (const name of all.filter((one) => asked.length === 0 || asked.includes(one))) {
    const figures = figuresOf(name)
    if (figures === null) process.exitCode = 1
    console.log(figures === null ? `${name}: crashed` : figures.map(line).join('\n'))
  }
  console.log(`load afterwards ${load()}`)
}

const [, , first, second] = process.argv
if (first === '--one' && second !== undefined) await runOne(second)
else main(process.argv.slice(2))
