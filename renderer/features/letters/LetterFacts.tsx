/** Fields, deliveries, replies and the course of one letter. */
import { Fields, LinkButton, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { navigate } from '../../state/route.ts'
import { dateText, momentText, none } from '../../text/format.ts'
import { actionLabel, letterTypeLabels } from '../../text/labels.ts'
import { lettersText as t } from '../../text/letters.ts'
import { minutesText } from '../../text/minutes.ts'
import { LetterLight } from './LetterLight.tsx'
import type { Letter } from './LetterPage.tsx'
import { linesOf } from './minutes-model.ts'
import { RecheckPanel } from './RecheckPanel.tsx'
import { ScanLink } from './ScanLink.tsx'

const optional = (label: string, value: string | null) => (value === null || value === '' ? null : { label, value, wide: true })

export function LetterFacts({ letter }: { readonly letter: Letter }) {
  return (
    <>
      {letter.recheckDue === null ? null : <RecheckPanel letter={letter} />}
      <Panel title={t.fields}>
        <Fields
          items={[
            { label: t.unit, value: <LinkButton onClick={() => navigate(['units', letter.unitId])}>{letter.unit}</LinkButton> },
            { label: t.official, value: letter.officialId ? <LinkButton onClick={() => navigate(['officials', letter.officialId ?? ''])}>{letter.official}</LinkButton> : none },
            { label: t.post, value: letter.post ?? none }, { label: t.matter, value: letter.matter }, { label: t.cause, value: letter.cause, wide: true },
            { label: t.issuedOn, value: dateText(letter.issuedOn) }, { label: t.issuedBy, value: letter.issuedBy ?? none }, { label: t.delivered, value: dateText(letter.deliveredOn) }, { label: t.due, value: dateText(letter.replyDue) },
            { label: t.draftedBy, value: letter.draftedBy }, { label: t.checkedBy, value: letter.checkedBy ?? none },
            optional(t.dueBasis, letter.replyDueBasis), optional(t.checkNote, letter.checkNote), optional(letter.proposals.length > 0 ? t.proposedBy : t.stepReason, letter.stepReason), optional(t.conclusion, letter.conclusion), optional(t.voidReason, letter.voidReason),
            letter.closedOn ? { label: t.closedOn, value: dateText(letter.closedOn) } : null,
          ]}
        />
      </Panel>
      <Replies letter={letter} />
      {letter.recheckDue === null ? <RecheckPanel letter={letter} /> : null}
      <Minutes letter={letter} />
      <Panel title={t.timeline}>
        <ol className="timeline">
          {letter.timeline.map((step) => (
            <li key={`${step.at}-${step.action}`}><span className="timeline-at">{momentText(step.at)}</span><b>{actionLabel(step.action)}</b>　{step.author}{step.note ? <p className="soft">{step.note}</p> : null}</li>
          ))}
        </ol>
      </Panel>
      <Origins letter={letter} />
    </>
  )
}

function Minutes({ letter: { minutes } }: { readonly letter: Letter }) {
  if (minutes === null) return null
  const said = (texts: readonly string[]) => (texts.length === 0 ? none : texts.map((text, i) => <p key={i}>{text}</p>))
  return (
    <Panel title={minutesText.paper}>
      <Fields
        items={[
          { label: minutesText.time, value: `${dateText(minutes.from)}${minutes.to === null ? '' : `—${minutes.to.slice(11)}`}` }, { label: minutesText.place, value: minutes.place }, { label: minutesText.talkers, value: minutes.talkers.join('、') },
          { label: minutesText.recorder, value: minutes.recorder }, { label: minutesText.followUp, value: dateText(minutes.followUpOn) }, { label: minutesText.content, value: said(linesOf(minutes.content)), wide: true },
          { label: minutesText.account, value: said(minutes.account), wide: true }, { label: minutesText.pledge, value: said(minutes.pledge), wide: true },
        ]}
      />
    </Panel>
  )
}

function Replies({ letter }: { readonly letter: Letter }) {
  if (letter.deliveries.length + letter.replies.length + letter.extensions.length === 0) return null
  return (
    <Panel title={`${t.deliveries}、${t.replies}`}>
      <ul className="records">
        {letter.deliveries.map((one) => <li key={one.id}><b>{t.deliver}</b> {dateText(one.deliveredAt)}　{one.receiver}{one.relation ? `（${one.relation}）` : ''}<p className="soft">{[one.method, one.place, one.server, one.note].filter(Boolean).join('　')}</p></li>)}
        {letter.extensions.map((one) => <li key={one.id}><b>{t.extend}</b> {dateText(one.askedOn)} → {dateText(one.newDue)}　{one.approvedBy ?? ''}<p className="soft">{one.reason}</p></li>)}
        {letter.replies.map((one) => (
          <li key={one.id}>
            <b>{t.replies}</b> {dateText(one.receivedOn)}　{one.verdict === null ? <StatusLight tone="work" text={t.notJudged} /> : <StatusLight tone={one.verdict === '认可' ? 'done' : 'wait'} text={`${one.verdict} ${dateText(one.verdictOn)} ${one.verdictBy ?? ''}`} />}
            {one.summary ? <p>{one.summary}</p> : null}
            {one.verdictNote ? <p className="soft">{one.verdictNote}</p> : null}
            {one.scans.map((scan) => <ScanLink key={scan.id} scan={scan} />)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Origins({ letter }: { readonly letter: Letter }) {
  return (
    <>
      {letter.related.length > 0 ? (
        <Panel title={t.related}>
          <ul className="lines">
            {letter.related.map((one) => (
              <li key={one.id}><button type="button" className="line" onClick={() => navigate(['letters', one.id])}><span className="line-main">{one.number ?? t.unnumbered}</span><span className="line-rest soft">{letterTypeLabels[one.type]}　{one.cause}</span><LetterLight letter={one} /></button></li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {letter.proposals.length > 0 ? (
        <Panel title={t.fromProposals}>
          <ul className="lines">
            {letter.proposals.map((one) => (
              <li key={one.id}><button type="button" className="line" onClick={() => navigate(['proposals'], { id: one.id, period: one.period })}><span className="line-main">{one.ruleId}</span><span className="line-rest">{one.summary}</span></button></li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  )
}
