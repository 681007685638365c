/** What any door may tell before log-in. */
import type { Role } from '../../shared/domain/roles.ts'
import type { Context, DoorName } from './context.ts'
import type { Session } from './session.ts'
import { isJoining } from './exchange/keys/key-store.ts'
import { readSettings } from './settings.ts'

export type AppStatus = {
  state: 'empty' | 'locked' | 'open'; door: DoorName; version: string; organ: string | null; accounts: string[]
  session: { accountId: string; name: string; roles: Role[]; lockAfterMinutes: number } | null
  joining: boolean; demo: boolean; today: string
}

/** `organ` and `demo` stand in the encrypted database: null and false while locked. */
export function appStatus({ env, session }: Context & { readonly session: Session }): AppStatus {
  const open = session.current()
  const settings = open && open.store.read(readSettings)
  return {
    state: open ? 'open' : session.folder() === 'empty' ? 'empty' : 'locked',
    door: env.door, version: env.version, organ: settings?.organ ?? null, accounts: [...session.accountNames()],
    session: open && settings ? { accountId: open.account.id, name: open.account.name, roles: [...open.account.roles], lockAfterMinutes: settings.lockAfterMinutes } : null,
    joining: open !== null && isJoining(open.store), demo: settings?.demo ?? false, today: env.today(),
  }
}
