/** 待核对: the row shows one of several values until a person decides; leads to where that is done. A grid has one tab stop, so its marks have none. */
import { useDisputed } from '../api/disputed.ts'
import { navigate } from '../state/route.ts'
import { conflictsText } from '../text/conflicts.ts'
import { StatusLight } from './StatusLight.tsx'

export function DisputedMark({ inGrid }: { readonly inGrid?: boolean }) {
  return (
    <button type="button" className="disputed" title={conflictsText.markHint} {...(inGrid ? { tabIndex: -1 } : {})} onClick={(event) => { event.stopPropagation(); navigate(['exchange', 'conflicts']) }}>
      <StatusLight tone="wait" text={conflictsText.open} />
    </button>
  )
}

/** Beside the title of one row's page. */
export function DisputedRow({ id }: { readonly id: string }) {
  return useDisputed([id]).has(id) ? <>　<DisputedMark /></> : null
}
