/** Units, officials, posts. */
import { z } from 'zod'
import { count, direction, id, isoDate, longText, millis, name, nothing, pageOf, paging, query, reason, shortText, unitKind } from './common.ts'
import { defineEntry } from './define.ts'
import { letterRow } from './letter-schemas.ts'
import { reportRow } from './report-schemas.ts'

const unitRow = z.strictObject({
  id, name: z.string(), shortName: z.string().nullable(), kind: unitKind, aliases: z.array(z.string()), officials: count, openLetters: count, head: z.string().nullable(), headId: id.nullable(),
})
export const unitsList = defineEntry({
  name: 'units.list',
  /** `query` matches name, short name, aliases, full pinyin and initials. */
  input: z.strictObject({ ...paging, query: query.nullish(), kind: unitKind.nullish(), sort: z.enum(['order', 'name']).default('order'), direction: direction.default('asc') }),
  output: pageOf(unitRow),
  access: 'session',
})
export const unitsGet = defineEntry({
  name: 'units.get',
  input: z.strictObject({ id }),
  output: unitRow.extend({
    posts: z.array(z.strictObject({ postId: id, officialId: id, name: z.string(), title: z.string().nullable(), isHead: z.boolean(), portfolio: z.string().nullable() })),
    cards: z.array(z.strictObject({ id, colour: z.string(), basis: z.string(), since: z.string(), until: z.string().nullable(), liftedOn: z.string().nullable() })),
    assessments: z.array(reportRow),
    letters: z.array(letterRow),
  }),
  access: 'session',
})
export const unitsSave = defineEntry({
  name: 'units.save',
  input: z.strictObject({ id: id.nullable(), name: name, shortName: shortText.nullable(), kind: unitKind, aliases: z.array(z.string().trim().min(1).max(60)).max(20) }),
  output: unitRow,
  access: ['enter', 'admin'],
})
export const unitsRemove = defineEntry({ name: 'units.remove', input: z.strictObject({ id, reason }), output: nothing, access: ['admin'] })

const postRow = z.strictObject({
  id, unitId: id, unit: z.string(), title: z.string().nullable(), rank: z.string().nullable(), isHead: z.boolean(), portfolio: z.string().nullable(),
  since: z.string().nullable(), until: z.string().nullable(),
})
const officialRow = z.strictObject({
  id, name: z.string(), gender: z.string().nullable(), birth: z.string().nullable(), unitId: id.nullable(), unit: z.string().nullable(), title: z.string().nullable(), isHead: z.boolean(),
  /** Another official bears the same name: the list shows birth and unit beside it. */
  namesake: z.boolean(), openLetters: count, letters: count, awards: count,
})
export const officialsList = defineEntry({
  name: 'officials.list',
  input: z.strictObject({
    ...paging, query: query.nullish(), unitId: id.nullish(), onlyHeads: z.boolean().default(false), sort: z.enum(['unit', 'name']).default('unit'), direction: direction.default('asc'),
  }),
  output: pageOf(officialRow),
  access: 'session',
})
export const officialsGet = defineEntry({
  name: 'officials.get',
  input: z.strictObject({ id }),
  /** Awards and results stand beside letters (domain.md "Spirit"). */
  output: officialRow.extend({
    phone: z.string().nullable(), note: z.string().nullable(), posts: z.array(postRow), awards: z.array(reportRow), reports: z.array(reportRow), letterRows: z.array(letterRow),
    namesakes: z.array(z.strictObject({ id, name: z.string(), unit: z.string().nullable(), birth: z.string().nullable(), title: z.string().nullable() })),
    joinedFrom: z.array(z.strictObject({ id, unit: z.string().nullable(), birth: z.string().nullable(), title: z.string().nullable() })),
  }),
  access: 'session',
})
/** A new official (`id` null) or an edit of one. A namesake in the same unit needs `namesakeConfirmed`. */
export const officialsSave = defineEntry({
  name: 'officials.save',
  input: z.strictObject({
    id: id.nullable(), name, gender: z.enum(['男', '女']).nullable(), birth: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/).nullable(), phone: z.string().max(40).nullable(), note: longText.nullable(),
    post: z.strictObject({
      id: id.nullable(), unitId: id, title: shortText.nullable(), rank: shortText.nullable(), isHead: z.boolean(), portfolio: longText.nullable(), since: z.string().max(10).nullable(), until: z.string().max(10).nullable(),
    }).nullable(),
    namesakeConfirmed: z.boolean().default(false),
  }),
  output: officialRow,
  access: ['enter', 'admin'],
})
/** 合并为同一人: `id` turned out to be the person `into`; taken back by `officials.unjoin`. */
export const officialsJoin = defineEntry({ name: 'officials.join', input: z.strictObject({ id, into: id, reason }), output: nothing, access: ['admin'] })
export const officialsUnjoin = defineEntry({ name: 'officials.unjoin', input: z.strictObject({ id, reason }), output: nothing, access: ['admin'] })

/** What a clerk has to do now, in the order of the day. */
export const todaySummary = defineEntry({
  name: 'today.summary',
  input: nothing,
  output: z.strictObject({
    today: isoDate,
    period: z.string(),
    counts: z.strictObject({
      proposalsOpen: count, proposalsIncomplete: count, lettersDraft: count, lettersToCheck: count, lettersToIssue: count, lettersToDeliver: count,
      repliesWaiting: count, repliesOverdue: count, repliesToJudge: count, lettersToClose: count, rechecksOpen: count, rechecksOverdue: count, issuedThisMonth: count, closedThisMonth: count, awardsThisYear: count,
    }),
    overdue: z.array(letterRow),
    dueSoon: z.array(letterRow),
    /** 复核 that waits for its decision, the nearest day first. */
    rechecks: z.array(letterRow),
    /** Who has not yet reported for the period. */
    missing: z.array(z.strictObject({ kind: z.string(), period: z.string(), reported: z.boolean(), rows: count, at: millis.nullable() })),
    calendarKnown: z.boolean(),
  }),
  access: 'session',
})
