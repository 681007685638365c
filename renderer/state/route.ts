/** Where the window is: a path and filters in the URL hash, so that back, reload and deep links work. `#/letters/ID?state=awaiting`. */
import { useSyncExternalStore } from 'react'

export type Query = Readonly<Record<string, string>>
export type Route = { readonly path: readonly string[]; readonly query: Query }

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Any text gives a route: what cannot be read is left as it stands. */
export function parseHash(hash: string): Route {
  const text = hash.replace(/^#?\/?/, '')
  const mark = text.indexOf('?')
  const path = (mark < 0 ? text : text.slice(0, mark)).split('/').filter((part) => part !== '').map(decode)
  const query: Record<string, string> = {}
  if (mark >= 0) for (const [name, value] of new URLSearchParams(text.slice(mark + 1))) query[name] = value
  return { path, query }
}

/** Empty values are left out; names are sorted, so that one view has one address. */
export function formatHash(path: readonly string[], query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const search = new URLSearchParams()
  for (const name of Object.keys(query).sort()) {
    const value = query[name]
    if (value !== null && value !== undefined && value !== '') search.set(name, value)
  }
  const text = search.toString()
  return `#/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`
}

/** Asked before the window leaves a form with changes; answers whether it may. */
type Guard = () => Promise<boolean>
let guard: Guard | null = null
let accepted = ''
let asking = false
const listeners = new Set<() => void>()
let current: Route = { path: [], query: {} }

function accept(): void {
  accepted = location.hash
  current = parseHash(accepted)
  for (const listener of listeners) listener()
}

async function onHashChange(): Promise<void> {
  if (location.hash === accepted) return
  if (guard === null || parseHash(location.hash).path.join('/') === current.path.join('/')) return accept()
  const wanted = location.hash
  // Stays where it is until the person has answered; forward history is kept by replacing only what was added.
  history.replaceState(null, '', accepted === '' ? '#/' : accepted)
  if (asking) return
  asking = true
  const leave = await guard()
  asking = false
  if (!leave) return
  guard = null
  location.hash = wanted
}

export function startRouting(): void {
  accept()
  window.addEventListener('hashchange', () => void onHashChange())
}

export function setGuard(next: Guard | null): void {
  guard = next
}

export function useRoute(): Route {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

export function navigate(path: readonly string[], query: Readonly<Record<string, string | null | undefined>> = {}): void {
  location.hash = formatHash(path, query)
}

/** Changes filters of the page that is shown; no new step in the history, or every key typed into a search would be one. */
export function patchQuery(patch: Readonly<Record<string, string | null | undefined>>): void {
  history.replaceState(null, '', formatHash(current.path, { ...current.query, ...patch }))
  accept()
}
