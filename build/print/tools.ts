/** The programs that draw the papers for the ruler: LibreOffice, poppler, Chromium. Each may be missing; then a plain word says which. */
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pathToFileURL } from 'node:url'
import { readPpm } from './ink.ts'
import type { InkPage } from './ink.ts'

/** Dots per inch of the pages that are measured: a dot is 0.127 mm. */
export const dpi = 200

function has(command: string, flag: string): boolean {
  return spawnSync(command, [flag], { stdio: 'ignore' }).error === undefined
}

/** What is missing for measuring .docx files, or null. */
export function missingForDocx(): string | null {
  if (!has('soffice', '--version')) return 'LibreOffice (soffice) is not installed'
  if (!has('pdftoppm', '-v') || !has('pdftotext', '-v')) return 'poppler-utils (pdftoppm, pdftotext) is not installed'
  const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  if (fonts.error === undefined && fonts.stdout.trim() === '') return 'no Chinese font is installed (fonts-noto-cjk)'
  return null
}

/** All files in one run of LibreOffice, which starts slowly. PDFs stand beside the .docx files. */
export function docxToPdf(folder: string, names: readonly string[]): void {
  const files = names.map((name) => join(folder, `${name}.docx`))
  execFileSync('soffice', ['--headless', `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`, '--convert-to', 'pdf', '--outdir', folder, ...files], { stdio: 'ignore', timeout: 180_000 })
}

const systemChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const

type Browser = Awaited<ReturnType<(typeof import('playwright-core'))['chromium']['launch']>>

/** The machine's own Chromium, else the one inside the npm package; null where there is neither. */
export async function chromiumPath(): Promise<string | null> {
  const own = systemChromium.find((path) => existsSync(path))
  if (own) return own
  const { default: packed } = await import('@sparticuz/chromium')
  return packed.executablePath().catch(() => null)
}

/** A running Chromium: the machine's own, else the one inside the npm package; null with the reason where neither starts. */
export async function openChromium(): Promise<{ readonly browser: Browser } | { readonly missing: string }> {
  const { chromium } = await import('playwright-core')
  const own = systemChromium.find((path) => existsSync(path))
  try {
    if (own) return { browser: await chromium.launch({ executablePath: own, args: ['--no-sandbox'] }) }
    const { default: packed } = await import('@sparticuz/chromium')
    return { browser: await chromium.launch({ executablePath: await packed.executablePath(), args: packed.args }) }
  } catch (error) {
    return { missing: `Chromium does not start: ${String(error).split('\n')[0]}` }
  }
}

export async function htmlToPdf(folder: string, pages: ReadonlyMap<string, string>): Promise<string | null> {
  const opened = await openChromium()
  if ('missing' in opened) return opened.missing
  mkdirSync(folder, { recursive: true })
  try {
    const tab = await opened.browser.newPage()
    for (const [name, html] of pages) {
      await tab.setContent(html)
      writeFileSync(join(folder, `${name}.pdf`), await tab.pdf({ preferCSSPageSize: true, printBackground: true }))
    }
  } finally {
    await opened.browser.close()
  }
  return null
}

const run = promisify(execFile)

/**
 * The pages as pictures; `last`: no further than that page. `fine`: where thin rules are weighed, which are drawn in whole dots. Through files, one page after
 * the other: a pipe's pieces would be put together to hundreds of megabytes, and starting programs from so large a process is slow.
 */
export async function inkOf(pdf: string, last: number | null = null, fine = false): Promise<readonly InkPage[]> {
  const dots = fine ? 2 * dpi : dpi
  const folder = mkdtempSync(`${pdf}-ink-`)
  try {
    await run('pdftoppm', ['-r', String(dots), ...(last === null ? [] : ['-l', String(last)]), pdf, join(folder, 'page')])
    return readdirSync(folder).sort().flatMap((name) => readPpm(readFileSync(join(folder, name)), dots))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export type Word = { readonly page: number; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number; readonly text: string }

/** Words with their boxes in mm. */
export function wordsOf(pdf: string): readonly Word[] {
  const xml = execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  const mm = (points: string | undefined) => (Number(points) * 25.4) / 72
  return xml.split('<page ').slice(1).flatMap((page, i) =>
    [...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<\/word>/gu)].map((m): Word => ({
      page: i + 1, left: mm(m[1]), top: mm(m[2]), right: mm(m[3]), bottom: mm(m[4]), text: m[5] ?? '',
    })))
}

/** Lines of text of every page without spaces, from left to right: words whose middles are about level stand in one line. */
export function linesOf(pdf: string): readonly (readonly string[])[] {
  const words = wordsOf(pdf)
  const pages = Math.max(0, ...words.map((word) => word.page))
  return Array.from({ length: pages }, (_, i) => pageLines(words.filter((word) => word.page === i + 1)))
}

function pageLines(words: readonly Word[]): readonly string[] {
  const middle = (word: Word) => (word.top + word.bottom) / 2
  const lines: Word[][] = []
  for (const word of words.toSorted((a, b) => middle(a) - middle(b))) {
    const last = lines.at(-1)
    if (last?.[0] && middle(word) - middle(last[0]) < 2) last.push(word)
    else lines.push([word])
  }
  return lines.map((line) => line.toSorted((a, b) => a.left - b.left).map((word) => word.text).join('').replaceAll(/\s/gu, ''))
}
