/** The sources as the architecture tests see them: tracked and new files, with the imports of each. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** Every file that git knows or would take, relative to the root, with forward slashes. */
export function projectFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return list.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
}

export type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean }

const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** `to` is a path in the project for a relative import, else the package or builtin as written. */
export function importsOf(path: string, text = readFileSync(join(root, path), 'utf8')): Import[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  const found: Import[] = []
  for (const match of code.matchAll(statement)) found.push({ from: path, to: target(path, match[2]!), typeOnly: match[1] !== undefined })
  for (const match of code.matchAll(dynamic)) found.push({ from: path, to: target(path, match[1]!), typeOnly: false })
  return found
}

function target(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(from), specifier)) : specifier
}
