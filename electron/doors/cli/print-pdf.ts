/** HTML papers of the file desk as PDF, where a Chromium is found. */
import { execFile } from 'node:child_process'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Refused, type Terminal } from './command.ts'

const names = process.platform === 'win32' ? ['msedge.exe', 'chrome.exe'] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/** DUTYDESK_CHROMIUM, else one in the PATH; null where there is none. */
export async function findChromium(): Promise<string | null> {
  const given = process.env.DUTYDESK_CHROMIUM
  const places = given ? [given] : (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '').flatMap((dir) => names.map((name) => join(dir, name)))
  for (const place of places) if (await access(place).then(() => true, () => false)) return place
  return null
}

async function printPdf(chromium: string, html: string, out: string, dir: string): Promise<void> {
  // As root (a container) Chromium refuses its own sandbox; the page is ours and holds no script.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = ['--headless', ...root, '--disable-gpu', '--no-first-run', `--user-data-dir=${join(dir, 'profile')}`, '--no-pdf-header-footer', `--print-to-pdf=${out}`, pathToFileURL(html).href]
  try {
    await promisify(execFile)(chromium, args, { timeout: 300_000 })
    await access(out)
  } catch {
    throw new Refused({ code: 'INTERNAL', params: { what: 'chromium' } })
  }
}

/** The HTML under `token`, printed to the file `out`. INTERNAL {what: 'chromium'} when the browser fails. */
export async function downloadPdf(terminal: Terminal, token: string, out: string, chromium: string): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'dutydesk-pdf-'))
  try {
    const html = await terminal.download(token, { path: join(dir, 'letter.html') })
    await printPdf(chromium, html, out, dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
