/** First run, log-in, accounts, settings, audit, verification: the frame around the work. */
import { z } from 'zod'
import { count, direction, id, isoDate, longText, millis, name, nothing, pageOf, paging, password, reason, role, shortText, started } from './common.ts'
import { defineEntry } from './define.ts'

export const appStatus = defineEntry({
  name: 'app.status',
  input: nothing,
  output: z.strictObject({
    /** empty: first run; locked: log in; open: somebody is logged in. */
    state: z.enum(['empty', 'locked', 'open']),
    door: z.enum(['desktop', 'loopback', 'terminal']),
    version: z.string(),
    organ: z.string().nullable(),
    /** Names for the log-in screen's choice. */
    accounts: z.array(z.string()),
    session: z.strictObject({ accountId: id, name: z.string(), roles: z.array(role), lockAfterMinutes: z.int() }).nullable(),
    /** This machine asked to join a group and waits for the answer (exchange.join). */
    joining: z.boolean(),
    /** The data folder's demo flag: a banner says that all names are invented. */
    demo: z.boolean(),
    today: isoDate,
  }),
  access: 'public',
})

/** `escrowKey`: printed beside the recovery code; it opens every package of the group and lets another machine enrol devices. */
const setupOutput = z.strictObject({ origin: z.string(), group: z.string(), organ: z.string(), code: z.string(), recoveryCode: z.string(), escrowKey: z.string() })

export const appSetup = defineEntry({
  name: 'app.setup',
  input: z.strictObject({ organ: shortText.min(2), code: z.string().trim().min(1).max(20), unit: shortText.optional(), account: name, password }),
  output: setupOutput,
  access: 'public',
})

/** Makes a data folder with the sample year and logs in. */
export const appDemo = defineEntry({
  name: 'app.demo',
  input: nothing,
  output: started,
  access: 'public',
})

export const sessionLogin = defineEntry({
  name: 'session.login',
  input: z.strictObject({ account: name, password }),
  output: z.strictObject({ accountId: id, name: z.string(), roles: z.array(role) }),
  access: 'public',
})

/** The printed recovery code opens the folder and sets a new password for one account. */
export const sessionRecover = defineEntry({
  name: 'session.recover',
  input: z.strictObject({ recoveryCode: z.string().max(200), account: name, newPassword: password }),
  output: z.strictObject({ accountId: id, name: z.string(), roles: z.array(role) }),
  access: 'public',
})

export const sessionLogout = defineEntry({ name: 'session.logout', input: nothing, output: nothing, access: 'public' })

/** The window says that a person is there (at most once a minute); without it the session locks itself. */
export const sessionTouch = defineEntry({ name: 'session.touch', input: nothing, output: nothing, access: 'session' })

export const sessionPassword = defineEntry({
  name: 'session.password',
  input: z.strictObject({ oldPassword: password, newPassword: password }),
  output: nothing,
  access: 'session',
})

const account = z.strictObject({ id, name: z.string(), roles: z.array(role), disabled: z.boolean(), hasPassword: z.boolean() })

export const accountsList = defineEntry({ name: 'accounts.list', input: nothing, output: z.array(account), access: 'session' })
export const accountsCreate = defineEntry({
  name: 'accounts.create',
  input: z.strictObject({ name, password, roles: z.array(role).min(1) }),
  output: account,
  access: ['admin'],
})
export const accountsUpdate = defineEntry({
  name: 'accounts.update',
  input: z.strictObject({ id, roles: z.array(role).min(1), disabled: z.boolean() }),
  output: account,
  access: ['admin'],
})
export const accountsResetPassword = defineEntry({
  name: 'accounts.resetPassword',
  input: z.strictObject({ id, newPassword: password }),
  output: nothing,
  access: ['admin'],
})

/** Everything the practice leaves open (domain.md): days, limits, number format, the organ. Defaults in shared/domain/settings.ts. */
export const settingsSchema = z.strictObject({
  /** The organ that issues (发文机关): mark, signature, 代字. */
  organ: shortText.min(2),
  /** 发文机关标志 when it differs from the organ's name. */
  organMark: shortText.nullable(),
  code: z.string().min(1).max(20),
  unit: shortText.nullable(),
  contactName: shortText.nullable(),
  contactPhone: shortText.nullable(),
  place: shortText.nullable(),
  sealed: z.boolean(),
  /** Working days for 书面说明 after receipt. */
  replyWorkingDays: z.int().min(1).max(250),
  guardDays: z.int().min(0).max(365),
  cardMonths: z.int().min(1).max(60),
  /** Days after receipt within which 复核 can be asked; stands in every letter's text. */
  reviewDays: z.int().min(1).max(365),
  /** Days after the request within which 复核 is decided. */
  recheckDecideDays: z.int().min(1).max(365),
  /** Days before the interview that the notice goes out. */
  interviewNoticeDays: z.int().min(0).max(60),
  lockAfterMinutes: z.int().min(1).max(240),
  cityNames: z.array(shortText).max(10),
  /** Nominal: margins 37/35 mm; compensated: the ink, not the line boxes, fills the 225 mm (letters.md section 1). */
  geometry: z.enum(['nominal', 'compensated']),
  /** The order of measures; skipping one needs a reason. */
  ladder: z.array(z.enum(['reminder', 'supervision', 'interview', 'yellowCard'])).min(1),
  demo: z.boolean(),
})
export const settingsGet = defineEntry({ name: 'settings.get', input: nothing, output: settingsSchema, access: 'session' })
export const settingsSave = defineEntry({
  name: 'settings.save',
  input: settingsSchema.omit({ demo: true }).partial(),
  output: settingsSchema,
  access: ['admin'],
})

const calendarYear = z.strictObject({ year: z.int().min(2000).max(2100), holidays: z.array(isoDate).max(120), extraWorkdays: z.array(isoDate).max(60), builtIn: z.boolean() })
export const calendarList = defineEntry({ name: 'calendar.list', input: nothing, output: z.array(calendarYear), access: 'session' })
export const calendarSave = defineEntry({
  name: 'calendar.save',
  input: calendarYear.omit({ builtIn: true }),
  output: calendarYear,
  access: ['admin'],
})

export const auditList = defineEntry({
  name: 'audit.list',
  input: z.strictObject({ ...paging, accountId: id.nullish(), kind: shortText.nullish(), rowId: id.nullish(), from: isoDate.nullish(), to: isoDate.nullish(), direction: direction.default('desc') }),
  output: pageOf(
    z.strictObject({ id: z.string(), at: millis, account: z.string(), accountId: z.string(), action: z.string(), machine: z.string(), rows: count, note: z.string().nullable(), /** 未到齐: parts of it are still to come. */ partial: z.boolean() }),
  ),
  access: ['admin', 'read', 'check', 'issue'],
})

/** Chain, projection rebuilt and compared, integrity, blobs. A job; its result by `verify.result`. */
export const verifyStart = defineEntry({ name: 'verify.start', input: nothing, output: started, access: ['admin'] })
export const verifyResult = defineEntry({
  name: 'verify.result',
  input: z.strictObject({ job: z.string().max(64) }),
  output: z.strictObject({ ok: z.boolean(), problems: z.array(z.strictObject({ code: z.string(), detail: longText })) }),
  access: ['admin'],
})
export const storeDigest = defineEntry({ name: 'store.digest', input: nothing, output: z.strictObject({ scopes: z.record(z.string(), z.string()) }), access: ['admin', 'read'] })
export const storeDump = defineEntry({ name: 'store.dump', input: nothing, output: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))), access: ['admin'] })

/** Which typefaces of each chain this machine has (GB/T 9704 names fonts that are licensed and never bundled), and what stands in. */
export const fontsStatus = defineEntry({
  name: 'fonts.status',
  input: nothing,
  output: z.array(z.strictObject({
    role: z.enum(['mark', 'title', 'body', 'heading1', 'heading2', 'pageNumber', 'latin']),
    chain: z.array(z.strictObject({ name: z.string(), installed: z.boolean() })),
    /** The first of the chain that is there; null where none is: the program that prints then chooses itself. */
    used: z.string().nullable(),
  })),
  access: 'session',
})

/** Rules (R1 … and the office's own). */
export const ruleSchema = z.strictObject({
  id: z.string().max(20), version: z.int().min(1), enabled: z.boolean(), builtIn: z.boolean(), title: shortText, kind: shortText,
  measure: shortText, matter: shortText, basis: longText, params: z.record(z.string(), z.number()), conditionText: longText, note: z.string().nullable(),
})
export const rulesList = defineEntry({ name: 'rules.list', input: nothing, output: z.array(ruleSchema), access: 'session' })
export const rulesSave = defineEntry({
  name: 'rules.save',
  input: z.strictObject({ id: z.string().max(20), enabled: z.boolean(), params: z.record(z.string().max(40), z.number()), matter: shortText.min(2), basis: longText, note: reason }),
  output: ruleSchema,
  access: ['admin'],
})
export const rulesHistory = defineEntry({
  name: 'rules.history',
  input: z.strictObject({ id: z.string().max(20) }),
  output: z.array(ruleSchema.extend({ at: millis, author: z.string() })),
  access: 'session',
})
