/** Where files of the exchange go: on the desktop a place that the person chooses, in the browser a download. */
import { bridge } from '../../api/client.ts'

/** Whether the door can write to the stick itself. */
export const writesToPlace = (): boolean => bridge()?.choosePlace !== undefined

export type Target = { readonly place?: string; readonly name: string }

/** Null when the person cancels. */
export async function chooseTarget(name: string): Promise<Target | null> {
  const choose = bridge()?.choosePlace
  if (!choose) return { name }
  const chosen = await choose(name)
  return chosen === null ? null : { place: chosen.token, name: chosen.name }
}

/** What the entry takes of it. */
export const placeOf = (target: Target): { readonly place?: string } => (target.place === undefined ? {} : { place: target.place })
