/** The terminal door: one command, one JSON document on stdout, sentences on stderr, exit code 0 done, 1 refused, 2 wrong usage. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeJson } from '../../shared/contract/bytes.ts'
import { folders } from '../policy/data-folder.ts'
import { flag, many, Refused, Usage, type Command, type Flags } from './cli/command.ts'
import { commandHelp, commands, generalHelp } from './cli/help.ts'

// Beside the program's own packages, where only who may change the program may write; where nobody may, nothing is kept.
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile'))

const commonFlags = { data: { type: 'string' }, as: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

async function main(argv: readonly string[]): Promise<number> {
  const [name = '--help', ...rest] = argv
  if (name === '--help' || name === '-h' || name === 'help') return print(await generalHelp(), argv.length === 0 ? 2 : 0)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) return wrongUsage(`没有“${name}”这个命令`, 'npm run -s cli -- --help')
  const command = await load()
  try {
    const { values, positionals } = parse(command, rest)
    if (values.help === true) return print(commandHelp(command), 0)
    const [least, most] = command.args
    if (positionals.length < least || positionals.length > most) throw new Usage(positionals.length < least ? '参数不够' : '参数太多')
    return await run(command, positionals, values)
  } catch (error) {
    if (error instanceof Usage) return wrongUsage(error.message, command.usage)
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

async function run(command: Command, args: readonly string[], flags: Flags): Promise<number> {
  const [{ connect, tell }, { thisMachine }] = await Promise.all([import('./cli/terminal.ts'), import('./env.ts')])
  const { terminal, close } = connect(flag(flags, 'data') ?? process.env.DUTYDESK_DATA ?? folders(thisMachine()).data, accountOf(command, flags))
  try {
    const { value, exitCode = 0 } = await command.run(terminal, args, flags)
    return await print(`${encodeJson(value)}\n`, exitCode)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    process.stderr.write(`${tell(error.error)}\n`)
    return await print(`${encodeJson({ error: error.error, ...error.done })}\n`, 1)
  } finally {
    await close()
  }
}

function wrongUsage(why: string, usage: string): Promise<number> {
  process.stderr.write(`${why}。用法：${usage}\n`)
  return print(`${JSON.stringify({ error: { code: 'BAD_INPUT', params: { usage } } })}\n`, 2)
}

/** Waits until a pipe has taken everything: a dump is larger than its buffer. */
function print(text: string, exitCode: number): Promise<number> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve(exitCode))
  })
}

// `… | head` closes the pipe: nothing is left to say, and nothing went wrong here.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main(process.argv.slice(2))
