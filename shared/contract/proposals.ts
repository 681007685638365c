/** 拟办: what the rules propose, why, and what a person decides. */
import { z } from 'zod'
import { count, direction, id, isoDate, longText, millis, nothing, pageOf, paging, period, query, reason, shortText } from './common.ts'
import { defineEntry } from './define.ts'
import { reportRow } from './report-schemas.ts'

export const proposalState = z.enum(['open', 'accepted', 'declined', 'merged', 'withdrawn'])

/** A figure that made the rule fire, with its period and the report it stands in. */
export const factSchema = z.strictObject({ label: shortText, text: longText, period: z.string().nullable(), source: z.string().nullable(), reportId: id.nullable() })

export const proposalRow = z.strictObject({
  id, ruleId: z.string(), ruleVersion: z.int(), ruleTitle: z.string(), period: z.string(), unitId: id, unit: z.string(), officialId: id.nullable(), official: z.string().nullable(), title: z.string().nullable(),
  item: z.string().nullable(), measure: z.string(), matter: z.string(), state: proposalState, reason: z.string().nullable(), letterId: id.nullable(),
  /** 缺责任人: cannot be issued before a person fills it in. */
  incomplete: z.boolean(),
  /** The burden guard's word: an open letter or one within N days to the same person. */
  guard: z.strictObject({ kind: z.enum(['open-letter', 'recent-letter']), letterId: id, number: z.string().nullable(), until: isoDate.nullable() }).nullable(),
  summary: z.string(),
})
export type ProposalRow = z.infer<typeof proposalRow>

export const proposalsRun = defineEntry({
  name: 'proposals.run',
  /** `date`: the day that R7 looks at; today when absent. */
  input: z.strictObject({ period, date: isoDate.nullish() }),
  output: z.strictObject({ added: count, changed: count, withdrawn: count, proposals: z.array(proposalRow) }),
  access: ['enter', 'check', 'issue'],
})
export const proposalsList = defineEntry({
  name: 'proposals.list',
  input: z.strictObject({
    ...paging, period: period.nullish(), ruleId: z.string().max(20).nullish(), state: proposalState.nullish(), incomplete: z.boolean().nullish(), unitId: id.nullish(), officialId: id.nullish(), query: query.nullish(),
    sort: z.enum(['unit', 'rule', 'period']).default('rule'), direction: direction.default('asc'),
  }),
  output: pageOf(proposalRow),
  access: 'session',
})
export const proposalsGet = defineEntry({
  name: 'proposals.get',
  input: z.strictObject({ id }),
  output: proposalRow.extend({
    basis: z.string(), ruleCondition: z.string(), facts: z.array(factSchema), reports: z.array(reportRow.extend({ fileName: z.string().nullable() })),
    /** Open and recent letters of the same person. */
    otherLetters: z.array(z.strictObject({ id, number: z.string().nullable(), type: z.string(), matter: z.string(), state: z.string(), issuedOn: isoDate.nullable() })),
    /** The same person's other open proposals: issued together, those of one matter become one letter. */
    together: z.array(id), history: z.array(z.strictObject({ at: millis, author: z.string(), action: z.string(), note: z.string().nullable() })),
  }),
  access: 'session',
})
export const proposalsAssign = defineEntry({ name: 'proposals.assign', input: z.strictObject({ id, officialId: id.nullable() }), output: proposalRow, access: ['enter', 'check'] })
export const proposalsDecline = defineEntry({ name: 'proposals.decline', input: z.strictObject({ ids: z.array(id).min(1).max(500), reason }), output: z.strictObject({ declined: count }), access: ['enter', 'check', 'issue'] })
export const proposalsReopen = defineEntry({ name: 'proposals.reopen', input: z.strictObject({ id, reason }), output: proposalRow, access: ['enter', 'check', 'issue'] })
export const proposalsCounts = defineEntry({
  name: 'proposals.counts',
  input: nothing,
  output: z.array(z.strictObject({ period: z.string(), ruleId: z.string(), state: proposalState, count })),
  access: 'session',
})
