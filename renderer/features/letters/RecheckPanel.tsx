/** 复核 of one letter: each request with its scans and its decision, and by when one can be asked for. */
import { Fields, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { dateText } from '../../text/format.ts'
import { rechecksText as t } from '../../text/rechecks.ts'
import type { Letter } from './LetterPage.tsx'
import { openOf } from './recheck-model.ts'
import { ScanLink } from './ScanLink.tsx'

/** 复核中 beside the letter's own state, red when its day has passed; nothing where none waits. */
export function RecheckLight({ letter }: { readonly letter: Pick<Letter, 'recheckDue' | 'recheckOverdueDays'> }) {
  if (letter.recheckDue === null) return null
  return letter.recheckOverdueDays > 0 ? <StatusLight tone="alert" text={t.overdue(letter.recheckOverdueDays)} /> : <StatusLight tone="wait" text={t.open} />
}

export function RecheckPanel({ letter }: { readonly letter: Letter }) {
  if (letter.rechecks.length === 0 && letter.recheckUntil === null) return null
  const open = openOf(letter)
  return (
    <Panel title={t.title} extra={<RecheckLight letter={letter} />}>
      {letter.rechecks.length === 0 ? <Fields items={[{ label: t.until, value: dateText(letter.recheckUntil) }]} /> : null}
      <ul className="records">
        {letter.rechecks.map((one) => (
          <li key={one.id}>
            <b>{t.ask}</b> {dateText(one.askedOn)}　{one.askedBy}{one.id === open?.id ? `　${t.decisionDue(dateText(one.dueOn))}` : ''}
            <p className="pre-line">{one.grounds}</p>
            {one.scans.map((scan) => <ScanLink key={scan.id} scan={scan} />)}
            {one.outcome === null ? null : (
              <>
                <p><b>{t.decide}</b> {dateText(one.decidedOn)}　<StatusLight tone={one.outcome === '撤销' ? 'off' : 'done'} text={one.outcome} />　{one.decidedBy ?? ''}</p>
                <p className="pre-line">{one.decisionReason}</p>
              </>
            )}
            {one.id === open?.id && !letter.allowed.includes('decideRecheck') ? <p className="soft">{t.others}</p> : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
