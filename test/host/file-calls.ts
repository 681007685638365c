/** What a program does with files, call by call: node:fs and node:fs/promises are wrapped for every module of the process. SQLite's own files are not seen. */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/** `open`: for writing, of a file that need not be there yet. `path`: of a rename the old name, of a copy the copy; `other`: the new name, the source. */
type Kind = 'open' | 'write' | 'read' | 'sync' | 'rename' | 'copy' | 'remove' | 'folder'
export type FileCall = { readonly call: Kind; readonly path: string; readonly other?: string }
export type Watcher = { readonly begin?: (call: FileCall) => void; /** When it has succeeded. */ readonly end?: (call: FileCall) => void }

type Any = (...args: unknown[]) => unknown
type Tell = (args: readonly unknown[], self: unknown) => FileCall | null

/** Gives what takes the wraps off again. */
export async function watchFiles({ begin = () => {}, end = () => {} }: Watcher): Promise<() => void> {
  /** By number, or by handle. */
  const paths = new Map<unknown, string>()
  const undo: (() => void)[] = []
  const wrap = (owner: object, names: readonly string[], tell: Tell, after: (args: readonly unknown[], result: unknown, self: unknown) => void = () => {}): void => {
    for (const name of names) {
      const module = owner as Record<string, Any>
      const real = module[name]!
      undo.push(() => (module[name] = real))
      module[name] = function wrapped(this: unknown, ...args) {
        const call = tell(args, this)
        if (call) begin(call)
        const done = (result: unknown): unknown => {
          after(args, result, this)
          if (call) end(call)
          return result
        }
        const result = real.apply(this, args)
        return result instanceof Promise ? result.then(done) : done(result)
      }
    }
  }
  const at = (call: Kind): Tell => ([path]) => ({ call, path: String(path) })
  const on = (call: Kind, key: (args: readonly unknown[], self: unknown) => unknown): Tell => (args, self) => {
    const path = paths.get(key(args, self))
    return path === undefined ? null : { call, path }
  }
  const number = ([fd]: readonly unknown[]): unknown => fd
  const handle = (_: readonly unknown[], self: unknown): unknown => self
  const opens: Tell = ([path, flags]) => (flags === undefined || flags === 'r' || flags === 'r+' ? null : { call: 'open', path: String(path) })
  const one = await promises.open(import.meta.filename, 'r')
  const handles = Object.getPrototypeOf(one) as object
  await one.close()

  for (const [owner, sync] of [[fs, 'Sync'], [promises, '']] as const) {
    const named = (...names: string[]): string[] => names.map((name) => name + sync)
    wrap(owner, named('mkdir'), at('folder'))
    wrap(owner, named('rm', 'unlink', 'rmdir'), at('remove'))
    wrap(owner, named('writeFile', 'appendFile', 'truncate'), at('write'))
    wrap(owner, named('rename'), ([from, to]) => ({ call: 'rename', path: String(from), other: String(to) }))
    wrap(owner, named('copyFile'), ([from, to]) => ({ call: 'copy', path: String(to), other: String(from) }))
    wrap(owner, named('open'), opens, ([path], opened) => void paths.set(opened, String(path)))
  }
  wrap(fs, ['writeSync', 'writevSync', 'ftruncateSync'], on('write', number))
  wrap(fs, ['readSync'], on('read', number))
  wrap(fs, ['fsyncSync', 'fdatasyncSync'], on('sync', number))
  wrap(fs, ['closeSync'], () => null, ([fd]) => void paths.delete(fd))
  wrap(handles, ['write', 'writev', 'writeFile', 'appendFile', 'truncate'], on('write', handle))
  wrap(handles, ['read', 'readFile'], on('read', handle))
  wrap(handles, ['sync', 'datasync'], on('sync', handle))
  syncBuiltinESMExports()
  return () => {
    for (const back of undo.toReversed()) back()
    syncBuiltinESMExports()
  }
}

/**
 * Ends this process by SIGKILL right before its `killAt`-th call that changes or syncs files: between two of them a kill leaves the same files. A copy
 * counts twice, for it may also end in its middle. 0: never. Gives the calls so far, as `rename /path`.
 */
export async function killBefore(killAt: number): Promise<() => readonly string[]> {
  const seen: string[] = []
  const count = (what: string, half = (): void => {}): void => {
    if (seen.push(what) !== killAt) return
    half()
    process.kill(process.pid, 'SIGKILL')
  }
  await watchFiles({
    begin({ call, path, other }) {
      if (call === 'read') return
      count(`${call} ${path}`)
      if (call === 'copy') count(`half ${path}`, () => fs.writeFileSync(path, fs.readFileSync(other!).subarray(0, fs.statSync(other!).size / 2)))
    },
  })
  return () => [...seen]
}
