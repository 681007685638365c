/** request, enrol, join, export, receive: the group and its packages. */
import { resolve } from 'node:path'
import { flag, needed, Usage, type Command, type Terminal } from './command.ts'

/** The job's id, once it is done; what it refuses is thrown. */
async function finished(terminal: Terminal, started: Promise<{ readonly job: string }>): Promise<string> {
  const { job } = await started
  await terminal.finish(job)
  return job
}

export const request: Command = {
  name: 'request',
  usage: 'request --out 文件.req [--account 姓名] [--name 机器名]',
  about: '新机器申请加入：建立空的数据文件夹和第一个账号，写出申请文件',
  details: ['把申请文件带到管理员机器上用 enrol 登记，再把答复带回来用 join 加入。'],
  flags: { out: { type: 'string' }, account: { type: 'string' }, name: { type: 'string' } },
  args: [0, 0],
  async run(terminal, _args, flags) {
    const out = resolve(needed(flags, 'out'))
    const { device, recoveryCode } = await terminal.call('exchange.request', { account: flag(flags, 'account') ?? '管理员', password: await terminal.newPassword(), name: flag(flags, 'name'), out })
    terminal.say('申请文件已写好，请带到管理员机器上登记。')
    return { value: { device, ...(recoveryCode === null ? {} : { recoveryCode }) } }
  },
}

export const enrol: Command = {
  name: 'enrol',
  usage: 'enrol 文件.req --out 文件.dspk [--scope 单位|all]',
  about: '在管理员机器上登记一台新机器，写出带证书和数据的答复',
  details: ['--scope 写单位名称时，那台机器只看得到本单位的数据；默认 all。'],
  flags: { out: { type: 'string' }, scope: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [path = ''], flags) {
    const job = await finished(terminal, terminal.call('exchange.enrol', { path: resolve(path), out: resolve(needed(flags, 'out')), scope: flag(flags, 'scope') }))
    const { file: _, ...value } = await terminal.call('exchange.enrolResult', { job })
    terminal.say(`已登记“${value.name}”。核对码：${value.fingerprint}，请与新机器上显示的核对。`)
    return { value }
  },
}

export const join: Command = {
  name: 'join',
  usage: 'join 文件.dspk',
  about: '在新机器上读入答复，加入交换组并取得数据',
  args: [1, 1],
  async run(terminal, [path = '']) {
    const { report, ...value } = await terminal.call('exchange.joinResult', { job: await finished(terminal, terminal.call('exchange.join', { path: resolve(path) })) })
    terminal.say(`已加入，收到 ${report.new} 条记录。核对码：${value.fingerprint}，请与管理员机器上显示的核对。`)
    return { value: { ...value, ...report } }
  },
}

export const revoke: Command = {
  name: 'revoke',
  usage: 'revoke 机器 --reason 理由',
  about: '停用一台机器（设备编号）；别的机器收到后不再接收它的交换包',
  flags: { reason: { type: 'string' } },
  args: [1, 1],
  run: async (terminal, [device = ''], flags) => ({ value: await terminal.call('exchange.revoke', { device, reason: needed(flags, 'reason') }) }),
}

export const accept: Command = {
  name: 'accept',
  usage: 'accept 机器 --reason 理由 [--dry-run]',
  about: '认下停用机器（设备编号）停用后才到、未作数的记录；--dry-run 只看会有什么作数',
  details: ['只在发证机上办理，不能取消。只有逐条核实、确属如实办理的记录才能认下；机器失窃、被人冒用的，不要认下。', '别的机器收到本机的交换包后，这些记录也作数。'],
  flags: { reason: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  args: [1, 1],
  async run(terminal, [device = ''], flags) {
    const dryRun = flags['dry-run'] === true
    const reason = dryRun ? '' : needed(flags, 'reason')
    const { seen, ...plan } = await terminal.call('exchange.acceptPlan', { device })
    terminal.say(`停用后才到、未作数的记录 ${plan.changes} 条。只有逐条核实、确属如实办理的才能认下。`)
    if (dryRun) return { value: { ...plan, dryRun } }
    const value = await terminal.call('exchange.acceptResult', { job: await finished(terminal, terminal.call('exchange.accept', { device, reason, seen })) })
    terminal.say(`已认下 ${value.changes} 条记录，请尽快导出给各机器。`)
    return { value: { ...plan, ...value, dryRun } }
  },
}

export const exportPackage: Command = {
  name: 'export',
  usage: 'export --out 文件.dspk [--to 机器|all] [--full]',
  about: '写出交换包；默认给全部机器、只带对方还没有的',
  details: ['--to 写设备编号或机器名；--full 带上全部记录。只看部分单位的机器要单独导出。', '命令结束即可拔出U盘。'],
  flags: { out: { type: 'string' }, to: { type: 'string' }, full: { type: 'boolean' } },
  args: [0, 0],
  async run(terminal, _args, flags) {
    const job = await finished(terminal, terminal.call('exchange.export', { to: flag(flags, 'to') ?? 'all', full: flags.full === true, out: resolve(needed(flags, 'out')) }))
    const { file: _, ...value } = await terminal.call('exchange.exportResult', { job })
    terminal.say(`已导出 ${value.changes} 条记录、${value.blobs} 个附件，可以拔出U盘。`)
    if (value.skipped.length > 0) terminal.say(`${value.skipped.length} 台只看部分单位的机器不在内，请用 --to 分别导出。`)
    return { value }
  },
}

export const receive: Command = {
  name: 'receive',
  usage: 'receive 文件.dspk [--dry-run]',
  about: '读入交换包；--dry-run 只看会发生什么',
  flags: { 'dry-run': { type: 'boolean' } },
  args: [1, 1],
  async run(terminal, [path = ''], flags) {
    const job = await finished(terminal, terminal.call('exchange.receive', { path: resolve(path), dryRun: flags['dry-run'] === true }))
    const value = await terminal.call('exchange.receiveResult', { job })
    terminal.say(`新记录 ${value.new} 条，已有 ${value.duplicate} 条，待补齐 ${value.parked} 条，待核对 ${value.conflicts} 处。`)
    if (value.settled > 0) terminal.say(`原来待核对的，其中 ${value.settled} 项已由对方核定。`)
    for (const { device, name, changes } of value.barred) terminal.say(`已停用的机器${name === '' ? '' : `「${name}」`}（${device}）有 ${changes} 条记录停用后才到，不作数，只存不用。核实是停用前如实办理的，可在发证机上用 accept 认下；不能核实的，请在在用的机器上重新办理。`)
    if (value.differs.length > 0) terminal.say('警告：两边的记录相同，状态却不一样。请不要继续导入，两台机器各用 diagnose 写一份诊断文件交给维护人员。')
    return { value }
  },
}

export const conflicts: Command = {
  name: 'conflicts',
  usage: 'conflicts',
  about: '待核对：各机器改得不一样、要由人决定的地方',
  args: [0, 0],
  run: async (terminal) => ({ value: await terminal.call('exchange.conflicts', {}) }),
}

export const decide: Command = {
  name: 'resolve',
  usage: 'resolve 编号 --take 版本',
  about: '决定一处待核对：采用其中一个版本（conflicts 给出的 survivors 的 id）',
  flags: { take: { type: 'string' }, note: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [id = ''], flags) {
    const take = needed(flags, 'take')
    if (!/^[0-9a-f]{64}$/.test(take)) throw new Usage('--take 要写成 conflicts 给出的版本编号')
    return { value: await terminal.call('exchange.resolve', { id, take, note: flag(flags, 'note') }) }
  },
}

export const backup: Command = {
  name: 'backup',
  usage: 'backup --out 文件.dspk',
  about: '写出全部记录和附件的备份；只有本机和托管密钥打得开',
  flags: { out: { type: 'string' } },
  args: [0, 0],
  async run(terminal, _args, flags) {
    const { file: _, ...value } = await terminal.call('exchange.backupResult', { job: await finished(terminal, terminal.call('exchange.backup', { out: resolve(needed(flags, 'out')) })) })
    return { value }
  },
}

export const restore: Command = {
  name: 'restore',
  usage: 'restore 文件.dspk [--escrow 托管密钥] [--account 姓名]',
  about: '从备份恢复：并入备份里的记录，本机已有的不会丢',
  details: ['数据全部丢失时：在空文件夹上带 --escrow 运行，用打印保存的托管密钥恢复全部数据；--account 是新账号的姓名。'],
  flags: { escrow: { type: 'string' }, account: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [path = ''], flags) {
    const escrowKey = flag(flags, 'escrow')
    if (escrowKey === undefined) return { value: await terminal.call('exchange.receiveResult', { job: await finished(terminal, terminal.call('exchange.restore', { path: resolve(path) })) }) }
    const { recoveryCode } = await terminal.call('exchange.request', { account: flag(flags, 'account') ?? '管理员', password: await terminal.newPassword() })
    const job = await finished(terminal, terminal.call('exchange.recover', { path: resolve(path), escrowKey }))
    const { report, ...value } = await terminal.call('exchange.recoverResult', { job })
    terminal.say(`已恢复 ${report.new} 条记录，以后用“${value.account}”登录。`)
    return { value: { ...value, ...report, ...(recoveryCode === null ? {} : { recoveryCode }) } }
  },
}

export const ask: Command = {
  name: 'ask',
  usage: 'ask --out 文件.req',
  about: '写出补发申请：还缺哪些机器的哪些记录、哪些附件，带到有的机器上用 answer 办理',
  flags: { out: { type: 'string' } },
  args: [0, 0],
  async run(terminal, _args, flags) {
    const { file: _, ...value } = await terminal.call('exchange.ask', { out: resolve(needed(flags, 'out')) })
    terminal.say(`缺 ${value.gaps.length} 段记录，申请文件已写好。`)
    return { value }
  },
}

export const answer: Command = {
  name: 'answer',
  usage: 'answer 文件.req --out 文件.dspk',
  about: '按补发申请导出对方缺的那一段',
  flags: { out: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [path = ''], flags) {
    const job = await finished(terminal, terminal.call('exchange.answer', { path: resolve(path), out: resolve(needed(flags, 'out')) }))
    const { file: _, ...value } = await terminal.call('exchange.exportResult', { job })
    terminal.say(`已导出 ${value.changes} 条记录、${value.blobs} 个附件，可以拔出U盘。`)
    return { value }
  },
}

export const gapAck: Command = {
  name: 'gap-ack',
  usage: 'gap-ack 编号 --reason 理由',
  about: '确认一段记录已永远丢失（编号是 exchange-status 里 gaps 的 before），后面的记录不再等它',
  flags: { reason: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [before = ''], flags) {
    if (!/^[0-9a-f]{64}$/.test(before)) throw new Usage('编号要写成 exchange-status 给出的 gaps 里的 before')
    return { value: await terminal.call('exchange.gapAck', { before, reason: needed(flags, 'reason') }) }
  },
}

export const exchangeStatus: Command = {
  name: 'exchange-status',
  usage: 'exchange-status',
  about: '交换的情况：本机、各机器还缺什么、等待补齐和待核对的数量',
  args: [0, 0],
  run: async (terminal) => ({ value: await terminal.call('exchange.status', {}) }),
}
