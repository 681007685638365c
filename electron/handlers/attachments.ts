/** attachments.*: scans of replies. */
import { attachmentFile } from '../services/letters/files.ts'
import type { HandlersOf } from './types.ts'

export const attachmentHandlers: HandlersOf<'attachments'> = {
  'attachments.file': (input, context) => attachmentFile(input, context),
}
