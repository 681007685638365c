/** 函件: draft → check → issue → serve → reply → judge → close, and the side exits. */
import { z } from 'zod'
import { letterActions } from '../domain/letters/types.ts'
import { count, direction, fileToken, id, isoDate, isoMinute, jobId, longText, nothing, pageOf, paging, query, reason, shortText, started } from './common.ts'
import { defineEntry } from './define.ts'
import { attachmentRow, layoutText, letterDraft, letterMinutes, letterRow, letterState, letterType, recheckRow, timelineItem, verdict } from './letter-schemas.ts'
import { proposalRow } from './proposals.ts'

/** Accepts proposals: those of one official and matter become one draft; 黄牌 + 约谈 become two. `override` names why the burden guard is set aside. */
export const lettersDraft = defineEntry({
  name: 'letters.draft',
  input: z.strictObject({ proposalIds: z.array(id).min(1).max(500), override: reason.nullish() }),
  output: z.strictObject({
    letters: z.array(letterRow),
    refused: z.array(z.strictObject({ proposalId: id, code: z.string(), params: z.record(z.string(), z.unknown()) })),
  }),
  access: ['enter', 'check', 'issue'],
})
/** A letter without a proposal (or a 澄清函 about an earlier letter). */
export const lettersCompose = defineEntry({
  name: 'letters.compose',
  input: z.strictObject({ type: letterType, unitId: id, officialId: id.nullable(), matter: shortText.min(2), cause: shortText.min(2), draft: letterDraft, earlierLetterId: id.nullable(), stepReason: reason.nullish() }),
  output: letterRow,
  access: ['enter', 'check', 'issue'],
})
export const lettersEdit = defineEntry({
  name: 'letters.edit',
  input: z.strictObject({ id, draft: letterDraft, officialId: id.nullish(), stepReason: reason.nullish() }),
  output: letterRow,
  access: ['enter', 'check', 'issue'],
})
/** A draft that was never issued can go; its proposals are open again. */
export const lettersDiscard = defineEntry({ name: 'letters.discard', input: z.strictObject({ id, reason }), output: nothing, access: ['enter', 'check', 'issue'] })
export const lettersSubmit = defineEntry({ name: 'letters.submit', input: z.strictObject({ ids: z.array(id).min(1).max(500) }), output: z.array(letterRow), access: ['enter', 'check', 'issue'] })
export const lettersCheck = defineEntry({
  name: 'letters.check',
  input: z.strictObject({ ids: z.array(id).min(1).max(500), pass: z.boolean(), note: longText.nullish() }),
  output: z.array(letterRow),
  access: ['check'],
})
/** Takes the numbers and issues; the papers are written in the same step. All or none. */
export const lettersIssue = defineEntry({
  name: 'letters.issue',
  input: z.strictObject({ ids: z.array(id).min(1).max(500), date: isoDate }),
  output: z.strictObject({ letters: z.array(letterRow) }),
  access: ['issue'],
})
/**
 * One step for offices with one account (or a signer who does all): proposals → drafts → check → issue.
 * Goes through the same rules; what cannot be issued is refused with its reason and the others are issued.
 */
export const lettersIssueProposals = defineEntry({
  name: 'letters.issueProposals',
  input: z.strictObject({ proposalIds: z.array(id).min(1).max(2_000), date: isoDate, override: reason.nullish() }),
  output: z.strictObject({
    letters: z.array(letterRow.extend({ proposalIds: z.array(id) })),
    refused: z.array(z.strictObject({ proposalId: id, code: z.string(), params: z.record(z.string(), z.unknown()) })),
  }),
  access: ['issue'],
})

export const letterSort = z.enum(['number', 'issuedOn', 'replyDue', 'unit', 'official', 'state', 'created'])
export const lettersList = defineEntry({
  name: 'letters.list',
  input: z.strictObject({
    ...paging, state: letterState.nullish(), states: z.array(letterState).max(12).nullish(), type: letterType.nullish(), overdue: z.boolean().nullish(), recheck: z.boolean().nullish(), unitId: id.nullish(), officialId: id.nullish(), year: z.int().nullish(), query: query.nullish(),
    sort: letterSort.default('created'), direction: direction.default('desc'),
  }),
  output: pageOf(letterRow),
  access: 'session',
})
const delivery = z.strictObject({ id, deliveredAt: isoMinute, receiver: z.string(), relation: z.string().nullable(), method: z.string().nullable(), place: z.string().nullable(), server: z.string().nullable(), note: z.string().nullable() })
const reply = z.strictObject({
  id, receivedOn: isoDate, summary: z.string().nullable(), form: z.string().nullable(), scans: z.array(attachmentRow), verdict: verdict.nullable(), verdictOn: isoDate.nullable(), verdictBy: z.string().nullable(), verdictNote: z.string().nullable(),
})
export const lettersGet = defineEntry({
  name: 'letters.get',
  input: z.strictObject({ id }),
  output: letterRow.extend({
    draft: letterDraft, layout: layoutText, checkNote: z.string().nullable(), checkedBy: z.string().nullable(), replyDueBasis: z.string().nullable(), stepReason: z.string().nullable(),
    deliveries: z.array(delivery), replies: z.array(reply), extensions: z.array(z.strictObject({ id, askedOn: isoDate, newDue: isoDate, reason: z.string(), approvedBy: z.string().nullable() })),
    /** 复核; `recheckUntil`: the last day on which it can be asked for, null where it cannot. */
    rechecks: z.array(recheckRow), recheckUntil: isoDate.nullable(),
    proposals: z.array(proposalRow), timeline: z.array(timelineItem),
    /** 谈话记录 of a 约谈通知书; null: none yet. */
    minutes: letterMinutes.nullable(),
    /** Letters before and after this one (escalation, clarification). */
    related: z.array(letterRow),
    /** The Word file is made with the office's own template: it is printed from there, not from here. */
    ownTemplate: z.boolean(),
    /** What may be done now, for the buttons; the backend checks again. */
    allowed: z.array(z.enum(letterActions)),
  }),
  access: 'session',
})
/**
 * The paper as a self-contained HTML page: the very one that is printed. Where the office's own template makes the paper, `html` is null and `word` is that Word
 * file, to be shown as far as a window can and printed by Word or WPS only; whoever has read the token drops it. ATTACHMENT_MISSING: that template is not here yet.
 */
export const lettersPreview = defineEntry({
  name: 'letters.preview', input: z.strictObject({ id, draft: letterDraft.nullish() }), output: z.strictObject({ html: z.string().nullable(), layout: layoutText, word: z.strictObject({ file: fileToken, name: z.string() }).nullable() }), access: 'session',
})
export const paperKind = z.enum(['letter', 'deliveryReceipt', 'replyForm', 'minutes'])
/** `html`: PAPER_OWN_TEMPLATE for a letter that the office's own template makes. */
export const lettersFile = defineEntry({
  name: 'letters.file',
  input: z.strictObject({ id, as: z.enum(['docx', 'html']).default('docx'), paper: paperKind.default('letter') }),
  output: z.strictObject({ file: fileToken, name: z.string() }),
  access: 'session',
})
/** Many letters as one job: the .docx files in a .zip, named 字号-对象.docx. */
export const lettersFiles = defineEntry({ name: 'letters.files', input: z.strictObject({ ids: z.array(id).min(1).max(2_000) }), output: started, access: 'session' })
export const lettersFilesResult = defineEntry({ name: 'letters.filesResult', input: z.strictObject({ job: jobId }), output: z.strictObject({ file: fileToken, name: z.string(), count }), access: 'session' })
/** The record of a print: who and when, on each letter; `batchId` when it was the whole of a batch. */
export const lettersPrinted = defineEntry({ name: 'letters.printed', input: z.strictObject({ ids: z.array(id).min(1).max(2_000), batchId: id.nullish() }), output: nothing, access: ['enter', 'check', 'issue'] })

export const lettersDeliver = defineEntry({
  name: 'letters.deliver',
  input: z.strictObject({ id, at: isoMinute, receiver: shortText.min(1), relation: shortText.nullish(), method: shortText.nullish(), place: shortText.nullish(), server: shortText.nullish(), note: longText.nullish() }),
  output: letterRow,
  access: ['enter', 'check', 'issue'],
})
export const lettersExtend = defineEntry({
  name: 'letters.extend',
  input: z.strictObject({ id, askedOn: isoDate, newDue: isoDate, reason }),
  output: letterRow,
  access: ['check', 'issue'],
})
export const lettersReply = defineEntry({
  name: 'letters.reply',
  input: z.strictObject({ id, receivedOn: isoDate, summary: longText.nullish(), form: shortText.nullish(), scans: z.array(fileToken).max(40) }),
  output: letterRow,
  access: ['enter', 'check', 'issue'],
})
export const lettersJudge = defineEntry({
  name: 'letters.judge',
  input: z.strictObject({ id, verdict, on: isoDate, note: longText.nullish(), newDue: isoDate.nullish() }),
  output: letterRow,
  access: ['check', 'issue'],
})
export const lettersClose = defineEntry({ name: 'letters.close', input: z.strictObject({ id, on: isoDate, conclusion: longText.nullish() }), output: letterRow, access: ['check', 'issue'] })
/** 谈话记录 of an issued 约谈通知书; saved again it takes the place of the earlier one, which stays in the history. */
export const lettersMinutes = defineEntry({ name: 'letters.minutes', input: z.strictObject({ id, minutes: letterMinutes }), output: letterRow, access: ['enter', 'check', 'issue'] })
/** 撤销: the number is kept and marked void with the reason. */
export const lettersVoid = defineEntry({ name: 'letters.void', input: z.strictObject({ id, on: isoDate, reason }), output: letterRow, access: ['issue'] })
export const attachmentsFile = defineEntry({ name: 'attachments.file', input: z.strictObject({ id }), output: z.strictObject({ file: fileToken, name: z.string() }), access: 'session' })

/** The register (台账) as a workbook or a Word table; `size` is the paper of the Word table, A4 where nothing is said. */
export const lettersRegister = defineEntry({
  name: 'letters.register',
  input: z.strictObject({ year: z.int().nullish(), unitId: id.nullish(), as: z.enum(['xlsx', 'docx']), size: z.enum(['A4', 'A3']).nullish() }),
  output: z.strictObject({ file: fileToken, name: z.string() }),
  access: 'session',
})
/** 履职档案 extract of an official for the annual review: 履职档案-姓名. */
export const papersDutyFile = defineEntry({ name: 'papers.dutyFile', input: z.strictObject({ officialId: id, as: z.enum(['docx', 'html']).default('docx') }), output: z.strictObject({ file: fileToken, name: z.string() }), access: 'session' })
/** The 通报 of a month: its stored reports and letters as text and tables, number and date left open. */
export const papersMonthly = defineEntry({
  name: 'papers.monthly',
  input: z.strictObject({ period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/), as: z.enum(['docx', 'html']).default('docx') }),
  output: z.strictObject({ file: fileToken, name: z.string() }),
  access: 'session',
})
export const numbersOverview = defineEntry({
  name: 'numbers.overview',
  input: z.strictObject({ year: z.int() }),
  output: z.strictObject({ series: z.string(), year: z.int(), next: z.string(), nextSeq: z.int().min(1), used: count, voided: z.array(z.strictObject({ number: z.string(), reason: z.string().nullable() })), gaps: z.array(z.string()) }),
  access: 'session',
})
/** Numbers already used on paper this year: they are taken, so that the series goes on behind them. */
export const numbersReserve = defineEntry({
  name: 'numbers.reserve',
  input: z.strictObject({ year: z.int(), from: z.int().min(1), to: z.int().min(1).max(99_999), reason }),
  output: z.strictObject({ reserved: count }),
  access: ['issue', 'admin'],
})
/** 空号说明: every number of the year that no standing letter bears (void, used on paper, skipped) with its reason, as a workbook to print. */
export const numbersGapsFile = defineEntry({ name: 'numbers.gapsFile', input: z.strictObject({ year: z.int() }), output: z.strictObject({ file: fileToken, name: z.string(), count }), access: 'session' })
