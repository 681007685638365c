/**
 * The terminal for tests: as a user has it, one process a command, or the same command in the test's own process. A process loads the program anew and stretches
 * the password at full cost, some two thirds of what a small command costs; so the first command of each name is a process here and the others are not.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { runCommand, type Outside } from '../../electron/doors/cli/run.ts'
import { keyCost } from './store.ts'

const script = join(import.meta.dirname, '..', '..', 'electron', 'doors', 'cli.ts')

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

/** `env`: over that of the test; a name that is undefined is not there. */
export function cliProcess(args: readonly string[], { env = {}, cwd, stdin = '' }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly stdin?: string } = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, ...env }, cwd })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(stdin)
  })
}

/** With the variables of the test's own process. */
export async function cliHere(args: readonly string[], env: Outside['env'] = (real) => real): Promise<Ended> {
  const said = { out: '', err: '' }
  const code = await runCommand(args, {
    out: (text) => Promise.resolve(void (said.out += text)),
    err: (text) => void (said.err += text),
    env: (real) => env({ ...real, keyCost }),
  })
  return { code, ...said }
}

/** What `init` and `request` made in a process of their own has keys at full cost, which every later command would pay again. */
export async function easeKeys(data: string, password: string): Promise<void> {
  const { code, err } = await cliHere(['call', 'session.password', JSON.stringify({ oldPassword: password, newPassword: password }), '--data', data])
  if (code !== 0) throw new Error(err)
}

/** Says of each command whether it is the first one of its name. */
export function firstOfName(): (args: readonly string[]) => boolean {
  const seen = new Set<string>()
  return ([name = '']) => !seen.has(name) && Boolean(seen.add(name))
}
