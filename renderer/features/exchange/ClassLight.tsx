/** How urgent a conflict is, as shape, word and colour. */
import { StatusLight } from '../../components/StatusLight.tsx'
import { conflictsText as t } from '../../text/conflicts.ts'

export function ClassLight({ hard }: { readonly hard: boolean }) {
  return hard ? <StatusLight tone="alert" text={t.hard} /> : <StatusLight tone="wait" text={t.review} />
}
