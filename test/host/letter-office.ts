/** A small office with units, officials, several accounts and hand-made proposals, for the tests of 函件. All names are invented. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { InputOf, OutputOf, ParsedOf } from '../../shared/contract/entries.ts'
import { lettersGet, lettersList } from '../../shared/contract/letters.ts'
import type { LetterDraft, LetterRow } from '../../shared/contract/letter-schemas.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { roles } from '../../shared/domain/roles.ts'
import { unwrap, type Result } from '../../shared/result.ts'
import type { OpenContext } from '../../electron/services/context.ts'
import { createFileDesk } from '../../electron/services/file-desk.ts'
import { createJobDesk } from '../../electron/services/job-desk.ts'
import { composeLetter } from '../../electron/services/letters/compose.ts'
import { checkLetters, submitLetters } from '../../electron/services/letters/check.ts'
import { getLetter, listOfLetters } from '../../electron/services/letters/get.ts'
import { issueLetters } from '../../electron/services/letters/issue.ts'
import { openWithKey, type DataFolder } from '../../electron/store/data-folder.ts'
import type { WriteTx } from '../../electron/store/store.ts'
import { testEnv } from './backends.ts'
import { makeOffice, type Office } from './office.ts'
import { firstAccount } from './sample.ts'

export const day = '2026-07-06'

export type LetterOffice = Omit<Office, 'folder'> & {
  readonly folder: DataFolder
  /** A further account with its own context. */
  readonly addAccount: (id: string, ...own: Role[]) => OpenContext
}

export const township = 'unit-jinghe'
export const department = 'unit-fagai'

/** Two units and their people, by ids that need no look-up. */
export function putPeople(tx: WriteTx): void {
  const unit = (id: string, name: string, kind: string): void => tx.put('unit', id, 'identity', { name, kind })
  unit(township, '荆河街道办事处', 'township')
  unit(department, '市发展和改革局', 'department')
  const person = (id: string, name: string, unitId: string, title: string, isHead: boolean): void => {
    tx.put('official', id, 'identity', { name, gender: '男', birth: '1975-03' })
    tx.put('post', `post-${id}`, 'post', { officialId: id, unitId, title, rank: null, isHead, portfolio: null, since: '2023-01', until: null })
  }
  person('zhao', '赵明远', township, '党工委书记', true)
  person('qian', '钱学林', township, '党工委委员', false)
  person('sun', '孙立新', department, '局长', true)
}

/** Deriving the keys of a new folder takes seconds: it is done once a file, and every test gets a copy, opened with its key. */
let template: Promise<{ readonly dir: string; readonly key: Uint8Array }> | null = null

async function makeTemplate(): Promise<{ readonly dir: string; readonly key: Uint8Array }> {
  const office = await makeOffice('letters')
  office.folder.store.write({ kind: 'test.people', author: firstAccount.id }, putPeople)
  office.folder.store.close()
  process.once('exit', () => rmSync(dirname(office.env.dataDir), { recursive: true, force: true }))
  return { dir: office.env.dataDir, key: office.folder.key }
}

export async function makeLetterOffice(seed: string): Promise<LetterOffice> {
  template ??= makeTemplate()
  const { dir, key } = await template
  const root = mkdtempSync(join(tmpdir(), 'dutydesk-letters-'))
  const env = testEnv({ seed, dataDir: join(root, 'data') })
  cpSync(dir, env.dataDir, { recursive: true })
  const folder = unwrap(openWithKey(env.dataDir, key, env))
  let job = 0
  const context: OpenContext = {
    env, store: folder.store, account: { id: firstAccount.id, name: firstAccount.name, roles: [...roles] }, workerKey: key, files: createFileDesk(env.random),
    jobs: createJobDesk(() => `job-${(job += 1)}-00000000`, (error) => {
      throw error
    }),
  }
  const addAccount = (id: string, ...own: Role[]): OpenContext => {
    const granted = own.length === 0 ? [...roles] : own
    folder.store.write({ kind: 'test.account', author: id }, (tx) => tx.put('account', id, 'account', { name: `账户${id}`, roles: granted, disabled: false }))
    return { ...context, account: { id, name: `账户${id}`, roles: granted } }
  }
  const close = (): void => {
    folder.store.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { env, folder, context, close, addAccount }
}

export type ProposalMade = { readonly id: string; readonly officialId?: string | null; readonly unitId?: string; readonly matter?: string; readonly measure?: string; readonly item?: string | null; readonly ruleId?: string; readonly aboutLetterId?: string | null }

/** An open proposal as a run of the rules would leave it. */
export function putProposal(context: OpenContext, made: ProposalMade): string {
  const unitId = made.unitId ?? township
  context.store.write({ kind: 'proposals.run', author: context.account.id }, (tx) => {
    tx.put('proposal', made.id, 'finding', {
      ruleId: made.ruleId ?? 'R3', ruleVersion: 1, period: '2026-06', unitId, officialId: made.officialId === undefined ? 'zhao' : made.officialId, item: made.item ?? null, measure: made.measure ?? 'reminder',
      matter: made.matter ?? '重点项目', cause: '重点项目建设进度滞后', basis: '履职尽责信息通报机制；重点项目建设进展情况月通报',
      facts: [{ label: '2026年6月', text: `${made.item ?? '项目'}：截至2026年6月投资完成率30%，时序进度50%，落后20个百分点`, period: '2026-06', reportId: null, letterId: null, figures: {} }], reportIds: [],
      aboutLetterId: made.aboutLetterId ?? null, foundOn: day,
    }, unitId)
    tx.put('proposal', made.id, 'decision', { state: 'open', reason: null, letterId: null, decidedBy: null, decidedOn: null }, unitId)
  })
  return made.id
}

export const draftText: LetterDraft = {
  type: 'reminder', title: null, facts: [{ heading: '龙泉广场项目', text: '截至6月底投资完成率30%，时序进度50%', period: '2026-06', source: '市发展和改革局《2026年6月重点项目进展》', reportId: null }], basis: '履职尽责信息通报机制',
  demands: ['请认真分析原因，研究改进措施。'], replyDays: 15, contactName: '周晓', contactPhone: '0632-5500000', attachments: [], copyTo: [], interview: null, card: null, supervision: null, clarification: null,
}

export type ComposeOver = Partial<ParsedOf<'letters.compose'>> & { readonly text?: Partial<LetterDraft> }

export function composeInput(over: ComposeOver = {}): ParsedOf<'letters.compose'> {
  const { text, ...rest } = over
  const type = rest.type ?? 'reminder'
  return { type, unitId: township, officialId: 'zhao', matter: '重点项目', cause: '重点项目建设进度滞后', earlierLetterId: null, stepReason: null, draft: { ...draftText, type, ...text }, ...rest }
}

export const compose = (context: OpenContext, over: ComposeOver = {}): LetterRow => unwrap(composeLetter(composeInput(over), context))

/** From nothing to an issued letter, in an office with one account. */
export function issued(context: OpenContext, over: ComposeOver = {}, date = day): LetterRow {
  const { id } = compose(context, over)
  unwrap(submitLetters({ ids: [id] }, context))
  unwrap(checkLetters({ ids: [id], pass: true, note: null }, context))
  return unwrap(issueLetters({ ids: [id], date }, context)).letters[0]!
}

export const get = (context: OpenContext, id: string): OutputOf<'letters.get'> => lettersGet.output.parse(unwrap(getLetter({ id }, context)))
export const list = (context: OpenContext, input: InputOf<'letters.list'> = {}): OutputOf<'letters.list'> => lettersList.output.parse(unwrap(listOfLetters(lettersList.input.parse(input), context)))

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code
}
