/** File systems of a test's own: small, or read-only. Mounted in a namespace that ends with the process, so nothing is left behind however a test ends. */
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'

/** As root, or as somebody who may be root of a namespace of his own. */
const ways = [['unshare', '-m'], ['unshare', '-rm']] as const
const way = process.platform === 'linux' ? ways.find(([program, flag]) => spawnSync(program, [flag, 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0) : undefined

export const canMount = way !== undefined

export type Ran = { readonly stdout: string; readonly stderr: string }

/** Runs a shell script with `args` as $1 …; what it mounts only it sees. */
export function withMounts(script: string, args: readonly string[]): Ran {
  const [program, flag] = way!
  return spawnSync(program, [flag, 'sh', '-ec', script, 'sh', ...args], { encoding: 'utf8' })
}
