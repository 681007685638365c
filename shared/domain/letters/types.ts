/** What a letter is: its types, states and actions, and the facts that its state is derived from. */
import type { IsoDate } from '../../text/dates.ts'

/** 提醒函, 督办函, 约谈通知书, 黄牌通知, 澄清函. */
export const letterTypes = ['reminder', 'supervision', 'interview', 'yellowCard', 'clarification'] as const
export type LetterType = (typeof letterTypes)[number]

export const letterTypeNames: Readonly<Record<LetterType, string>> = {
  reminder: '提醒函', supervision: '督办函', interview: '约谈通知书', yellowCard: '黄牌通知', clarification: '澄清函',
}

/**
 * draft 草稿, checking 审核中, returned 退回, checked 待签发, issued 待送达 (签发, 打印用印), awaiting 待回复 (送达), replied 已回复 (待审阅),
 * supplement 补充说明, rejected 不认可, accepted 认可 (待销号), closed 销号, void 撤销
 */
export const letterStates = ['draft', 'checking', 'returned', 'checked', 'issued', 'awaiting', 'replied', 'supplement', 'rejected', 'accepted', 'closed', 'void'] as const
export type LetterState = (typeof letterStates)[number]

export const letterActions = ['edit', 'discard', 'submit', 'check', 'issue', 'print', 'deliver', 'extend', 'reply', 'judge', 'close', 'void', 'clarify', 'escalate', 'minutes', 'askRecheck', 'decideRecheck'] as const
export type LetterAction = (typeof letterActions)[number]

export const verdicts = ['认可', '补充', '不认可'] as const
export type Verdict = (typeof verdicts)[number]

/** Decisions of 复核: the letter stands, stands changed, or is withdrawn. */
export const recheckOutcomes = ['维持', '变更', '撤销'] as const
export type RecheckOutcome = (typeof recheckOutcomes)[number]

export type DeliveryFact = { readonly id: string; /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */ readonly deliveredAt: string }
export type ReplyFact = { readonly id: string; readonly receivedOn: IsoDate; readonly verdict: Verdict | null; readonly verdictOn: IsoDate | null }
/** `approvedBy` null: asked for, not granted. */
export type ExtensionFact = { readonly id: string; readonly askedOn: IsoDate; readonly newDue: IsoDate; readonly approvedBy: string | null }
/** `dueOn`: the last day for the decision; `outcome` null: not decided. */
export type RecheckFact = { readonly id: string; readonly askedOn: IsoDate; readonly dueOn: IsoDate; readonly outcome: RecheckOutcome | null; readonly decidedOn: IsoDate | null }

/**
 * Everything known about one letter. The lists are sets: their order, and how often a fact stands in them, mean nothing,
 * because changes arrive from other machines in any order.
 */
export type LetterFacts = {
  readonly type: LetterType
  readonly checkState: 'submitted' | 'passed' | 'returned' | null
  readonly issuedOn: IsoDate | null
  readonly deliveries: readonly DeliveryFact[]
  readonly replies: readonly ReplyFact[]
  readonly extensions: readonly ExtensionFact[]
  readonly rechecks: readonly RecheckFact[]
  readonly voidedOn: IsoDate | null
  readonly closedOn: IsoDate | null
  /** Limit for the written explanation in working days after receipt; 0 = none is asked for. */
  readonly replyDays: number
  /** Set where the due date was fixed by a person or when the letter was served (register `due`); extensions go beyond it. */
  readonly replyDue: IsoDate | null
}
