/** Letters as lists and pages show them. */
import { z } from 'zod'
import { letterStates, letterTypes, recheckOutcomes, verdicts } from '../domain/letters/types.ts'
import { count, id, isoDate, isoMinute, longText, millis, shortText } from './common.ts'

export const letterType = z.enum(letterTypes)
export type LetterType = z.infer<typeof letterType>

/**
 * draft 草稿, checking 审核中, returned 退回, checked 待签发, issued 待送达 (签发, 用印), awaiting 待回复, replied 已回复 (审阅), supplement 补充说明,
 * rejected 不认可, accepted 认可 (待销号), closed 已销号, void 已撤销
 */
export const letterState = z.enum(letterStates)
export type LetterState = z.infer<typeof letterState>

export const verdict = z.enum(verdicts)
export const recheckOutcome = z.enum(recheckOutcomes)

export const letterRow = z.strictObject({
  id, type: letterType, state: letterState, number: z.string().nullable(), unitId: id, unit: z.string(), officialId: id.nullable(), official: z.string().nullable(), post: z.string().nullable(),
  matter: z.string(), cause: z.string(), issuedOn: isoDate.nullable(), issuedBy: z.string().nullable(), deliveredOn: isoDate.nullable(), replyDue: isoDate.nullable(),
  repliedOn: isoDate.nullable(), overdueDays: count, conclusion: z.string().nullable(), closedOn: isoDate.nullable(), voidReason: z.string().nullable(), draftedBy: z.string(),
  /** The day for the decision while 复核 is open; how late it is; the last decision. */
  recheckDue: isoDate.nullable(), recheckOverdueDays: count, recheckOutcome: recheckOutcome.nullable(),
})
export type LetterRow = z.infer<typeof letterRow>

export const attachmentRow = z.strictObject({ id, fileName: z.string(), mime: z.string(), size: count, missing: z.boolean() })

/** 复核: the request, and the decision once there is one. */
export const recheckRow = z.strictObject({
  id, askedOn: isoDate, askedBy: z.string(), grounds: z.string(), dueOn: isoDate, enteredBy: z.string().nullable(), scans: z.array(attachmentRow), outcome: recheckOutcome.nullable(), decidedOn: isoDate.nullable(), decidedBy: z.string().nullable(), decisionReason: z.string().nullable(),
})

/** What a person edits before issue. The paper's frame (organ, number, date, signature) comes from settings and issue. */
export const letterDraft = z.strictObject({
  type: letterType,
  title: shortText.nullable(),
  facts: z.array(z.strictObject({ heading: shortText.nullable(), text: longText, period: z.string().max(20).nullable(), source: shortText.nullable(), reportId: id.nullable() })).max(60),
  basis: longText,
  demands: z.array(longText).max(20),
  replyDays: z.int().min(0).max(250),
  contactName: shortText.nullable(),
  contactPhone: shortText.nullable(),
  attachments: z.array(shortText).max(20),
  copyTo: z.array(shortText).max(20),
  interview: z.strictObject({ at: isoMinute.nullable(), place: shortText.nullable(), talkers: shortText.nullable(), bring: shortText.nullable() }).nullable(),
  card: z.strictObject({ since: isoDate.nullable(), until: isoDate.nullable(), year: shortText.nullable(), result: shortText.nullable() }).nullable(),
  supervision: z.strictObject({ matterNumber: shortText.nullable(), source: shortText.nullable(), supportUnits: shortText.nullable(), dueOn: isoDate.nullable() }).nullable(),
  clarification: z.strictObject({ earlierNumber: shortText.nullable(), finding: longText }).nullable(),
})
export type LetterDraft = z.infer<typeof letterDraft>

/** 谈话记录. Paragraphs of `content` are questions (谈话人), answers (谈话对象) or plain words, in order; an empty `account`: nothing was added. */
export const letterMinutes = z.strictObject({
  from: isoMinute, to: isoMinute.nullable(), place: shortText.trim().min(1), talkers: z.array(shortText.trim().min(1)).min(1).max(20), recorder: shortText.trim().min(1),
  content: z.array(z.strictObject({ by: z.enum(['talker', 'person']).nullable(), text: longText.trim().min(1) })).min(1).max(400),
  account: z.array(longText.trim().min(1)).max(100), pledge: z.array(longText.trim().min(1)).max(100), followUpOn: isoDate.nullable(),
})
export type LetterMinutes = z.infer<typeof letterMinutes>

export const timelineItem = z.strictObject({ at: millis, author: z.string(), action: z.string(), note: z.string().nullable() })

/** The paper in plain text, as `render` of the terminal gives it. */
export const layoutText = z.strictObject({
  format: z.enum(['letter', 'general']), mark: z.string(), number: z.string().nullable(), title: z.string(), addressee: z.string(), body: z.array(z.string()), signature: z.string(), date: z.string().nullable(), sealed: z.boolean(),
})
