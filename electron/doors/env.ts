/** The real world of a door: clock, random bytes, machine, log. Built once per door. */
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'
import { installedFonts } from './font-folders.ts'
import { makeFolder } from './make-folder.ts'
import { programDir, type Machine } from '../policy/data-folder.ts'
import type { DemoFile } from '../rpc/demo.ts'
import type { DoorName, Env } from '../services/context.ts'

export function thisMachine(): Machine {
  return { platform: process.platform, home: homedir(), env: process.env }
}

/** `YYYY-MM-DD` of the machine's own zone. */
export function localDay(ms: number): string {
  const date = new Date(ms)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

export type EnvOptions = { readonly door: DoorName; readonly dataDir: string; readonly log: Env['log'] }

export function createEnv({ door, dataDir, log }: EnvOptions): Env {
  return { door, version: programVersion(), dataDir, machine: hostname().slice(0, 60), now: Date.now, today: () => localDay(Date.now()), random: (n) => randomBytes(n), fontNames: installedFonts, log, machineParts: machineParts(), witnessDir: join(programDir(thisMachine()), 'witness') }
}

/** The system's own id where there is one, and the name: a restored or cloned disk image in another machine differs in one of them. */
function machineParts(): readonly string[] {
  try {
    return [hostname(), readFileSync('/etc/machine-id', 'utf8').trim()]
  } catch {
    return [hostname()]
  }
}

/** Two levels up from the source (electron/doors) and from the bundle (dist/main): the program's root both times. */
export function rootDir(here: string = import.meta.dirname): string {
  return join(here, '..', '..')
}

function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(rootDir(), 'package.json'), 'utf8'))
  return (manifest as { version: string }).version
}

/** The sample workbooks in the order of their names; none where they are not installed. */
export function demoFiles(): readonly DemoFile[] {
  const dir = join(rootDir(), 'build', 'demo')
  if (!existsSync(dir)) return []
  return readdirSync(dir).filter((name) => /\.(xlsx?|csv)$/.test(name)).sort().map((name) => ({ name, bytes: readFileSync(join(dir, name)) }))
}

/** The log is cut at this size; one older part is kept. */
const maxLogBytes = 2 * 1024 * 1024

/** One JSON line an event. A log that cannot be written must not stop the work. */
export function fileLog(dir: string): Env['log'] {
  const file = join(dir, 'dutydesk.log')
  return (event, fields = {}) => {
    try {
      makeFolder(dir, 0o700)
      if (existsSync(file) && statSync(file).size > maxLogBytes) renameSync(file, `${file}.old`)
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`, { mode: 0o600 })
    } catch {
      // Nothing to tell it to.
    }
  }
}
