/** The terminal door as a user has it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { cliHere, cliProcess, easeKeys, firstOfName, type Ended } from '../../host/terminal.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const home = mkdtempSync(join(tmpdir(), 'dutydesk-cli-'))
const data = join(home, 'data')
const sample = (name: string): string => join(root, 'test', 'fixtures', 'sample', name)
afterAll(() => rmSync(home, { recursive: true, force: true }))

const password = 'correct horse'
Object.assign(process.env, { DUTYDESK_CHECK: '1', DUTYDESK_PASSWORD: password, DUTYDESK_HOME: home })
let isFirst = firstOfName()
beforeEach(() => void (isFirst = firstOfName()))

/** What is given beside the arguments needs a process of its own. */
function cli(args: readonly string[], beside?: { readonly password?: string | undefined; readonly stdin?: string }): Promise<Ended> {
  if (!beside && !isFirst(args)) return cliHere(args)
  return cliProcess(args, { cwd: home, stdin: beside?.stdin, env: beside && 'password' in beside ? { DUTYDESK_PASSWORD: beside.password } : {} })
}
const json = async (...args: string[]): Promise<Record<string, unknown>> => {
  const ended = await cli([...args, '--data', data])
  expect([args, ended.code, ended.err.includes('    at ')]).toEqual([args, 0, false])
  return JSON.parse(ended.out) as Record<string, unknown>
}

describe('usage', () => {
  it('helps in Chinese, and says what is wrong with exit code 2 and one JSON document', async () => {
    expect(await cli(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/用法：[\s\S]*issue 拟办编号[\s\S]*DUTYDESK_PASSWORD/) as string })
    expect(await cli(['judge', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('认可|补充|不认可') as string })
    for (const args of [['nonsense'], ['toString'], ['import'], ['judge', 'x', '好'], ['recheck', 'x', '--by', '甲'], ['recheck-decide', 'x', '同意', '--text', '好'], ['recheck-decide', 'x', '维持'], ['init', '--organ', '某市'], ['letters', '--state', 'open'], ['letters', '--what'], ['issue'], ['issue', 'a', '--all'], ['issue', 'a', '--date', '2026-13-01'], ['propose', '--period', '2026-13'], ['call', 'app.status', '{']]) {
      const ended = await cli([...args, '--data', data])
      expect([args, ended.code]).toEqual([args, 2])
      expect(ended.err).toMatch(/[\u4E00-\u9FFF].*用法/)
      expect(JSON.parse(ended.out)).toMatchObject({ error: { code: 'BAD_INPUT' } })
    }
    expect(existsSync(data)).toBe(false)
  })
})

describe('the whole job', () => {
  it('goes from init to a closed letter', async () => {
    const made = await json('init', '--organ', '某市人民政府办公室', '--code', '某督函')
    expect(Object.keys(made).sort()).toEqual(['code', 'escrowKey', 'group', 'organ', 'origin', 'recoveryCode'])
    expect(await cli(['init', '--organ', '某市', '--code', '督', '--data', data])).toMatchObject({ code: 1, err: expect.stringContaining('已经建立过') as string })
    await easeKeys(data, password)

    const dry = await json('import', sample('01-单位名册.xlsx'), '--dry-run')
    expect(dry.files).toMatchObject([{ kind: 'units', accepted: 57 }])
    const names = ['01-单位名册.xlsx', '02-干部名册.xlsx', '11-2026年6月督查事项.xlsx']
    const { files } = await json('import', ...names.map(sample), '--errors-to', join(home, 'errors'))
    expect(files).toMatchObject([{ accepted: 57, refused: { length: 3 } }, { accepted: 226, skipped: 2 }, { kind: 'tasks', period: '2026-06', accepted: 40, refused: { length: 4 } }])
    expect(readdirSync(join(home, 'errors'))).toHaveLength(3)

    const { proposals } = await json('propose', '--period', '2026-06', '--date', '2026-07-01')
    const ready = (proposals as { id: string; rule: string; incomplete?: true }[]).filter((row) => !row.incomplete)
    expect(ready.length).toBeGreaterThan(5)
    expect(new Set(ready.map((row) => row.rule))).toEqual(new Set(['R4']))
    // A place that takes no folder (a file in the way, a file system that makes none) is said before any number is taken.
    writeFileSync(join(home, 'in the way'), '')
    for (const place of [join(home, 'in the way'), join(home, 'in the way', 'out'), ...(process.platform === 'linux' ? ['/proc/nowhere/out'] : [])]) {
      const ended = await cli(['issue', '--all', '--date', '2026-07-02', '--out', place, '--data', data])
      expect([place, ended.code, (JSON.parse(ended.out) as { error: { code: string } }).error.code]).toEqual([place, 1, expect.stringMatching(/^DISK_/)])
    }
    expect((await json('letters')).letters).toEqual([])
    const issued = await cli(['issue', '--all', '--date', '2026-07-02', '--out', join(home, 'out'), '--data', data])
    const { letters, refused } = JSON.parse(issued.out) as { letters: { id: string; number: string; file: string }[]; refused: { proposalId: string; code: string }[] }
    expect(refused.length).toBeGreaterThan(0)
    expect(issued.err.trim().split('\n')).toEqual([...refused.map((one) => `未签发 ${one.proposalId}：这条拟办缺责任人。请先补上责任人。`), `签发 ${letters.length} 封，未签发 ${refused.length} 条。`])
    expect(letters[0]!.number).toBe('某督函〔2026〕1号')
    for (const letter of letters) expect([letter.file.startsWith(join(home, 'out', `${letter.number}-`)), readFileSync(letter.file).subarray(0, 2).toString()]).toEqual([true, 'PK'])
    for (const one of refused) expect(one.code).toBe('PROPOSAL_NO_OFFICIAL')

    const { number, id } = letters[0]!
    expect(await json('deliver', number, '--at', '2026-07-03T09:30', '--by', '办公室')).toMatchObject({ id, state: 'awaiting', deliveredOn: '2026-07-03' })
    writeFileSync(join(home, 'scan.png'), new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]))
    expect(await json('reply', id, '--at', '2026-07-10', '--text', '已办结', '--scan', join(home, 'scan.png'))).toMatchObject({ state: 'replied' })
    expect(await json('judge', number, '认可', '--at', '2026-07-11')).toMatchObject({ state: 'accepted' })
    expect(await json('close', number, '--at', '2026-07-12')).toMatchObject({ state: 'closed' })
    expect((await json('letters', '--state', 'closed')).letters).toMatchObject([{ number }])
    const again = await cli(['close', number, '--data', data])
    expect([again.code, JSON.parse(again.out), again.err]).toMatchObject([1, { error: { code: 'LETTER_STATE' } }, expect.stringContaining('已销号')])

    expect(await json('render', number, '--out', join(home, 'a.html'))).toMatchObject({ file: join(home, 'a.html'), layout: { number, format: 'letter' } })
    expect(readFileSync(join(home, 'a.html'), 'utf8')).toContain('某督函')
    for (const args of [['台账', '--out', join(home, 'r.docx'), '--size', 'A3'], ['台账', '--out', join(home, 'r.xlsx'), '--year', '2026'], ['通报', '--period', '2026-06', '--out', join(home, 'b.docx')], ['送达回证', number, '--out', join(home, 'c.docx')], ['书面说明', id, '--out', join(home, 'd.docx')]]) {
      const { file } = await json('paper', ...args)
      expect([args[0], readFileSync(String(file)).subarray(0, 2).toString()]).toEqual([args[0], 'PK'])
    }
    for (const args of [['证书', '--out', 'a.docx'], ['台账'], ['台账', '--out', 'a.pdf'], ['台账', '--out', 'a.docx', '--size', 'A5'], ['通报', '--out', 'a.docx'], ['送达回证', '--out', 'a.docx']]) expect([args, (await cli(['paper', ...args, '--data', data])).code]).toEqual([args, 2])
    expect(await cli(['paper', '履职档案', '无此人', '--out', join(home, 'e.docx'), '--data', data])).toMatchObject({ code: 1, out: expect.stringContaining('NOT_FOUND') as string })
    expect(await json('verify')).toEqual({ ok: true, problems: [] })
    expect(Object.keys((await json('digest')).scopes as object)).toContain('office')
    expect((await json('dump')).letter).toHaveLength(letters.length)
  }, 240_000)

  it('refuses bad files, wrong passwords and missing ones with exit code 1, in one sentence', async () => {
    writeFileSync(join(home, 'page.xls'), '<html><table></table></html>')
    writeFileSync(join(home, 'empty.xlsx'), '')
    for (const [name, code] of [['page.xls', 'FILE_HTML'], ['empty.xlsx', 'FILE_EMPTY'], ['gone.xlsx', 'NOT_FOUND']] as const) {
      const ended = await cli(['import', join(home, name), '--data', data])
      expect([name, ended.code, JSON.parse(ended.out)]).toEqual([name, 1, { error: expect.objectContaining({ code, params: expect.objectContaining({ file: name }) as object }) as object, files: [] }])
      expect(ended.err.trim().split('\n')).toHaveLength(1)
    }
    const nobody = await cli(['issue', 'nosuch', '--data', data])
    expect([nobody.code, JSON.parse(nobody.out)]).toMatchObject([1, { error: { code: 'NOT_FOUND' }, letters: [], refused: [{ code: 'NOT_FOUND' }] }])
    expect(await cli(['letters', '--data', data], { password: 'wrong password' })).toMatchObject({ code: 1, out: expect.stringContaining('WRONG_PASSWORD') as string })
    expect(await cli(['letters', '--data', data], { password: undefined })).toMatchObject({ code: 2, err: expect.stringContaining('DUTYDESK_PASSWORD') as string })
    expect(await cli(['letters', '--data', join(home, 'nowhere')])).toMatchObject({ code: 1, out: expect.stringContaining('NOT_SET_UP') as string })
    const foreign = mkdtempSync(join(home, 'foreign-'))
    writeFileSync(join(foreign, 'notes.txt'), 'not ours')
    for (const args of [['letters'], ['init', '--organ', '某市人民政府办公室', '--code', '某督函']]) {
      expect(await cli([...args, '--data', foreign])).toMatchObject({ code: 1, out: expect.stringContaining('DATA_NOT_OURS') as string })
    }
    expect(existsSync(join(home, 'nowhere'))).toBe(false)
  })

  it('复核 is asked for in time and decided by a signer who did not make the letter', async () => {
    const { letters } = await json('letters', '--state', 'issued') as unknown as { letters: { number: string }[] }
    const number = letters[0]!.number
    await json('deliver', number, '--at', '2026-07-03', '--by', '办公室')
    const refused = async (...args: string[]): Promise<unknown> => {
      const ended = await cli([...args, '--data', data])
      expect([args, ended.code, ended.err.trim().split('\n').length]).toEqual([args, 1, 1])
      return [(JSON.parse(ended.out) as { error: { code: string } }).error.code, ended.err]
    }
    expect(await refused('recheck', number, '--by', '甲', '--text', '数据有误', '--at', '2026-08-03')).toEqual(['RECHECK_LATE', expect.stringContaining('最后一天是2026-08-02')])
    writeFileSync(join(home, 'request.png'), new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]))
    expect(await json('recheck', number, '--by', '甲', '--text', '数据有误', '--at', '2026-08-02', '--scan', join(home, 'request.png'))).toMatchObject({ number, recheckDue: '2026-09-01' })
    expect((await json('letters', '--recheck')).letters).toMatchObject([{ number }])
    for (const [name, role] of [['审核员', 'check'], ['复核员', 'issue']]) await json('call', 'accounts.create', JSON.stringify({ name, password: 'correct horse', roles: [role] }))
    const decide = ['recheck-decide', number, '撤销', '--text', '原通报有误', '--at', '2026-08-20']
    expect(await refused(...decide)).toEqual(['RECHECK_OWN', expect.stringContaining('另一位有签发角色的同事')])
    expect(await refused(...decide, '--as', '审核员')).toEqual(['NOT_ALLOWED', expect.stringContaining('角色')])
    expect(await json(...decide, '--as', '复核员')).toMatchObject({ number, state: 'void', recheckOutcome: '撤销', voidReason: '复核决定撤销：原通报有误' })
    expect((await json('letters', '--recheck')).letters).toEqual([])
  })

  it('calls any entry by name, also from stdin, and lists them all', async () => {
    expect(await cli(['call', 'settings.save', '-', '--data', data], { stdin: '{"guardDays":21}' })).toMatchObject({ code: 0, out: expect.stringContaining('"guardDays":21') as string })
    const { entries } = await json('entries')
    expect(entries).toContainEqual({ name: 'letters.issue', access: ['issue'] })
  })
})
