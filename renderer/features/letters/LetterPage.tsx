/** One letter: the paper on the left; what it is, what happened, and what may be done now on the right. */
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useCall } from '../../api/hooks.ts'
import { DisputedRow } from '../../components/DisputedMark.tsx'
import { EmptyState, ErrorBox, Shown, Waiting } from '../../components/feedback.tsx'
import { PageHeader, Panel } from '../../components/layout.tsx'
import { navigate } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { lettersText as t } from '../../text/letters.ts'
import { EditLetter } from './EditLetter.tsx'
import { LetterActions } from './LetterActions.tsx'
import { LetterFacts } from './LetterFacts.tsx'
import { LetterLight } from './LetterLight.tsx'
import { LetterPaper } from './LetterPaper.tsx'
import { LetterPapers } from './LetterPapers.tsx'
import { RecheckLight } from './RecheckPanel.tsx'

export type Letter = OutputOf<'letters.get'>

export function LetterPage({ id }: { readonly id: string }) {
  const letter = useCall('letters.get', { id })
  const [editing, setEditing] = useState(false)
  if (letter.error?.code === 'NOT_FOUND') return <EmptyState title={common.gone} />
  return (
    <div className="page-fill">
      <Shown of={letter}>
        {(data) => (
          <>
            <PageHeader title={data.number ?? t.unnumbered} hint={<>{letterTypeLabels[data.type]}　{data.official ?? data.unit}　<LetterLight letter={data} />{data.overdueDays > 0 && data.state !== 'closed' ? <span className="overdue">　{t.overdueDays(data.overdueDays)}</span> : null}　<RecheckLight letter={data} /><DisputedRow id={data.id} /></>} back={() => (history.length > 1 ? history.back() : navigate(['letters']))}>
              {editing ? null : <LetterPapers letter={data} />}
            </PageHeader>
            {editing ? <EditLetter letter={data} onClose={() => setEditing(false)} /> : <ViewLetter letter={data} onEdit={() => setEditing(true)} />}
          </>
        )}
      </Shown>
    </div>
  )
}

function ViewLetter({ letter, onEdit }: { readonly letter: Letter; readonly onEdit: () => void }) {
  return (
    <div className="letter-columns">
      <div className="letter-paper" role="region" aria-label={t.preview} tabIndex={0}><PaperPreview id={letter.id} /></div>
      <div className="letter-side">
        <Panel><LetterActions letter={letter} onEdit={onEdit} /></Panel>
        <LetterFacts letter={letter} />
      </div>
    </div>
  )
}

function PaperPreview({ id }: { readonly id: string }) {
  const preview = useCall('letters.preview', { id })
  if (preview.data !== null) return <LetterPaper paper={preview.data} />
  return preview.error ? <ErrorBox error={preview.error} onRetry={preview.reload} /> : <Waiting />
}
