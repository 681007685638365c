/** 今日: what a clerk has to do now, with awards and results beside it. */
import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { useCall } from '../../api/hooks.ts'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { LinkButton, PageHeader, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { navigate } from '../../state/route.ts'
import { dateText, periodText } from '../../text/format.ts'
import { kindLabel, letterTypeLabels } from '../../text/labels.ts'
import { rechecksText } from '../../text/rechecks.ts'
import { todayText as t } from '../../text/today.ts'

type Summary = OutputOf<'today.summary'>
type Exchange = OutputOf<'exchange.status'>
type Duty = { readonly label: string; readonly count: number; readonly go: () => void; readonly alert?: boolean }

function duties({ counts }: Summary, exchange: Exchange | null): readonly Duty[] {
  const letters = (state: string) => () => navigate(['letters'], { state })
  return [
    { label: t.repliesOverdue, count: counts.repliesOverdue, alert: true, go: () => navigate(['letters'], { overdue: '1' }) },
    { label: t.proposalsOpen, count: counts.proposalsOpen, go: () => navigate(['proposals'], { state: 'open' }) },
    { label: t.proposalsIncomplete, count: counts.proposalsIncomplete, alert: true, go: () => navigate(['proposals'], { state: 'open', incomplete: '1' }) },
    { label: t.lettersDraft, count: counts.lettersDraft, go: letters('draft') },
    { label: t.lettersToCheck, count: counts.lettersToCheck, go: letters('checking') },
    { label: t.lettersToIssue, count: counts.lettersToIssue, go: letters('checked') },
    { label: t.lettersToDeliver, count: counts.lettersToDeliver, go: letters('issued') },
    { label: t.repliesWaiting, count: counts.repliesWaiting, go: letters('awaiting') },
    { label: t.repliesToJudge, count: counts.repliesToJudge, go: letters('replied') },
    { label: t.lettersToClose, count: counts.lettersToClose, go: letters('accepted') },
    ...recheckDuties(counts),
    ...exchangeDuties(exchange),
  ]
}

/** Shown only when something waits, as with the exchange: most days nothing does. */
function recheckDuties({ rechecksOpen, rechecksOverdue }: Summary['counts']): readonly Duty[] {
  const go = (): void => navigate(['letters'], { recheck: '1' })
  return [{ label: t.rechecksOverdue, count: rechecksOverdue, alert: true, go }, { label: t.rechecksOpen, count: rechecksOpen, go }].filter((duty) => duty.count > 0)
}

/** Shown only when something waits: most days nothing does. */
function exchangeDuties(exchange: Exchange | null): readonly Duty[] {
  if (exchange === null) return []
  const { conflicts, gaps } = exchange
  const found = [
    { label: t.conflicts, count: conflicts.hard + conflicts.review, alert: conflicts.hard > 0, go: () => navigate(['exchange', 'conflicts']) },
    { label: t.gaps, count: gaps.length, alert: true, go: () => navigate(['exchange']) },
  ]
  return found.filter((duty) => duty.count > 0)
}

export function TodayPage() {
  const summary = useCall('today.summary', {})
  return (
    <div className="page-scroll">
      <PageHeader title={t.title} hint={summary.data ? `${dateText(summary.data.today)}　${t.period(periodText(summary.data.period))}` : undefined}>
        <Button type="primary" onClick={() => navigate(['bulletins'])}>{t.importVerb}</Button>
      </PageHeader>
      <Shown of={summary}>{(data) => <TodayBody summary={data} />}</Shown>
    </div>
  )
}

function TodayBody({ summary }: { readonly summary: Summary }) {
  const exchange = useCall('exchange.status', {})
  const open = duties(summary, exchange.data)
  const quiet = open.every((duty) => duty.count === 0)
  return (
    <>
      {summary.calendarKnown ? null : <Alert className="page-alert" type="warning" showIcon title={t.calendarUnknown} action={<Button size="small" onClick={() => navigate(['settings', 'calendar'])}>{t.goCalendar}</Button>} />}
      {quiet ? (
        <Panel>
          <EmptyState title={summary.missing.some((row) => row.reported) ? t.allDone : t.startTitle} hint={summary.missing.some((row) => row.reported) ? t.allDoneHint : t.startHint} />
        </Panel>
      ) : (
        <Panel title={t.toDo}>
          <ul className="duties">
            {open.map((duty) => (
              <li key={duty.label}>
                <button type="button" className={`duty${duty.count === 0 ? ' duty-none' : ''}${duty.alert && duty.count > 0 ? ' duty-alert' : ''}`} onClick={duty.go}>
                  <span className="duty-count">{duty.count}</span>
                  <span className="duty-label">{duty.alert && duty.count > 0 ? <StatusLight tone="alert" text={duty.label} /> : duty.label}</span>
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <div className="today-columns">
        <div>
          <Panel title={t.overdue}><LetterLines letters={summary.overdue} empty={t.overdueEmpty} tail={overdueTail} /></Panel>
          {summary.rechecks.length > 0 ? <Panel title={rechecksText.panel}><LetterLines letters={summary.rechecks} empty="" tail={recheckTail} /></Panel> : null}
          <Panel title={t.dueSoon}><LetterLines letters={summary.dueSoon} empty={t.dueSoonEmpty} tail={dueTail} /></Panel>
        </div>
        <div>
          <Missing summary={summary} />
          <Positive summary={summary} />
        </div>
      </div>
    </>
  )
}

type Tail = (letter: LetterRow) => ReactNode
const overdueTail: Tail = (letter) => <StatusLight tone="alert" text={t.overdueDays(letter.overdueDays)} />
const dueTail: Tail = (letter) => <span>{letter.replyDue ? t.due(dateText(letter.replyDue)) : ''}</span>
const recheckTail: Tail = (letter) => (letter.recheckOverdueDays > 0 ? <StatusLight tone="alert" text={t.overdueDays(letter.recheckOverdueDays)} /> : <span>{rechecksText.decideBy(dateText(letter.recheckDue))}</span>)

function LetterLines({ letters, empty, tail }: { readonly letters: readonly LetterRow[]; readonly empty: string; readonly tail: Tail }) {
  if (letters.length === 0) return <p className="soft panel-empty">{empty}</p>
  return (
    <ul className="lines">
      {letters.map((letter) => (
        <li key={letter.id}>
          <button type="button" className="line" onClick={() => navigate(['letters', letter.id])}>
            <span className="line-main">{letter.number ?? letterTypeLabels[letter.type]}</span>
            <span className="line-who">{letter.official ?? letter.unit}</span>
            <span className="line-rest soft">{letter.unit}　{letter.cause}</span>
            {tail(letter)}
          </button>
        </li>
      ))}
    </ul>
  )
}

function Missing({ summary }: { readonly summary: Summary }) {
  return (
    <Panel title={t.missing} extra={<LinkButton onClick={() => navigate(['bulletins'], { tab: 'board', period: summary.period })}>{periodText(summary.period)}</LinkButton>}>
      {summary.missing.length === 0 ? <p className="soft panel-empty">{t.missingEmpty}</p> : (
        <ul className="lines">
          {summary.missing.map((row) => (
            <li key={`${row.kind}-${row.period}`} className="line line-plain">
              <span className="line-main">{kindLabel(row.kind)}</span>
              <span className="line-rest soft">{periodText(row.period)}</span>
              {row.reported ? <StatusLight tone="done" text={t.reported(row.rows)} /> : <StatusLight tone="wait" text={t.notReported} />}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Positive({ summary: { counts } }: { readonly summary: Summary }) {
  return (
    <Panel title={t.positive} extra={<LinkButton onClick={() => navigate(['bulletins'], { tab: 'reports', kind: 'awards' })}>{t.seeAwards}</LinkButton>}>
      <dl className="figures">
        <div><dt>{t.awards}</dt><dd>{counts.awardsThisYear}<small>{t.people}</small></dd></div>
        <div><dt>{t.issued}</dt><dd>{counts.issuedThisMonth}<small>{t.items}</small></dd></div>
        <div><dt>{t.closed}</dt><dd>{counts.closedThisMonth}<small>{t.items}</small></dd></div>
      </dl>
      <p className="soft panel-empty">{t.positiveHint}</p>
    </Panel>
  )
}
