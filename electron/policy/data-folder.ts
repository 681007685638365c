/** Where the program keeps its data on each system; pure, so that every door and every test finds the same place. */
import { posix, win32 } from 'node:path'

export type Machine = { readonly platform: string; readonly home: string; readonly env: Readonly<Record<string, string | undefined>> }

/** The program's own folder. ASCII: some tools of the offices' machines still break on Chinese paths. */
export function programDir({ platform, home, env }: Machine): string {
  if (env.DUTYDESK_HOME) return env.DUTYDESK_HOME
  if (platform === 'win32') {
    // The portable build keeps everything beside its .exe, for use from a stick.
    if (env.PORTABLE_EXECUTABLE_DIR) return win32.join(env.PORTABLE_EXECUTABLE_DIR, 'Dutydesk-data')
    return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Dutydesk')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Dutydesk')
  return posix.join(env.XDG_CONFIG_HOME || posix.join(home, '.config'), 'Dutydesk')
}

/** `data`: the database, keys and attachments. `logs` and `window` (Chromium's own files) lie beside it, never in it. */
export function folders(machine: Machine): { readonly data: string; readonly logs: string; readonly window: string } {
  const { join } = machine.platform === 'win32' ? win32 : posix
  const dir = programDir(machine)
  return { data: join(dir, 'data'), logs: join(dir, 'logs'), window: join(dir, 'window') }
}
