/** The real program, where its binary and the build are on the disk: the window opens and shows the first-run screen. Elsewhere it says so and is skipped. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const pathFile = join(root, 'node_modules', 'electron', 'path.txt')
const binary = existsSync(pathFile) ? join(root, 'node_modules', 'electron', 'dist', readFileSync(pathFile, 'utf8')) : null
const here = binary !== null && existsSync(binary) && existsSync(join(root, 'dist', 'main', 'main.js'))
if (!here) process.stderr.write('smoke test of the desktop window: skipped, Electron’s binary or the build is not on this disk\n')

it.skipIf(!here)('opens its window on the first-run screen, with the bridge and without Node', async () => {
  const home = mkdtempSync(join(tmpdir(), 'dutydesk-smoke-'))
  const program = await _electron.launch({ executablePath: binary!, args: [root], env: { ...process.env, DUTYDESK_HOME: home } as Record<string, string> })
  try {
    const page = await program.firstWindow()
    await page.waitForFunction(() => document.getElementById('root')?.hasChildNodes() === true)
    expect(await page.title()).toBe('督查台')
    expect(await page.evaluate(() => [window.dutydesk?.door, typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')])).toEqual(['desktop', 'undefined', 'undefined'])
  } finally {
    await program.close()
    rmSync(home, { recursive: true, force: true })
  }
})
