/** Who may import whom (the architecture's own rules), as functions from one import to its breach. */
import type { Import } from './sources.ts'

const within = (path: string, ...places: readonly string[]): boolean => places.some((place) => path === place || path.startsWith(place.endsWith('/') ? place : `${place}/`))
const isFile = (to: string): boolean => within(to, 'shared', 'renderer', 'electron', 'build', 'test')
const isPackage = (to: string): boolean => !isFile(to) && !to.startsWith('node:') && !to.startsWith('..')

const fsPlaces = ['electron/store', 'electron/services/exchange', 'electron/services/backup', 'electron/jobs', 'electron/doors', 'electron/shell'] as const
/** Both composition roots put the parts together; policy is pure and may be asked by whoever decides. */
const below: Readonly<Record<string, readonly string[]>> = {
  'electron/policy': ['electron/policy'],
  'electron/store': ['electron/store'],
  'electron/documents': ['electron/documents'],
  'electron/spreadsheets': ['electron/spreadsheets'],
  'electron/services': ['electron/services', 'electron/store', 'electron/documents', 'electron/spreadsheets', 'electron/jobs'],
  'electron/handlers': ['electron/handlers', 'electron/services'],
  'electron/rpc': ['electron/rpc', 'electron/handlers', 'electron/services'],
  'electron/jobs': ['electron/jobs', 'electron/services', 'electron/store', 'electron/documents', 'electron/spreadsheets'],
  'electron/doors': ['electron/doors', 'electron/rpc', 'electron/policy', 'electron/services'],
  'electron/shell': ['electron/shell', 'electron/rpc', 'electron/policy', 'electron/services'],
}

/** One sentence when the import breaks a rule, else null. */
export function breachOf({ from, to, typeOnly }: Import): string | null {
  if (to === 'electron' && !within(from, 'electron/shell', 'electron/main.ts', 'electron/preload.ts', 'test')) return 'only shell/, main.ts and preload.ts import electron'
  if (within(from, 'shared')) return within(to, 'shared') || to === 'zod' ? null : 'shared imports itself and zod only'
  if (within(from, 'renderer')) return within(to, 'renderer', 'shared') || isPackage(to) ? null : 'renderer imports renderer, shared and packages'
  if (!within(from, 'electron')) return null
  if (isFile(to) && !within(to, 'electron', 'shared')) return 'electron imports electron and shared'
  if (/^node:fs(\/|$)/.test(to) && !within(from, ...fsPlaces)) return 'node:fs belongs to store, exchange, backup, jobs, doors and shell'
  if (to === 'better-sqlite3' && !within(from, 'electron/store')) return 'the database belongs to store'
  if (!to.startsWith('electron/')) return null
  return layerBreach(from, to, typeOnly)
}

function layerBreach(from: string, to: string, typeOnly: boolean): string | null {
  const layer = Object.keys(below).find((place) => within(from, place))
  if (layer === undefined) return null
  if (below[layer]!.some((place) => within(to, place))) {
    // The registry loads every job: a service that imported it would load them all into the window's thread.
    return to === 'electron/jobs/registry.ts' && from !== 'electron/jobs/worker.ts' ? 'only worker.ts imports the registry of jobs' : null
  }
  return typeOnly && layer === 'electron/handlers' ? null : `${layer} may not import ${to.split('/').slice(0, 2).join('/')}`
}

/** SQL words that make a statement, in a string of the code. */
const sql = /['"`]\s*(SELECT\s[\s\S]*?\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|VIRTUAL)|DROP\s+TABLE|PRAGMA)\b/

export function holdsSql(text: string): boolean {
  return sql.test(text) || /\.(prepare|pragma)\(/.test(text)
}
