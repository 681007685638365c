/** Who is here: first run, log-in, open, or locked over an open page. No rule of the domain: the backend decides everything again. */
import { create } from 'zustand'
import { entries, type EntryName, type OutputOf } from '../../shared/contract/entries.ts'
import type { AppError } from '../../shared/errors.ts'
import { call, whenLocked } from '../api/client.ts'
import { dataChanged } from './data.ts'

export type AppStatus = OutputOf<'app.status'>
export type SessionState = {
  readonly status: AppStatus | null
  readonly error: AppError | null
  /** Somebody was at work and the session ended: the log-in stands over the page, which keeps what was typed. */
  readonly locked: boolean
  /** Grows when another person logs in: the page is then built anew. */
  readonly person: number
}

export const useSession = create<SessionState>(() => ({ status: null, error: null, locked: false, person: 0 }))

/** Pure: what a new status makes of the session. */
export function afterStatus(old: SessionState, status: AppStatus): SessionState {
  const before = old.status?.session ?? null
  if (status.state === 'open') {
    const other = before !== null && status.session !== null && before.accountId !== status.session.accountId
    return { status, error: null, locked: false, person: other ? old.person + 1 : old.person }
  }
  // The open page stays below: its status is kept, only the accounts to choose from are new.
  if (status.state === 'locked' && before !== null && old.status !== null) return { ...old, error: null, locked: true, status: { ...old.status, accounts: status.accounts } }
  return { status, error: null, locked: false, person: old.person }
}

export async function refreshStatus(): Promise<void> {
  const answer = await call('app.status', {})
  if (!answer.ok) {
    useSession.setState({ error: answer.error })
    return
  }
  const wasLocked = useSession.getState().locked
  useSession.setState(afterStatus(useSession.getState(), answer.value))
  if (wasLocked && !useSession.getState().locked) dataChanged()
}

/** The person locks the program: the data folder is closed; the page stays for the same person's return. */
export async function lockNow(): Promise<void> {
  useSession.setState({ locked: true })
  await call('session.logout', {})
  await refreshStatus()
}

whenLocked(() => {
  const now = useSession.getState()
  if (now.locked || now.status?.session == null) return
  useSession.setState({ locked: true })
  void refreshStatus()
})

/** Whether the person's roles allow the entry (the contract's own list). */
export function mayCall(status: AppStatus | null, name: EntryName): boolean {
  const access = entries.get(name)?.access
  if (access === undefined || access === 'public') return true
  if (status?.session == null) return false
  return access === 'session' || status.session.roles.some((role) => access.includes(role))
}

export function useMay(): (name: EntryName) => boolean {
  const status = useSession((state) => state.status)
  return (name) => mayCall(status, name)
}

export function useToday(): string {
  return useSession((state) => state.status?.today ?? '')
}
