/** A Word file of the desk as a page to look at, for papers that the office's own template makes. To look at only: lines and pages are Word's to break. */
import { escapeHtml } from '../../shared/letter/html.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { call } from './client.ts'
import { readFile } from './files.ts'

const look = 'html,body{margin:0;background:#e8e8e8}section.docx{margin:0 auto 5mm;background:#fff;box-sizing:border-box;overflow:hidden}'

/** Reads the file under `token`, drops it, and draws it. FILE_DAMAGED where it is no Word file that can be drawn. */
export async function wordPage(token: string): Promise<Result<string>> {
  const parts = await readFile(token)
  await call('files.drop', { token })
  if (!parts.ok) return parts
  // Large, and needed only by offices that have a template of their own.
  const { renderAsync } = await import('docx-preview')
  const [body, styles] = [document.createElement('div'), document.createElement('div')]
  try {
    // Never put into this page: what is drawn goes as text into a frame without scripts. Nothing is fetched and no other document is opened inside it.
    await renderAsync(new Blob([...parts.value]), body, styles, { inWrapper: false, useBase64URL: true, renderAltChunks: false, renderComments: false, renderChanges: false, ignoreLastRenderedPageBreak: false })
  } catch {
    return err('FILE_DAMAGED')
  }
  // A name in the file must not end the style sheet.
  const sheets = [...styles.querySelectorAll('style')].map((sheet) => `<style>${sheet.textContent.replaceAll('<', '\\3c ')}</style>`).join('')
  const title = escapeHtml(body.textContent.slice(0, 40))
  return ok(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>${sheets}<style>${look}</style></head><body>${body.innerHTML}</body></html>`)
}
