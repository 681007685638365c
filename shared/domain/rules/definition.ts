/** Rules as versioned data (domain.md section 4): what an office may edit, checked strictly. */
import { z } from 'zod'
import { figureKeys, reportKinds, unitKinds } from '../kinds.ts'
import type { ReportKind } from '../kinds.ts'
import { letterTypes } from '../letters/types.ts'
import { unknownPlaces } from './template.ts'

const reportKind = z.enum(reportKinds)
const unitKind = z.enum(unitKinds)
const figure = z.string().min(1).max(40)

/** R1: in `months` months running none of `figures` is higher than in the month before. */
const stalled = z.strictObject({ type: z.literal('stalled'), kind: reportKind, figures: z.array(figure).min(1).max(8), months: z.int().min(1).max(12) })

/**
 * R2, R5: among the worst `worst` in each of the last `periods` periods. By `rank` (largest = worst) when every row of the period has one, else by
 * `value` whose `valueWorst` end is the bad one; ties at the cut all count. `unitKind` null: all units are ranked together. Rows of different
 * items (考核类别) are ranked apart; `items` narrows them, empty = all.
 */
const worst = z.strictObject({
  type: z.literal('worst'), kind: reportKind, rank: figure, value: figure, valueWorst: z.enum(['highest', 'lowest']), worst: z.int().min(1).max(100), periods: z.int().min(1).max(12),
  unitKind: unitKind.nullable(), items: z.array(z.string().max(200)).max(50),
})

/** R3: `rate` < `schedule` − `points`. An empty rate is `part` ÷ `whole` in percent. */
const behind = z.strictObject({
  type: z.literal('behind'), kind: reportKind, rate: figure, schedule: figure, part: figure, whole: figure, points: z.number().min(0).max(1000),
})

/** R4: `status` holds one of `statuses` and `due` lies before the last day of the period. */
const pastDue = z.strictObject({ type: z.literal('pastDue'), kind: reportKind, status: figure, statuses: z.array(z.string().max(40)).min(1).max(10), due: figure })

/** R6: `figure` holds one of `values`. */
const valueIn = z.strictObject({
  type: z.literal('valueIn'), kind: reportKind, figure, values: z.array(z.string().max(40)).min(1).max(10), unitKind: unitKind.nullable(), items: z.array(z.string().max(200)).max(50),
})

/** R7: a letter of one of `letterTypes` (empty = any) whose reply is overdue and has not been extended. */
const overdueReply = z.strictObject({ type: z.literal('overdueReply'), letterTypes: z.array(z.enum(letterTypes)).max(letterTypes.length) })

export const conditionSchema = z.discriminatedUnion('type', [stalled, worst, behind, pastDue, valueIn, overdueReply])
export type RuleCondition = z.infer<typeof conditionSchema>
export type ConditionOf<T extends RuleCondition['type']> = Extract<RuleCondition, { type: T }>
export type ReportCondition = Exclude<RuleCondition, { type: 'overdueReply' }>

/** What is proposed. `yellowCardInterview` is 黄牌 + 约谈: two papers. */
export const measures = ['reminder', 'supervision', 'interview', 'yellowCard', 'yellowCardInterview'] as const
export type Measure = (typeof measures)[number]

export const measureNames: Readonly<Record<Measure, string>> = {
  reminder: '提醒函', supervision: '督办函', interview: '约谈', yellowCard: '黄牌', yellowCardInterview: '黄牌+约谈',
}

/** Whom the measure is for: the official of the row, the unit's 主要负责人, or whoever the overdue letter went to. */
export const addressees = ['rowOfficial', 'unitHead', 'letterOfficial'] as const
export type Addressee = (typeof addressees)[number]

/** The figures that a condition names. */
function namedFigures(condition: RuleCondition): readonly string[] {
  switch (condition.type) {
    case 'stalled': return condition.figures
    case 'worst': return [condition.rank, condition.value]
    case 'behind': return [condition.rate, condition.schedule, condition.part, condition.whole]
    case 'pastDue': return [condition.status, condition.due]
    case 'valueIn': return [condition.figure]
    case 'overdueReply': return []
  }
}

/** The places that a fact template may use besides the figures of the kind. */
const extraPlaces: Readonly<Record<RuleCondition['type'], readonly string[]>> = {
  stalled: [], worst: ['units', 'worst'], behind: ['gap', 'points'], pastDue: ['overdueDays'], valueIn: [], overdueReply: ['number', 'letterType', 'replyDue', 'overdueDays'],
}

export function reportKindOf(condition: RuleCondition): ReportKind | null {
  return condition.type === 'overdueReply' ? null : condition.kind
}

export function templatePlaces(condition: RuleCondition): readonly string[] {
  const kind = reportKindOf(condition)
  return ['period', 'item', ...(kind === null ? [] : figureKeys[kind]), ...extraPlaces[condition.type]]
}

export const ruleDefinitionSchema = z
  .strictObject({
    /** R1 … R7, or an office's own. */
    id: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,19}$/),
    /** From 1; every edit makes the next one, proposals keep theirs. */
    version: z.int().min(1),
    title: z.string().trim().min(1).max(100),
    enabled: z.boolean(),
    condition: conditionSchema,
    measure: z.enum(measures),
    addressee: z.enum(addressees),
    /** The 重点工作, by which the burden guard counts; for R7 the overdue letter's own matter stands in its place. */
    matter: z.string().trim().min(1).max(60),
    /** What the paper says happened, e.g. 招商引资工作没有实质进展. */
    cause: z.string().trim().min(1).max(200),
    /** 依据. */
    basis: z.string().trim().min(1).max(2000),
    /** One sentence for each row that fired; places `{figure}` as in template.ts. `factByValue`: where no rank was used (worst). */
    fact: z.string().min(1).max(500),
    factByValue: z.string().min(1).max(500).nullable(),
  })
  .superRefine((rule, context) => {
    const complain = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message })
    const places = templatePlaces(rule.condition)
    for (const [path, text] of [['fact', rule.fact], ['factByValue', rule.factByValue ?? '']] as const) {
      for (const place of unknownPlaces(text, places)) complain(path, `unknown place {${place}}`)
    }
    const kind = reportKindOf(rule.condition)
    for (const key of namedFigures(rule.condition)) {
      if (kind !== null && !figureKeys[kind].includes(key)) complain('condition', `${kind} has no figure ${key}`)
    }
    if ((rule.addressee === 'letterOfficial') !== (rule.condition.type === 'overdueReply')) complain('addressee', 'letterOfficial belongs to overdueReply')
    if (rule.condition.type === 'stalled' && kind === 'assessment') complain('condition', 'assessment has no months')
  })
export type RuleDefinition = z.infer<typeof ruleDefinitionSchema>
