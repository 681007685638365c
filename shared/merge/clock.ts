/** Hybrid logical clock (exchange.md section 2). It only picks the provisional winner between concurrent edits; it orders nothing legal. */

/** `ms` since 1970, then a counter for writes within one ms. */
export type Clock = { readonly ms: number; readonly counter: number }

/** How far ahead of the wall clock we let ourselves be pulled: a machine whose clock is wrong by years must not drag all others along. */
export const clockCapMs = 24 * 60 * 60 * 1000
const maxMs = 2 ** 48 - 1
const maxCounter = 2 ** 32 - 1

function sane(now: number): number {
  return Number.isFinite(now) ? Math.min(Math.max(Math.floor(now), 0), maxMs - clockCapMs) : 0
}

/** The stamp of our next write: at least the wall clock, and after our last stamp unless that one is more than 24 h ahead of the wall. */
export function tick(clock: Clock, now: number): Clock {
  const wall = sane(now)
  if (clock.ms < wall || clock.ms > wall + clockCapMs) return { ms: wall, counter: 0 }
  return clock.counter >= maxCounter ? { ms: clock.ms + 1, counter: 0 } : { ms: clock.ms, counter: clock.counter + 1 }
}

/** Our clock after seeing a stamp from elsewhere: never back, and never beyond now + 24 h. */
export function receive(clock: Clock, seen: Clock, now: number): Clock {
  const cap = sane(now) + clockCapMs
  const bounded = seen.ms > cap ? { ms: cap, counter: 0 } : seen
  return compareClocks(bounded, clock) > 0 ? bounded : clock
}

/** True when a received stamp is so far ahead that it is flagged (never refused). */
export function isAhead(seen: Clock, now: number): boolean {
  return seen.ms > sane(now) + clockCapMs
}

export function compareClocks(a: Clock, b: Clock): number {
  return a.ms - b.ms || a.counter - b.counter
}
