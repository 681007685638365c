/** The packing file is one that the packer understands, and says what the code says. No Electron is needed for that. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fuses } from '../../electron/policy/fuses.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(import.meta.url)
const { load } = require('js-yaml') as { load: (text: string) => unknown }
const config = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>

type Validate = (config: unknown, logger: { add: (key: string, value: unknown) => void; isEnabled: boolean }) => Promise<void>
const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as { validateConfiguration: Validate }
const logger = { add: () => {}, isEnabled: false }

test('the packer’s own validator takes the file, and not one with a wrong word', async () => {
  await expect(validateConfiguration(config, logger)).resolves.toBeUndefined()
  await expect(validateConfiguration({ ...config, asarr: true }, logger)).rejects.toThrow(/asarr/)
})

test('the fuses are those that the code decided, and the driver is never compiled', () => {
  expect(config['electronFuses']).toEqual(fuses)
  expect(config['npmRebuild']).toBe(false)
})

test('what is packed exists, and the program’s entry is among it', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
  expect(manifest.main.startsWith('dist/main/')).toBe(true)
  for (const path of ['build/icon.png', 'build/demo', 'node_modules/better-sqlite3/package.json']) expect(existsSync(join(root, path))).toBe(true)
  expect(config['files']).toContain('dist/main/**')
})
