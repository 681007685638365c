/** 复核 of an issued letter: asked for by the addressee, decided by somebody else. */
import { z } from 'zod'
import { fileToken, id, isoDate, longText, reason, shortText } from './common.ts'
import { defineEntry } from './define.ts'
import { letterRow, recheckOutcome } from './letter-schemas.ts'

/** `id`: the letter; `askedBy`: who asks, as written in the request; `grounds` 理由. RECHECK_LATE {last} behind the last day that the paper gives. */
export const lettersAskRecheck = defineEntry({
  name: 'letters.askRecheck',
  input: z.strictObject({ id, askedOn: isoDate, askedBy: shortText.trim().min(1), grounds: longText.trim().min(1), scans: z.array(fileToken).max(40) }),
  output: letterRow,
  access: ['enter', 'check', 'issue'],
})
/** Of the open request of letter `id`. 撤销 withdraws the letter in the same step, so only who signs letters may decide; RECHECK_OWN for those who made this one. */
export const lettersDecideRecheck = defineEntry({
  name: 'letters.decideRecheck',
  input: z.strictObject({ id, on: isoDate, outcome: recheckOutcome, reason }),
  output: letterRow,
  access: ['issue'],
})
