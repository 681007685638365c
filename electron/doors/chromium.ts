/** PDFs in the doors without Electron: by a Chromium of this machine, where one is found. Nothing is downloaded. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Env } from '../services/context.ts'

const names = process.platform === 'win32' ? ['msedge.exe', 'chrome.exe'] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/** DUTYDESK_CHROMIUM, else one in the PATH; null where there is none. */
function findChromium(): string | null {
  const given = process.env.DUTYDESK_CHROMIUM
  const places = given ? [given] : (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '').flatMap((dir) => names.map((name) => join(dir, name)))
  return places.find((place) => existsSync(place)) ?? null
}

/** For `Env`. One process a paper with a profile of its own, so that the person's own browser is left alone. */
export function pdfByChromium(chromium: string | null = findChromium()): Pick<Env, 'toPdf'> {
  if (chromium === null) return {}
  return {
    async toPdf(html, signal) {
      const dir = await mkdtemp(join(tmpdir(), 'dutydesk-pdf-'))
      try {
        const [page, out] = [join(dir, 'paper.html'), join(dir, 'paper.pdf')]
        await writeFile(page, html, { mode: 0o600 })
        // As root (a container) Chromium refuses its own sandbox; the page is ours and holds no script.
        const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
        await promisify(execFile)(chromium, ['--headless', ...root, '--disable-gpu', '--no-first-run', `--user-data-dir=${join(dir, 'profile')}`, '--no-pdf-header-footer', `--print-to-pdf=${out}`, pathToFileURL(page).href], { timeout: 300_000, signal })
        return await readFile(out)
      } finally {
        await rm(dir, { recursive: true, force: true, maxRetries: 5 })
      }
    },
  }
}
