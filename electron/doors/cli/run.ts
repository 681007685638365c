/** One command from its arguments to its exit code: 0 done, 1 refused, 2 wrong usage. Knows no process, so that a test can run it in its own. */
import { parseArgs } from 'node:util'
import { encodeJson } from '../../../shared/contract/bytes.ts'
import { folders } from '../../policy/data-folder.ts'
import type { Env } from '../../services/context.ts'
import { flag, many, Refused, Usage, type Command, type Flags } from './command.ts'
import { commandHelp, commands, generalHelp } from './help.ts'

export type Outside = {
  /** Resolves when all of it has been taken. */
  readonly out: (text: string) => Promise<void>
  readonly err: (text: string) => void
  /** Stands in for parts of the real world: a clock, a cost of keys. */
  readonly env?: (real: Env) => Env
}

const commonFlags = { data: { type: 'string' }, as: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

export async function runCommand(argv: readonly string[], outside: Outside): Promise<number> {
  const [name = '--help', ...rest] = argv
  if (name === '--help' || name === '-h' || name === 'help') return print(outside, await generalHelp(), argv.length === 0 ? 2 : 0)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) return wrongUsage(outside, `没有“${name}”这个命令`, 'npm run -s cli -- --help')
  const command = await load()
  try {
    const { values, positionals } = parse(command, rest)
    if (values.help === true) return print(outside, commandHelp(command), 0)
    const [least, most] = command.args
    if (positionals.length < least || positionals.length > most) throw new Usage(positionals.length < least ? '参数不够' : '参数太多')
    return await run(command, positionals, values, outside)
  } catch (error) {
    if (error instanceof Usage) return wrongUsage(outside, error.message, command.usage)
    throw error
  }
}

function parse(command: Command, args: readonly string[]): { values: Flags; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...commonFlags, ...command.flags }, allowPositionals: true, strict: true })
    return { values: values as Flags, positionals }
  } catch (error) {
    const option = /'(-{1,2}[^' ,<]+)/.exec(error instanceof Error ? error.message : '')?.[1]
    throw new Usage(option === undefined ? '参数写法不对' : `不认识 ${option}，或它的写法不对`)
  }
}

/** `render` also names its format with --as. */
function accountOf(command: Command, flags: Flags): string | undefined {
  return flag(flags, 'as') ?? many(flags, 'as').find((one) => !(command.formats ?? []).includes(one))
}

async function run(command: Command, args: readonly string[], flags: Flags, outside: Outside): Promise<number> {
  const [{ connect, tell }, { thisMachine }] = await Promise.all([import('./terminal.ts'), import('../env.ts')])
  const dataDir = flag(flags, 'data') ?? process.env.DUTYDESK_DATA ?? folders(thisMachine()).data
  const { terminal, close } = connect(dataDir, accountOf(command, flags), outside)
  try {
    const { value, exitCode = 0 } = await command.run(terminal, args, flags)
    return await print(outside, `${encodeJson(value)}\n`, exitCode)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    outside.err(`${tell(error.error)}\n`)
    return await print(outside, `${encodeJson({ error: error.error, ...error.done })}\n`, 1)
  } finally {
    await close()
  }
}

function wrongUsage(outside: Outside, why: string, usage: string): Promise<number> {
  outside.err(`${why}。用法：${usage}\n`)
  return print(outside, `${JSON.stringify({ error: { code: 'BAD_INPUT', params: { usage } } })}\n`, 2)
}

async function print(outside: Outside, text: string, exitCode: number): Promise<number> {
  await outside.out(text)
  return exitCode
}
