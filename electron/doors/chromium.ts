/** PDFs in the doors without Electron: by a Chromium of this machine, where one is found. Nothing is downloaded. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Env } from '../services/context.ts'
import { withChromium, type DevTools } from './devtools-pipe.ts'

const names = process.platform === 'win32' ? ['msedge.exe', 'chrome.exe'] : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/** DUTYDESK_CHROMIUM, else one in the PATH; null where there is none. */
function findChromium(): string | null {
  const given = process.env.DUTYDESK_CHROMIUM
  const places = given ? [given] : (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '').flatMap((dir) => names.map((name) => join(dir, name)))
  return places.find((place) => existsSync(place)) ?? null
}

/** The program works without a network, and what it starts asks for none. */
const silent = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-domain-reliability']

/** As root (a container) Chromium refuses its own sandbox; the page is ours and holds no script. */
const flags = (profile: string): readonly string[] => ['--headless', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--disable-extensions', ...silent, `--user-data-dir=${profile}`]

/** For `Env`. A process with a profile of its own, so that the person's own browser is left alone. */
export function pdfByChromium(chromium: string | null = findChromium()): Pick<Env, 'withPdf'> {
  if (chromium === null) return {}
  return {
    async withPdf(signal, work) {
      const dir = await mkdtemp(join(tmpdir(), 'dutydesk-pdf-'))
      try {
        await withChromium(chromium, flags(join(dir, 'profile')), signal, async (tools) => {
          const tab = await openTab(tools)
          let last = 0
          await work(async (html) => {
            const page = join(dir, `paper-${(last += 1)}.html`)
            await writeFile(page, html, { mode: 0o600 })
            return printPage(tools, tab, pathToFileURL(page).href)
          })
        })
      } finally {
        await rm(dir, { recursive: true, force: true, maxRetries: 5 })
      }
    },
  }
}

async function openTab({ send }: DevTools): Promise<string> {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
  const tab = String((await send('Target.attachToTarget', { targetId, flatten: true }))['sessionId'])
  await send('Emulation.setScriptExecutionDisabled', { value: true }, tab)
  await send('Page.enable', {}, tab)
  return tab
}

/** The page's own @page size counts (A3 registers). Without tags, as Electron does: a joined file has none, and they cost a third of the time and half of the bytes. */
async function printPage({ send, event }: DevTools, tab: string, url: string): Promise<Uint8Array> {
  await Promise.all([event('Page.loadEventFired'), send('Page.navigate', { url }, tab)])
  const { data } = await send('Page.printToPDF', { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: false }, tab)
  return Buffer.from(String(data), 'base64')
}
