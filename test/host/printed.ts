/** The page that the program prints in a browser, made a PDF by the same Chromium, and read back with poppler. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { linesOf } from '../../build/print/tools.ts'

/** Why a PDF cannot be read back on this machine, or null. */
export function missingForPdf(): string | null {
  return spawnSync('pdftotext', ['-v'], { stdio: 'ignore' }).error === undefined ? null : 'poppler-utils (pdftotext) is not installed: the text of the printed PDF is not read back'
}

export type PrintedFrame = { readonly html: string; readonly boxes: readonly string[] }

/** The document in the frame that is printed, and where each of its lines lies: as text and tenths of a pixel. */
export async function printedFrame(page: Page): Promise<PrintedFrame> {
  return page.evaluate(() => {
    const frame = document.querySelector<HTMLIFrameElement>('.print-frame')
    const found = frame?.contentDocument
    if (!frame || !found) throw new Error('nothing was printed')
    const boxes = [...found.querySelectorAll('.page')].flatMap((sheet, number) => {
      const origin = sheet.getBoundingClientRect()
      return [...sheet.querySelectorAll('.l')].map((line) => {
        const box = line.getBoundingClientRect()
        return [number + 1, ...[box.left - origin.left, box.top - origin.top, box.width, box.height].map((value) => Math.round(value * 10)), line.textContent].join(' ')
      })
    })
    return { html: frame.srcdoc, boxes }
  })
}

/** That document in a page of its own, printed to `file`. The boxes are those of the page that was printed: the frame's own, if nothing was lost on the way. */
export async function frameToPdf(page: Page, { html }: PrintedFrame, file: string): Promise<readonly string[]> {
  const tab = await page.context().newPage()
  try {
    await tab.setContent('<!doctype html><title>-</title>')
    await tab.evaluate((document_) => new Promise<void>((resolve) => {
      const frame = document.createElement('iframe')
      frame.className = 'print-frame'
      frame.addEventListener('load', () => resolve(), { once: true })
      frame.srcdoc = document_
      document.body.append(frame)
    }), html)
    const { boxes } = await printedFrame(tab)
    await tab.setContent(html)
    writeFileSync(file, await tab.pdf({ preferCSSPageSize: true, printBackground: true }))
    return boxes
  } finally {
    await tab.close()
  }
}

/** Lines of every page of a PDF in `folder`, without spaces. */
export const pdfLines = (folder: string, name: string): readonly (readonly string[])[] => linesOf(join(folder, `${name}.pdf`))
