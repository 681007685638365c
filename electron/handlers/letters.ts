/** letters.*: 函件; papers.*: what is made of the record. */
import { batches, batchResult, resumeBatch, startBatch } from '../services/letters/batch-desk.ts'
import { checkLetters, submitLetters } from '../services/letters/check.ts'
import { composeLetter, discardLetter, editLetter } from '../services/letters/compose.ts'
import { draftLetters } from '../services/letters/draft.ts'
import { letterFilesResult, letterRegister, startLetterFiles } from '../services/letters/files.ts'
import { closeLetter, deliverLetter, extendLetter, judgeReply, lettersPrinted, replyToLetter } from '../services/letters/follow-up.ts'
import { getLetter, listOfLetters } from '../services/letters/get.ts'
import { issueLetters } from '../services/letters/issue.ts'
import { issueProposals } from '../services/letters/issue-proposals.ts'
import { saveMinutes } from '../services/letters/minutes.ts'
import { letterFile, previewLetter } from '../services/letters/papers.ts'
import { askRecheck, decideRecheck } from '../services/letters/recheck.ts'
import { voidLetter } from '../services/letters/withdraw.ts'
import { dutyFile } from '../services/papers/duty-file.ts'
import { monthlyPaper } from '../services/papers/monthly.ts'
import { pdfResult, startPdf } from '../services/papers/pdf.ts'
import type { HandlersOf } from './types.ts'

export const letterHandlers: HandlersOf<'letters' | 'papers'> = {
  'letters.draft': (input, context) => draftLetters(input, context),
  'letters.compose': (input, context) => composeLetter(input, context),
  'letters.edit': (input, context) => editLetter(input, context),
  'letters.discard': (input, context) => discardLetter(input, context),
  'letters.submit': (input, context) => submitLetters(input, context),
  'letters.check': (input, context) => checkLetters(input, context),
  'letters.issue': (input, context) => issueLetters(input, context),
  'letters.issueProposals': (input, context) => issueProposals(input, context),
  'letters.batch': (input, context) => startBatch(input, context),
  'letters.batchResume': (input, context) => resumeBatch(input, context),
  'letters.batchResult': (input, context) => batchResult(input, context),
  'letters.batches': (_input, context) => batches(context),
  'letters.list': (input, context) => listOfLetters(input, context),
  'letters.get': (input, context) => getLetter(input, context),
  'letters.preview': (input, context) => previewLetter(input, context),
  'letters.file': (input, context) => letterFile(input, context),
  'letters.files': (input, context) => startLetterFiles(input, context),
  'letters.filesResult': (input, context) => letterFilesResult(input, context),
  'letters.printed': (input, context) => lettersPrinted(input, context),
  'letters.deliver': (input, context) => deliverLetter(input, context),
  'letters.extend': (input, context) => extendLetter(input, context),
  'letters.reply': (input, context) => replyToLetter(input, context),
  'letters.judge': (input, context) => judgeReply(input, context),
  'letters.close': (input, context) => closeLetter(input, context),
  'letters.minutes': (input, context) => saveMinutes(input, context),
  'letters.askRecheck': (input, context) => askRecheck(input, context),
  'letters.decideRecheck': (input, context) => decideRecheck(input, context),
  'letters.void': (input, context) => voidLetter(input, context),
  'letters.register': (input, context) => letterRegister(input, context),
  'papers.dutyFile': (input, context) => dutyFile(input, context),
  'papers.monthly': (input, context) => monthlyPaper(input, context),
  'papers.pdf': (input, context) => startPdf(input, context),
  'papers.pdfResult': (input, context) => pdfResult(input, context),
}
