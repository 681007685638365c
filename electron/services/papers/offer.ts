/** A layout as a Word file or a page to print, on the desk. */
import type { LetterLayout } from '../../../shared/letter/layout-types.ts'
import { layoutToHtml } from '../../../shared/letter/html.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { safeFileName } from '../../../shared/text/fileName.ts'
import { layoutToDocx } from '../../documents/docx.ts'
import { attemptAsync } from '../../store/attempt-async.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'

export function offerLayout(layout: LetterLayout, stem: string, as: 'docx' | 'html', { files }: OpenContext): Promise<Result<{ file: string; name: string }>> {
  return attemptAsync(async () => {
    const name = safeFileName(stem, as)
    const bytes = as === 'html' ? new TextEncoder().encode(layoutToHtml(layout)) : await layoutToDocx(layout)
    return ok({ file: files.offer({ name, mime: mimeOf(name), bytes }), name })
  })
}
