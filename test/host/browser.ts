/** The real program behind the browser door, and a real Chromium in front of it. The Chromium comes out of an npm package; nothing is downloaded. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import { startLoopback } from '../../electron/doors/start-loopback.ts'
import type { Env } from '../../electron/services/context.ts'
import { keyCost } from './store.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** DUTYDESK_CHROMIUM names another one (to look at a failing test with one's own browser). */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.DUTYDESK_CHROMIUM
  if (own) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] })
  const { default: packed } = await import('@sparticuz/chromium')
  // Not the package's own arguments: they switch the web's security off, and the door would be tested against a browser that nobody has.
  return chromium.launch({ executablePath: await packed.executablePath(), args: ['--no-sandbox', '--disable-gpu'] })
}

export type Program = { readonly url: () => string; readonly origin: string; readonly dataDir: string; readonly close: () => Promise<void> }

/** A program with a data folder of its own, or with the one at `dataDir`, which the caller made and removes. `change`: a fixed day for the dates on the papers. */
export async function startProgram(change: (env: Env) => Env = (env) => env, dataDir?: string): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'dutydesk-browser-'))
  return programAt(dataDir ?? join(folder, 'data'), folder, change)
}

async function programAt(dataDir: string, folder: string, change: (env: Env) => Env): Promise<Program> {
  const door = await startLoopback({ root, dataDir, change: (env) => change({ ...env, keyCost }) })
  return {
    url: () => door.newUrl(), origin: door.origin, dataDir,
    async close() {
      await door.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A page of 1366 × 768, the smallest screen; what the page complains about is collected. Without movements: a dialog that still grows on a busy machine moves away between the press and the release of the button. */
export async function openPage(browser: Browser, program: Program, options: { readonly dark?: boolean } = {}): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', acceptDownloads: true, reducedMotion: 'reduce', colorScheme: options.dark === true ? 'dark' : 'light' })
  const page = await context.newPage()
  page.setDefaultTimeout(Number(process.env.DUTYDESK_BROWSER_MS ?? 60_000))
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(program.url())
  return { page, complaints }
}

/** Opens a list of choices and takes one. On a busy machine the list may be placed anew, or closed, between the look and the press: it is opened again. */
export async function pick(page: Page, box: Locator, choice: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await box.click()
    const option = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: new RegExp(`^${choice}$`, 'u') }).last()
    const chosen = await option.click({ timeout: 5_000 }).then(() => true, () => false)
    if (chosen) return
    if (tries === 6) throw new Error(`cannot be chosen: ${choice}`)
    await page.keyboard.press('Escape')
  }
}
