/** Tells the backend that a person is there, at most once a minute; the backend's clock decides about the lock. */
import { call } from '../api/client.ts'
import { refreshStatus, useSession } from './session.ts'

const minute = 60_000

/** Pure: whether this movement is to be told. */
export function tellsActivity(lastTold: number, now: number): boolean {
  return now - lastTold >= minute
}

/** Starts watching; answers how to stop. */
export function watchActivity(clock: () => number = Date.now): () => void {
  let told = clock()
  let moved = clock()
  const isOpen = (): boolean => useSession.getState().status?.session != null && !useSession.getState().locked
  const onMove = (): void => {
    moved = clock()
    if (!tellsActivity(told, moved) || !isOpen()) return
    told = moved
    void call('session.touch', {})
  }
  // Idle beyond the setting: ask for the status (which does not count as activity), so that the screen is covered without a click.
  const timer = setInterval(() => {
    const after = useSession.getState().status?.session?.lockAfterMinutes
    if (after !== undefined && isOpen() && clock() - moved >= after * minute) void refreshStatus()
  }, 15_000)
  const kinds = ['pointerdown', 'keydown', 'wheel', 'pointermove'] as const
  for (const kind of kinds) window.addEventListener(kind, onMove, { passive: true })
  return () => {
    clearInterval(timer)
    for (const kind of kinds) window.removeEventListener(kind, onMove)
  }
}
