/** PDFs of the papers that the program draws itself. */
import { z } from 'zod'
import { fileToken, jobId, started } from './common.ts'
import { defineEntry } from './define.ts'

/**
 * A PDF of an HTML paper (`letters.file` or `papers.*` with `as: 'html'`, the `pages` of a batch). Progress counts letters. Cancelled or failed (PDF_FAILED), it goes
 * on with what is missing when it is started again. NOT_FOUND {what: 'chromium'} at once where the door has no Chromium, FILE_WRONG_KIND for a file that is no such paper.
 */
export const papersPdf = defineEntry({ name: 'papers.pdf', input: z.strictObject({ file: fileToken }), output: started, access: 'session' })
export const papersPdfResult = defineEntry({ name: 'papers.pdfResult', input: z.strictObject({ job: jobId }), output: z.strictObject({ file: fileToken, name: z.string() }), access: 'session' })
