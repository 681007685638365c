/** The list of commands, and where each lives: loaded only when it runs, so that --help is there at once. */
import type { Command } from './command.ts'

type Loader = () => Promise<Command>

/** In the order of the work. */
export const commands: Readonly<Record<string, Loader>> = {
  init: async () => (await import('./start-commands.ts')).init,
  import: async () => (await import('./import-commands.ts')).importFiles,
  'undo-import': async () => (await import('./import-commands.ts')).undoImport,
  propose: async () => (await import('./letter-commands.ts')).propose,
  issue: async () => (await import('./letter-commands.ts')).issue,
  batch: async () => (await import('./batch-command.ts')).batch,
  deliver: async () => (await import('./letter-commands.ts')).deliver,
  reply: async () => (await import('./letter-commands.ts')).reply,
  judge: async () => (await import('./letter-commands.ts')).judge,
  close: async () => (await import('./letter-commands.ts')).close,
  recheck: async () => (await import('./recheck-commands.ts')).recheck,
  'recheck-decide': async () => (await import('./recheck-commands.ts')).recheckDecide,
  render: async () => (await import('./render-command.ts')).render,
  paper: async () => (await import('./paper-commands.ts')).paper,
  letters: async () => (await import('./letter-commands.ts')).letters,
  request: async () => (await import('./exchange-commands.ts')).request,
  enrol: async () => (await import('./exchange-commands.ts')).enrol,
  join: async () => (await import('./exchange-commands.ts')).join,
  revoke: async () => (await import('./exchange-commands.ts')).revoke,
  accept: async () => (await import('./exchange-commands.ts')).accept,
  export: async () => (await import('./exchange-commands.ts')).exportPackage,
  receive: async () => (await import('./exchange-commands.ts')).receive,
  ask: async () => (await import('./exchange-commands.ts')).ask,
  answer: async () => (await import('./exchange-commands.ts')).answer,
  'gap-ack': async () => (await import('./exchange-commands.ts')).gapAck,
  'exchange-status': async () => (await import('./exchange-commands.ts')).exchangeStatus,
  conflicts: async () => (await import('./exchange-commands.ts')).conflicts,
  resolve: async () => (await import('./exchange-commands.ts')).decide,
  digest: async () => (await import('./check-commands.ts')).digest,
  verify: async () => (await import('./check-commands.ts')).verify,
  diagnose: async () => (await import('./check-commands.ts')).diagnose,
  backup: async () => (await import('./exchange-commands.ts')).backup,
  restore: async () => (await import('./exchange-commands.ts')).restore,
  dump: async () => (await import('./check-commands.ts')).dump,
  call: async () => (await import('./check-commands.ts')).call,
  entries: async () => (await import('./check-commands.ts')).listEntries,
  demo: async () => (await import('./start-commands.ts')).demo,
}

const common = [
  '每个命令都可以写：',
  '  --data 文件夹   数据文件夹（默认是程序自己的）',
  '  --as 姓名       以哪个账号登录（默认第一个）',
  '  --help          本说明',
  '密码取自环境变量 DUTYDESK_PASSWORD，没有时在终端里输入。',
  '结果是标准输出上的一个 JSON；给人看的话写在标准错误上。退出码：0 完成，1 被拒绝，2 用法不对。',
]

export async function generalHelp(): Promise<string> {
  const lines = []
  for (const load of Object.values(commands)) {
    const { usage, about } = await load()
    lines.push(`  ${usage}`, `      ${about}`)
  }
  return ['督查台 · 终端', '', '用法：npm run -s cli -- 命令 …', '', ...lines, '', ...common, ''].join('\n')
}

export function commandHelp({ usage, about, details = [] }: Command): string {
  return [`用法：npm run -s cli -- ${usage}`, '', about, ...details, '', ...common, ''].join('\n')
}
