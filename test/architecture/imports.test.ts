import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { entryNames } from '../../shared/contract/entries.ts'
import { breachOf, holdsSql } from './rules.ts'
import { importsOf, projectFiles, root } from './sources.ts'

const files = projectFiles()
const code = files.filter((path) => /\.(ts|tsx)$/.test(path) && /^(shared|electron|renderer|build|test)\//.test(path))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('who may import whom', () => {
  it('every import keeps to it', () => {
    const imports = code.flatMap((path) => importsOf(path))
    expect(imports.length).toBeGreaterThan(300)
    const breaches = imports.flatMap((one) => {
      const why = breachOf(one)
      return why === null ? [] : [`${one.from} → ${one.to}: ${why}`]
    })
    expect(breaches).toEqual([])
  })

  it('every relative import names an existing file with its ending', () => {
    const known = new Set(files)
    const missing = code.flatMap((path) => importsOf(path).filter(({ to }) => /^(shared|electron|renderer|build|test)\//.test(to) && !known.has(to)).map(({ to }) => `${path} → ${to}`))
    expect(missing).toEqual([])
  })

  it('finds each kind of breach', () => {
    const breach = (from: string, line: string): string | null => importsOf(from, line).map(breachOf).find((why) => why !== null) ?? null
    expect(breach('shared/domain/a.ts', `import { b } from '../../electron/store/b.ts'`)).toMatch(/shared imports/)
    expect(breach('shared/domain/a.ts', `import dayjs from 'dayjs'`)).toMatch(/shared imports/)
    expect(breach('renderer/api/a.ts', `import type { B } from '../../electron/services/b.ts'`)).toMatch(/renderer imports/)
    expect(breach('renderer/api/a.ts', `import { readFile } from 'node:fs'`)).toMatch(/renderer imports/)
    expect(breach('electron/services/a.ts', `import { b } from '../../renderer/text/b.ts'`)).toMatch(/electron imports/)
    expect(breach('electron/services/a.ts', `const fs = await import('node:fs/promises')`)).toMatch(/node:fs/)
    expect(breach('electron/services/a.ts', `import {\n  app,\n} from 'electron'`)).toMatch(/only shell/)
    expect(breach('electron/policy/a.ts', `import type { WebPreferences } from 'electron'`)).toMatch(/only shell/)
    expect(breach('electron/handlers/a.ts', `import { b } from '../store/queries/b.ts'`)).toMatch(/handlers may not/)
    expect(breach('electron/store/a.ts', `export { b } from '../services/b.ts'`)).toMatch(/store may not/)
    expect(breach('electron/services/a.ts', `import { registry } from '../jobs/registry.ts'`)).toMatch(/registry/)
    expect(breach('electron/services/a.ts', `import Database from 'better-sqlite3'`)).toMatch(/database/)
    expect(breach('electron/services/a.ts', `import { b } from '../store/b.ts'`)).toBeNull()
    expect(holdsSql('db.all(`SELECT a FROM b`)')).toBe(true)
    expect(holdsSql('db.prepare(text)')).toBe(true)
    expect(holdsSql("const text = '从表中选择'")).toBe(false)
  })

  it('SQL stands in the store only', () => {
    expect(code.filter((path) => /^(electron|shared|renderer)\//.test(path) && !path.startsWith('electron/store/') && holdsSql(read(path)))).toEqual([])
  })
})

describe('files and folders', () => {
  it('no file is longer than 300 lines', () => {
    expect(code.map((path) => ({ path, lines: read(path).split('\n').length - 1 })).filter(({ lines }) => lines > 300)).toEqual([])
  })

  it('the top level holds what the architecture names, and nothing else', () => {
    const allowed = new Set(['electron', 'shared', 'renderer', 'build', 'test', 'package.json', 'package-lock.json', 'tsconfig.json', 'electron-builder.yml', 'README.md', 'LICENSE'])
    const top = [...new Set(files.map((path) => path.split('/')[0]!))]
    expect(top.filter((name) => !name.startsWith('.') && !allowed.has(name))).toEqual([])
  })

  it('every folder of the first two levels has a README of 3 to 15 lines', () => {
    const folders = new Set<string>()
    for (const path of files) {
      const parts = path.split('/')
      if (parts[0]!.startsWith('.')) continue
      for (let depth = 1; depth < Math.min(parts.length, 3); depth++) folders.add(parts.slice(0, depth).join('/'))
    }
    const wrong = [...folders].flatMap((folder) => {
      const readme = `${folder}/README.md`
      if (!files.includes(readme)) return [`${readme} is missing`]
      const lines = read(readme).trimEnd().split('\n').length
      return lines < 3 || lines > 15 ? [`${readme} has ${lines} lines`] : []
    })
    expect(wrong).toEqual([])
  })

  it('the main file of the desktop program stays small', () => {
    expect(read('electron/main.ts').split('\n').length).toBeLessThanOrEqual(151)
  })

  it('names each entry once, by area and verb', () => {
    expect(new Set(entryNames).size).toBe(entryNames.length)
    for (const name of entryNames) expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]*$/)
  })
})
