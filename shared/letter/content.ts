/** What a letter says: the input of the layout. Dates are `YYYY-MM-DD`, times `YYYY-MM-DDTHH:mm` as on the office's clock. */

export const letterTypes = ['reminder', 'supervision', 'interview', 'yellowCard', 'clarification'] as const
export type LetterType = (typeof letterTypes)[number]

/** The school of the page (geometry.ts); absent on letters issued before there was a choice: nominal. */
export type PageSchool = 'nominal' | 'compensated'

/** `mark` heads the paper, `sign` signs it: full or standard short name of an organ that may issue documents. */
export type Organ = { readonly mark: string; readonly sign: string }

export type Addressee =
  | { readonly kind: 'unit'; readonly unit: string }
  /** `post` is the title held when the letter is issued, such as 镇长. */
  | { readonly kind: 'person'; readonly unit: string; readonly post: string; readonly name: string }

/** A figure as it is printed: `到位资金` `1200万元`. */
export type FactFigure = { readonly label: string; readonly value: string }

/** What is supervised: 事项编号, 来源 (会议、批示、文件), lead and supporting units, limit. */
export type SupervisedTask = {
  readonly number: string
  readonly source: string
  readonly leadUnit: string
  readonly supportUnits: readonly string[]
  readonly dueOn: string
}

export type LetterFact = {
  /** Name of the item (project, task, work); heads the paragraph when a letter lists several. */
  readonly item: string
  /** `2026-06`, `2025`, or words. */
  readonly period: string
  /** Neutral statement without judgement: 签约项目、开工项目和到位资金连续3个月没有增长. */
  readonly statement: string
  readonly figures: readonly FactFigure[]
  /** Which bulletin, of whom: 市招商促进中心《2026年6月招商引资通报》. */
  readonly source: string
  readonly task?: SupervisedTask
}

type LetterBase = {
  readonly geometry?: PageSchool
  readonly organ: Organ
  /** The full number, or null while a draft. */
  readonly number: string | null
  readonly urgency: '特急' | '加急' | null
  readonly addressee: Addressee
  /** 事由 as a noun phrase: 招商引资工作. */
  readonly matter: string
  /** Instead of the title that the type makes of the matter. */
  readonly title: string | null
  readonly facts: readonly LetterFact[]
  /** 依据: each a document in 《》 or words that can follow 根据. */
  readonly basis: readonly string[]
  /** Whole sentences; empty takes the standard ones of the type. */
  readonly demands: readonly string[]
  readonly replyDue: string | null
  readonly contact: { readonly name: string; readonly phone: string }
  /** Days after receipt within which 复核 can be asked (a setting of the office). */
  readonly reviewDays: number
  readonly date: string | null
  readonly sealed: boolean
  readonly attachments: readonly string[]
  readonly copyTo: readonly string[]
}

export type ReminderContent = LetterBase & { readonly type: 'reminder' }
export type SupervisionContent = LetterBase & {
  readonly type: 'supervision'
  /** 报告形式: 书面报告并附佐证材料. */
  readonly reportForm: string
  /** The limit has passed: the letter presses (催办). */
  readonly overdue: boolean
}
export type InterviewContent = LetterBase & {
  readonly type: 'interview'
  readonly interview: { readonly time: string; readonly place: string; readonly talkers: readonly string[]; readonly bring: readonly string[] }
}
export type YellowCardContent = LetterBase & {
  readonly type: 'yellowCard'
  readonly card: {
    readonly year: string
    /** 考核类别: 镇街 or 部门. */
    readonly group: string
    readonly rank: number | null
    readonly grade: string | null
    readonly from: string
    readonly to: string
    /** Who will be interviewed, with the post; null where nobody is. */
    readonly interviewee: string | null
  }
}
export type ClarificationContent = LetterBase & {
  readonly type: 'clarification'
  readonly original: { readonly type: Exclude<LetterType, 'clarification'>; readonly number: string; readonly title: string; readonly date: string }
  /** What was found on review, a whole sentence. */
  readonly finding: string
}

export type LetterContent = ReminderContent | SupervisionContent | InterviewContent | YellowCardContent | ClarificationContent
