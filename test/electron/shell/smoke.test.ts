/** The real program, where its binary is on the disk: `electron .` opens the window and quits. Elsewhere it says so and is skipped. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const pathFile = join(root, 'node_modules', 'electron', 'path.txt')
const binary = existsSync(pathFile) ? join(root, 'node_modules', 'electron', 'dist', readFileSync(pathFile, 'utf8')) : null
const here = binary !== null && existsSync(binary)
if (!here) process.stderr.write('smoke test of the desktop window: skipped, Electron’s binary is not on this disk\n')

it.skipIf(!here)('starts and tells its version', { timeout: 60_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'dutydesk-smoke-'))
  try {
    const { stdout } = await promisify(execFile)(binary!, [root, '--version'], { env: { ...process.env, DUTYDESK_HOME: home } })
    expect(stdout).toMatch(/v?\d+\.\d+\.\d+/)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
