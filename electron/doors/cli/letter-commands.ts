/** propose, issue, letters, deliver, reply, judge, close. */
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { letterState, verdict } from '../../../shared/contract/letter-schemas.ts'
import type { ProposalRow } from '../../../shared/contract/proposals.ts'
import { measureNames, type Measure } from '../../../shared/domain/rules/definition.ts'
import type { AppError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { day, flag, many, needed, Refused, Usage, type Command, type Terminal } from './command.ts'

const shownProposal = (row: ProposalRow) => ({
  id: row.id, rule: row.ruleId, period: row.period, unit: row.unit, official: row.official, item: row.item, measure: measureNames[row.measure as Measure] ?? row.measure,
  ...(row.state === 'merged' || row.guard !== null ? { merged: true } : {}), ...(row.incomplete ? { incomplete: true } : {}), ...(row.state === 'open' ? {} : { state: row.state }),
})

export const propose: Command = {
  name: 'propose',
  usage: 'propose --period 期别 [--date 日期]',
  about: '对某一期运行规则，列出拟办；期别是 2026-06 或 2025，规则 R7 看 --date 那一天（默认今天）',
  flags: { period: { type: 'string' }, date: { type: 'string' } },
  args: [0, 0],
  async run(terminal, _args, flags) {
    const period = needed(flags, 'period')
    if (!/^\d{4}(-(0[1-9]|1[0-2]))?$/.test(period)) throw new Usage('--period 要写成 2026-06 或 2025')
    const { proposals } = await terminal.call('proposals.run', { period, date: day(flag(flags, 'date') ?? terminal.today(), '--date') })
    return { value: { proposals: proposals.map(shownProposal) } }
  },
}

export const issue: Command = {
  name: 'issue',
  usage: 'issue 拟办编号… | --all [--date 日期] [--out 文件夹] [--override 理由]',
  about: '采纳拟办、审核并签发，每封函件一个 .docx，名为“字号-对象.docx”',
  details: ['不能签发的列在 refused 里并说明原因，其余照常签发；点名的拟办一件也没有签发时退出码为 1。所需角色与窗口里相同。'],
  flags: { all: { type: 'boolean' }, date: { type: 'string' }, out: { type: 'string' }, override: { type: 'string' } },
  args: [0, 2_000],
  async run(terminal, args, flags) {
    if ((flags.all === true) === args.length > 0) throw new Usage('请给出拟办编号，或用 --all')
    const ids = flags.all === true ? await openProposals(terminal) : [...args]
    if (ids.length === 0) return { value: { letters: [], refused: [] } }
    const date = day(flag(flags, 'date') ?? terminal.today(), '--date')
    const out = flag(flags, 'out')
    if (out !== undefined) await terminal.folder(out)
    const { letters, refused } = await terminal.call('letters.issueProposals', { proposalIds: ids, date, override: flag(flags, 'override') })
    const [first] = refused
    if (flags.all !== true && letters.length === 0 && first) throw new Refused({ code: first.code, params: first.params } as AppError, { letters, refused })
    const shown = []
    for (const letter of letters) {
      const file = out === undefined ? null : await saveLetter(terminal, letter.id, out)
      shown.push({ id: letter.id, number: letter.number, type: letter.type, unit: letter.unit, official: letter.official, proposals: letter.proposalIds, file })
    }
    for (const { proposalId, code, params } of refused) terminal.say(`未签发 ${proposalId}：${errorSentence({ code, params } as AppError)}`)
    terminal.say(`签发 ${letters.length} 封，未签发 ${refused.length} 条。`)
    return { value: { letters: shown, refused } }
  },
}

async function saveLetter(terminal: Terminal, id: string, dir: string): Promise<string> {
  const { file } = await terminal.call('letters.file', { id, as: 'docx' })
  const path = await terminal.download(file, { dir })
  await terminal.call('files.drop', { token: file })
  return path
}

async function openProposals(terminal: Terminal): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { items: readonly ProposalRow[]; next: string | null } = await terminal.call('proposals.list', { state: 'open', limit: 500, cursor })
    ids.push(...page.items.map((row) => row.id))
    cursor = page.next
    if (cursor === null) return ids
  }
}

export const letters: Command = {
  name: 'letters',
  usage: 'letters [--state 状态] [--overdue] [--recheck]',
  about: '函件台账；--overdue 逾期未回复的，--recheck 复核待决定的',
  details: [`状态：${letterState.options.join(' ')}`],
  flags: { state: { type: 'string' }, overdue: { type: 'boolean' }, recheck: { type: 'boolean' } },
  args: [0, 0],
  async run(terminal, _args, flags) {
    const state = letterState.optional().safeParse(flag(flags, 'state'))
    if (!state.success) throw new Usage(`--state 只能是：${letterState.options.join(' ')}`)
    const found: LetterRow[] = []
    for (let cursor: string | null = null; ; ) {
      const page: { items: readonly LetterRow[]; next: string | null } = await terminal.call('letters.list', { state: state.data, overdue: flags.overdue === true ? true : null, recheck: flags.recheck === true ? true : null, limit: 500, cursor, sort: 'created', direction: 'asc' })
      found.push(...page.items)
      cursor = page.next
      if (cursor === null) return { value: { letters: found } }
    }
  },
}

/** A letter by its id or by its number as it stands on the paper. */
export async function letterId(terminal: Terminal, given: string): Promise<string> {
  if (!given.includes('〔') && !given.endsWith('号')) return given
  const { items } = await terminal.call('letters.list', { query: given, limit: 100 })
  return items.find((row) => row.number === given)?.id ?? given
}

/** `2026-07-03T09:30`, `2026-07-03 09:30`, or a day, which means nine in the morning. */
function minute(text: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?$/.exec(text)
  if (!found) throw new Usage('--at 要写成 2026-07-03T09:30')
  return `${found[1]}T${found[2] ?? '09:00'}`
}

export const deliver: Command = {
  name: 'deliver',
  usage: 'deliver 函件 --at 时间 --by 签收人 [--method 方式] [--place 地点] [--server 送达人] [--note 备注]',
  about: '登记送达；回复期限从送达次日起按工作日计算',
  flags: { at: { type: 'string' }, by: { type: 'string' }, method: { type: 'string' }, place: { type: 'string' }, server: { type: 'string' }, note: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [given = ''], flags) {
    const [at, receiver] = [minute(needed(flags, 'at')), needed(flags, 'by')]
    const rest = { method: flag(flags, 'method'), place: flag(flags, 'place'), server: flag(flags, 'server'), note: flag(flags, 'note') }
    return { value: await terminal.call('letters.deliver', { id: await letterId(terminal, given), at, receiver, ...rest }) }
  },
}

export const reply: Command = {
  name: 'reply',
  usage: 'reply 函件 --at 日期 [--text 说明] [--scan 文件]…',
  about: '登记收到的书面说明和扫描件',
  flags: { at: { type: 'string' }, text: { type: 'string' }, form: { type: 'string' }, scan: { type: 'string', multiple: true } },
  args: [1, 1],
  async run(terminal, [given = ''], flags) {
    const receivedOn = day(needed(flags, 'at').slice(0, 10), '--at')
    const scans: string[] = []
    for (const path of many(flags, 'scan')) scans.push(await terminal.upload(path))
    return { value: await terminal.call('letters.reply', { id: await letterId(terminal, given), receivedOn, summary: flag(flags, 'text'), form: flag(flags, 'form'), scans }) }
  },
}

export const judge: Command = {
  name: 'judge',
  usage: 'judge 函件 认可|补充|不认可 [--at 日期] [--note 意见] [--due 新期限]',
  about: '审阅书面说明',
  flags: { at: { type: 'string' }, note: { type: 'string' }, due: { type: 'string' } },
  args: [2, 2],
  async run(terminal, [given = '', word = ''], flags) {
    const parsed = verdict.safeParse(word)
    if (!parsed.success) throw new Usage(`审阅意见只能是：${verdict.options.join('、')}`)
    const due = flag(flags, 'due')
    const on = day(flag(flags, 'at') ?? terminal.today(), '--at')
    return { value: await terminal.call('letters.judge', { id: await letterId(terminal, given), verdict: parsed.data, on, note: flag(flags, 'note'), newDue: due === undefined ? null : day(due, '--due') }) }
  },
}

export const close: Command = {
  name: 'close',
  usage: 'close 函件 [--at 日期] [--text 结论]',
  about: '销号',
  flags: { at: { type: 'string' }, text: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [given = ''], flags) {
    return { value: await terminal.call('letters.close', { id: await letterId(terminal, given), on: day(flag(flags, 'at') ?? terminal.today(), '--at'), conclusion: flag(flags, 'text') }) }
  },
}
