/** One walk through the whole contract: every entry at least once, in an order in which it has something to answer. */
import { readFileSync } from 'node:fs'
import type { EntryName, InputOf, OutputOf } from '../../shared/contract/entries.ts'
import { newDeviceKeys } from '../../electron/services/exchange/keys/group.ts'
import { makeRequest } from '../../electron/services/exchange/keys/request.ts'
import { randomFrom } from './exchange.ts'
import type { LetterDraft } from '../../shared/contract/letter-schemas.ts'
import { goodTemplate, templateDocx } from './letters/template.ts'

/** What was answered last under each name (refusals leave it as it was), and what a step kept for later ones. */
export type Seen = { last<N extends EntryName>(name: N): OutputOf<N>; readonly kept: Map<string, string> }
export type Step = { readonly name: EntryName; readonly input: (seen: Seen) => unknown; readonly keep?: readonly [string, (value: never) => string] }

const step = <N extends EntryName>(name: N, input: InputOf<N> | ((seen: Seen) => InputOf<N>) = {} as InputOf<N>, keep?: readonly [string, (value: OutputOf<N>) => string]): Step => ({
  name, input: typeof input === 'function' ? (input as (seen: Seen) => unknown) : () => input, ...(keep ? { keep: keep as unknown as Step['keep'] & {} } : {}),
})
const kept = (key: string) => (seen: Seen): string => seen.kept.get(key) ?? 'not-kept'

export const password = 'correct horse'
const other = 'battery staple'
const file = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/sample/${name}`, import.meta.url))

function upload(name: string, bytes: Uint8Array = file(name)): Step[] {
  return [
    step('files.put', { name, size: bytes.length }),
    step('files.append', (seen) => ({ token: seen.last('files.put').token, offset: 0, bytes: new Uint8Array(bytes) })),
    step('files.info', (seen) => ({ token: seen.last('files.put').token })),
  ]
}

function importSample(name: string): Step[] {
  return [
    ...upload(name),
    step('bulletins.import', (seen) => ({ file: seen.last('files.put').token, dryRun: false })),
    step('jobs.get', (seen) => ({ id: seen.last('bulletins.import').job })),
    step('bulletins.importResult', (seen) => ({ job: seen.last('bulletins.import').job }), ['bulletin', (value) => value.bulletinId ?? '']),
  ]
}

/** What the first account may not do itself. The other one is switched off again: an office with two accounts lets nobody sign their own drafts. */
function asAnother(name: string, work: Step): Step[] {
  return [
    step('accounts.create', { name, password: other, roles: ['issue'] }), step('session.logout'), step('session.login', { account: name, password: other }), work,
    step('session.logout'), step('session.login', { account: '甲', password }), step('accounts.update', (seen) => ({ id: seen.last('accounts.create').id, roles: ['read'], disabled: true })),
  ]
}

const before: Step[] = [
  step('app.status'),
  step('settings.get'),
  step('session.login', { account: '甲', password }),
  step('app.setup', { organ: '某市人民政府办公室', code: '督', account: '甲', password }),
  step('app.demo'),
  step('session.logout'),
  step('session.recover', { recoveryCode: 'wrong', account: '甲', newPassword: other }),
  step('session.login', { account: '甲', password: other }),
  step('session.login', { account: '甲', password }),
  step('session.touch'),
  step('session.password', { oldPassword: other, newPassword: password }),
  step('session.password', { oldPassword: password, newPassword: password }),
]
const frame: Step[] = [
  step('accounts.create', { name: '乙', password: other, roles: ['read'] }),
  step('accounts.update', (seen) => ({ id: seen.last('accounts.create').id, roles: ['read', 'check'], disabled: false })),
  step('accounts.resetPassword', (seen) => ({ id: seen.last('accounts.create').id, newPassword: password })),
  step('accounts.update', (seen) => ({ id: seen.last('accounts.create').id, roles: ['read'], disabled: true })),
  step('accounts.list'),
  step('settings.save', { guardDays: 20 }),
  step('settings.get'),
  step('settings.save', { guardDays: -1 }),
  step('calendar.save', { year: 2027, holidays: ['2027-01-01'], extraWorkdays: [] }),
  step('calendar.list'),
  step('rules.save', { id: 'R1', enabled: true, params: { months: 4 }, matter: '招商引资', basis: '依据', note: '试行' }),
  step('rules.list'),
  step('rules.history', { id: 'R1' }),
  step('fonts.status', {}),
]
const work: Step[] = [
  ...importSample('01-单位名册.xlsx'),
  ...importSample('02-干部名册.xlsx'),
  ...importSample('11-2026年6月督查事项.xlsx'),
  step('bulletins.list'),
  step('bulletins.get', (seen) => ({ id: kept('bulletin')(seen) })),
  step('bulletins.file', (seen) => ({ id: kept('bulletin')(seen), which: 'errors' })),
  step('files.read', (seen) => ({ token: seen.last('bulletins.file').file, offset: 0, length: 16 })),
  step('files.drop', (seen) => ({ token: seen.last('bulletins.file').file })),
  step('files.read', (seen) => ({ token: seen.last('bulletins.file').file, offset: 0, length: 16 })),
  step('bulletins.board', { period: '2026-06' }),
  step('reports.list', { limit: 3 }),
  step('reports.get', (seen) => ({ id: seen.last('reports.list').items[0]!.id })),
  step('reports.periods'),
  step('units.list', { limit: 2, query: 'jh' }),
  step('units.get', (seen) => ({ id: seen.last('units.list').items[0]!.id })),
  step('units.save', { id: null, name: '某某专班', shortName: null, kind: 'taskforce', aliases: [] }),
  step('officials.save', (seen) => ({
    id: null, name: '测试一', gender: '男', birth: '1980-01', phone: null, note: null,
    post: { id: null, unitId: seen.last('units.save').id, title: '组长', rank: null, isHead: true, portfolio: null, since: null, until: null },
  }), ['first', (value) => value.id]),
  step('officials.save', (seen) => ({ id: null, name: '测试二', gender: null, birth: null, phone: null, note: null, post: { id: null, unitId: seen.last('units.save').id, title: '组员', rank: null, isHead: false, portfolio: null, since: null, until: null } })),
  step('officials.list', { limit: 3, query: '测试' }),
  step('officials.join', (seen) => ({ id: seen.last('officials.save').id, into: kept('first')(seen), reason: '同一人' })),
  step('officials.get', (seen) => ({ id: kept('first')(seen) })),
  step('officials.unjoin', (seen) => ({ id: seen.last('officials.save').id, reason: '不是同一人' })),
  step('units.remove', (seen) => ({ id: seen.last('units.save').id, reason: '撤并' })),
  step('units.save', { id: null, name: '空的专班', shortName: null, kind: 'taskforce', aliases: [] }),
  step('units.remove', (seen) => ({ id: seen.last('units.save').id, reason: '撤并' })),
  step('today.summary'),
]

const draft: LetterDraft = {
  type: 'reminder', title: null, facts: [{ heading: null, text: '某项工作进展较慢。', period: null, source: null, reportId: null }], basis: '有关规定', demands: ['抓紧办理。'], replyDays: 15,
  contactName: null, contactPhone: null, attachments: [], copyTo: [], interview: null, card: null, supervision: null, clarification: null,
}
const composed = (seen: Seen): string => kept('letter')(seen)
const letters: Step[] = [
  step('proposals.run', { period: '2026-06', date: '2026-07-01' }),
  step('proposals.list', { limit: 10, incomplete: true }),
  step('proposals.assign', (seen) => ({ id: seen.last('proposals.list').items[0]!.id, officialId: kept('first')(seen) })),
  step('proposals.list', { limit: 10, incomplete: false, sort: 'unit' }),
  step('proposals.get', (seen) => ({ id: seen.last('proposals.list').items[0]!.id })),
  step('proposals.decline', (seen) => ({ ids: [seen.last('proposals.list').items[0]!.id], reason: '情况属实' })),
  step('proposals.reopen', (seen) => ({ id: seen.last('proposals.list').items[0]!.id, reason: '再看一次' })),
  step('proposals.counts'),
  step('numbers.reserve', { year: 2026, from: 1, to: 3, reason: '纸上已用' }),
  step('letters.draft', (seen) => ({ proposalIds: [seen.last('proposals.list').items.find((row) => !row.incomplete)!.id] })),
  step('letters.discard', (seen) => ({ id: seen.last('letters.draft').letters[0]?.id ?? 'none', reason: '重拟' })),
  step('letters.issueProposals', (seen) => ({ proposalIds: seen.last('proposals.list').items.map((row) => row.id), date: '2026-07-02' })),
  step('letters.compose', (seen) => ({ type: 'reminder', unitId: seen.last('units.list').items[0]!.id, officialId: seen.last('units.get').posts[0]!.officialId, matter: '重点项目', cause: '进展较慢', draft, earlierLetterId: null }), ['letter', (value) => value.id]),
  step('letters.edit', (seen) => ({ id: composed(seen), draft: { ...draft, demands: ['立即办理。'] } })),
  step('letters.submit', (seen) => ({ ids: [composed(seen)] })),
  step('letters.check', (seen) => ({ ids: [composed(seen)], pass: true })),
  step('letters.issue', (seen) => ({ ids: [composed(seen)], date: '2026-07-02' })),
  step('letters.printed', (seen) => ({ ids: [composed(seen)] })),
  step('letters.deliver', (seen) => ({ id: composed(seen), at: '2026-07-03T09:30', receiver: '办公室' })),
  step('letters.extend', (seen) => ({ id: composed(seen), askedOn: '2026-07-06', newDue: '2026-08-31', reason: '汛期' })),
  ...upload('scan.png', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])),
  step('letters.reply', (seen) => ({ id: composed(seen), receivedOn: '2026-07-10', summary: '已办', scans: [seen.last('files.put').token] })),
  step('letters.judge', (seen) => ({ id: composed(seen), verdict: '认可', on: '2026-07-11' })),
  step('letters.close', (seen) => ({ id: composed(seen), on: '2026-07-12' })),
  step('letters.close', (seen) => ({ id: composed(seen), on: '2026-07-12' })),
  step('letters.askRecheck', (seen) => ({ id: composed(seen), askedOn: '2026-08-05', askedBy: '甲', grounds: '太晚', scans: [] })),
  step('letters.askRecheck', (seen) => ({ id: composed(seen), askedOn: '2026-07-20', askedBy: '甲', grounds: '数据有误', scans: [] })),
  step('letters.list', { recheck: true }),
  step('letters.decideRecheck', (seen) => ({ id: composed(seen), on: '2026-07-30', outcome: '维持', reason: '属实' })),
  ...asAnother('丙', step('letters.decideRecheck', (seen) => ({ id: composed(seen), on: '2026-07-30', outcome: '维持', reason: '属实' }))),
  step('letters.get', (seen) => ({ id: composed(seen) })),
  step('attachments.file', (seen) => ({ id: seen.last('letters.get').replies[0]?.scans[0]?.id ?? 'none' })),
  step('letters.preview', (seen) => ({ id: composed(seen) })),
  step('letters.file', (seen) => ({ id: composed(seen), as: 'html' })),
  step('papers.pdf', (seen) => ({ file: seen.last('letters.file').file })),
  step('papers.pdfResult', (seen) => ({ job: seen.last('papers.pdf').job })),
  step('letters.files', (seen) => ({ ids: [composed(seen)] })),
  step('letters.filesResult', (seen) => ({ job: seen.last('letters.files').job })),
  step('letters.compose', (seen) => ({ type: 'reminder', unitId: seen.last('units.list').items[0]!.id, officialId: seen.last('units.get').posts[0]!.officialId, matter: '大气污染防治', cause: '进展较慢', draft, earlierLetterId: null }), ['batched', (value) => value.id]),
  step('letters.batch', (seen) => ({ ids: [kept('batched')(seen)], date: '2026-07-02' })),
  step('letters.batchResult', (seen) => ({ job: seen.last('letters.batch').job })),
  step('letters.batchResume', (seen) => ({ batchId: seen.last('letters.batch').batchId })),
  step('letters.batches'),
  step('letters.printed', (seen) => ({ ids: [kept('batched')(seen)], batchId: seen.last('letters.batch').batchId })),
  step('letters.list', { limit: 5, sort: 'number', direction: 'asc' }),
  step('letters.void', (seen) => ({ id: seen.last('letters.issueProposals').letters[0]?.id ?? 'none', on: '2026-07-20', reason: '撤回' })),
  step('letters.register', { year: 2026, as: 'xlsx' }),
  step('letters.register', { year: 2026, as: 'docx', size: 'A3' }),
  step('letters.compose', (seen) => ({
    type: 'interview', unitId: seen.last('units.list').items[0]!.id, officialId: seen.last('units.get').posts[0]!.officialId, matter: '重点项目', cause: '进展较慢', draft: { ...draft, type: 'interview', replyDays: 0 }, earlierLetterId: null, stepReason: '直接约谈',
  }), ['notice', (value) => value.id]),
  step('letters.submit', (seen) => ({ ids: [kept('notice')(seen)] })),
  step('letters.check', (seen) => ({ ids: [kept('notice')(seen)], pass: true })),
  step('letters.issue', (seen) => ({ ids: [kept('notice')(seen)], date: '2026-07-20' })),
  step('letters.minutes', (seen) => ({ id: kept('notice')(seen), minutes: { from: '2026-07-22T09:00', to: null, place: '会议室', talkers: ['甲'], recorder: '乙', content: [{ by: null, text: '谈话内容' }], account: [], pledge: [], followUpOn: null } })),
  step('letters.file', (seen) => ({ id: kept('notice')(seen), as: 'html', paper: 'minutes' })),
  step('papers.dutyFile', (seen) => ({ officialId: kept('first')(seen) })),
  step('papers.monthly', { period: '2026-06' }),
  step('numbers.overview', { year: 2026 }),
  step('numbers.gapsFile', { year: 2026 }),
  step('sentences.list', { type: 'reminder' }),
  step('sentences.save', { id: null, type: 'reminder', part: 'demand', text: '请{姓名}同志抓紧办理。' }),
  step('sentences.remove', (seen) => ({ id: seen.last('sentences.save').id })),
  step('sentences.reset'),
  ...upload('提醒函.docx', templateDocx(goodTemplate)),
  step('templates.places', { type: 'reminder' }),
  step('templates.check', (seen) => ({ type: 'reminder', file: seen.last('files.put').token })),
  step('templates.upload', (seen) => ({ type: 'reminder', file: seen.last('files.put').token })),
  step('templates.trial', (seen) => ({ id: seen.last('templates.upload').id })),
  step('templates.file', (seen) => ({ id: seen.last('templates.upload').id })),
  step('templates.activate', (seen) => ({ id: seen.last('templates.upload').id })),
  step('templates.list'),
  step('templates.reset', { type: 'reminder' }),
]
const after: Step[] = [
  step('bulletins.undo', (seen) => ({ id: kept('bulletin')(seen), reason: '撤销' })),
  step('verify.start'),
  step('jobs.wait', (seen) => ({ id: seen.last('verify.start').job, after: 10_000 })),
  step('verify.result', (seen) => ({ job: seen.last('verify.start').job })),
  step('jobs.cancel', (seen) => ({ id: seen.last('verify.start').job })),
  step('audit.list', { limit: 500, direction: 'asc' }),
  step('store.digest'),
  step('store.dump'),
]

const exchange: Step[] = [
  step('exchange.request', { account: '乙', password }),
  step('exchange.status'),
  step('exchange.plan', { full: true }),
  step('exchange.export', { full: true }),
  step('exchange.exportResult', (seen) => seen.last('exchange.export')),
  step('exchange.receive', (seen) => ({ file: seen.last('exchange.exportResult').file ?? 'none-none', dryRun: true })),
  step('exchange.receiveResult', (seen) => seen.last('exchange.receive')),
  step('exchange.receive', (seen) => ({ file: seen.last('exchange.exportResult').file ?? 'none-none' })),
  step('exchange.receiveResult', (seen) => seen.last('exchange.receive')),
  step('exchange.enrol', (seen) => ({ file: seen.last('exchange.receive').job })),
  ...upload('二号机.req', makeRequest(newDeviceKeys(randomFrom('二号机')), { name: '二号机', origins: ['ab'.repeat(16)], app: '0.0.0', made: 1 })),
  step('exchange.enrol', (seen) => ({ file: seen.last('files.put').token, scope: 'all' })),
  step('exchange.enrolResult', (seen) => seen.last('exchange.enrol')),
  // Jobs that fail end the terminal's call: what needs a second machine is refused before a job begins.
  step('exchange.join', { file: 'none-none' }),
  step('exchange.joinResult', { job: 'none-none' }),
  step('exchange.revoke', { device: 'nobody', reason: '丢失' }),
  step('exchange.revoke', (seen) => ({ device: seen.last('exchange.enrolResult').device, reason: '丢失' })),
  step('exchange.acceptPlan', (seen) => ({ device: seen.last('exchange.enrolResult').device })),
  step('exchange.accept', (seen) => ({ device: seen.last('exchange.enrolResult').device, reason: '停用前办理', seen: '0'.repeat(64) })),
  step('exchange.acceptResult', { job: 'none-none' }),
  step('exchange.takeRoot', (seen) => ({ escrowKey: seen.last('app.setup').escrowKey })),
  step('exchange.backup', {}),
  step('exchange.backupResult', (seen) => seen.last('exchange.backup')),
  step('exchange.restore', (seen) => ({ file: seen.last('exchange.backupResult').file ?? 'none-none' })),
  step('exchange.receiveResult', (seen) => seen.last('exchange.restore')),
  step('exchange.recover', (seen) => ({ file: 'none-none', escrowKey: seen.last('app.setup').escrowKey })),
  step('exchange.recoverResult', { job: 'none-none' }),
  step('numbers.authority', { year: 2026 }),
  step('numbers.setAuthority', {}),
  step('numbers.lease', (seen) => ({ device: seen.last('exchange.enrolResult').device, year: new Date().getFullYear() })),
  step('numbers.closeLease', (seen) => ({ id: seen.last('numbers.lease').id })),
  step('numbers.assign', {}),
  step('exchange.ask', {}),
  step('exchange.answer', { file: 'none-none' }),
  step('exchange.diagnose', {}),
  step('exchange.diagnoseResult', (seen) => seen.last('exchange.diagnose')),
  step('exchange.gapAck', { before: '0'.repeat(64), reason: '丢失' }),
  step('exchange.packages', { direction: 'out' }),
  step('exchange.seen'),
  step('exchange.escrowKey'),
  step('exchange.conflicts'),
  step('conflicts.history', { table: 'unit', row: 'none', register: 'identity' }),
  step('conflicts.among', { rows: ['none'] }),
  step('conflicts.decided', {}),
  step('machines.picture'),
  step('exchange.resolve', { id: 'unit.identity/none', take: '0'.repeat(64) }),
  step('exchange.status'),
]

export const walk: readonly Step[] = [...before, ...frame, ...work, ...letters, ...exchange, ...after]
