/** recheck, recheck-decide: 复核. */
import { recheckOutcome } from '../../../shared/contract/letter-schemas.ts'
import { day, flag, many, needed, Usage, type Command } from './command.ts'
import { letterId } from './letter-commands.ts'

export const recheck: Command = {
  name: 'recheck',
  usage: 'recheck 函件 --by 申请人 --text 理由 [--at 日期] [--scan 文件]…',
  about: '登记复核申请；自收到次日起在函件写明的天数内提出，逾期不受理',
  flags: { at: { type: 'string' }, by: { type: 'string' }, text: { type: 'string' }, scan: { type: 'string', multiple: true } },
  args: [1, 1],
  async run(terminal, [given = ''], flags) {
    const [askedBy, grounds] = [needed(flags, 'by'), needed(flags, 'text')]
    const askedOn = day(flag(flags, 'at') ?? terminal.today(), '--at')
    const scans: string[] = []
    for (const path of many(flags, 'scan')) scans.push(await terminal.upload(path))
    return { value: await terminal.call('letters.askRecheck', { id: await letterId(terminal, given), askedOn, askedBy, grounds, scans }) }
  },
}

export const recheckDecide: Command = {
  name: 'recheck-decide',
  usage: 'recheck-decide 函件 维持|变更|撤销 --text 理由 [--at 日期]',
  about: '登记复核决定；决定撤销时函件随即撤销',
  details: ['由起草、审核、签发这封函件以外、有签发角色的账号决定（--as 姓名）。待决定的复核用 letters --recheck 列出。'],
  flags: { at: { type: 'string' }, text: { type: 'string' } },
  args: [2, 2],
  async run(terminal, [given = '', word = ''], flags) {
    const parsed = recheckOutcome.safeParse(word)
    if (!parsed.success) throw new Usage(`复核决定只能是：${recheckOutcome.options.join('、')}`)
    const reason = needed(flags, 'text')
    const on = day(flag(flags, 'at') ?? terminal.today(), '--at')
    return { value: await terminal.call('letters.decideRecheck', { id: await letterId(terminal, given), on, outcome: parsed.data, reason }) }
  },
}
