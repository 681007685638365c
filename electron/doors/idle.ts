/** Locks an idle session also when no call comes in: the open store must not outlive the person at the desk. */
import type { Session } from '../services/session.ts'

export function watchIdle(session: Session, everyMs = 15_000): () => void {
  const timer = setInterval(() => session.current(), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
