/** Why a proposal stands there, and what a person can decide. */
import { Alert } from 'antd'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useCall } from '../../api/hooks.ts'
import { DisputedRow } from '../../components/DisputedMark.tsx'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { Fields, LinkButton } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { navigate } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { briefFigures } from '../../text/figures.ts'
import { dateText, momentText, none, periodText, sourceText } from '../../text/format.ts'
import { actionLabel, letterStateLabels, letterTypeLabels, measureLabel } from '../../text/labels.ts'
import { proposalsText as t } from '../../text/proposals.ts'
import { ProposalActions } from './ProposalActions.tsx'
import { ProposalLight } from './ProposalLight.tsx'

export type Proposal = OutputOf<'proposals.get'>

export function ProposalDetail({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const proposal = useCall('proposals.get', { id })
  if (proposal.error?.code === 'NOT_FOUND') return <EmptyState title={common.gone} />
  return <Shown of={proposal}>{(data) => <Body proposal={data} onClose={onClose} />}</Shown>
}

export function guardText(guard: Proposal['guard']): string | null {
  if (guard === null) return null
  const number = guard.number ?? ''
  return guard.kind === 'open-letter' ? t.guardOpen(number) : t.guardRecent(number, guard.until ?? '')
}

function Body({ proposal, onClose }: { readonly proposal: Proposal; readonly onClose: () => void }) {
  const guard = guardText(proposal.guard)
  return (
    <article className="detail">
      <header className="detail-head">
        <h2>{proposal.official ?? <StatusLight tone="alert" text={t.noOfficial} />}<small>{proposal.title ?? ''}</small></h2>
        <ProposalLight state={proposal.state} /><DisputedRow id={proposal.id} />
        <LinkButton onClick={onClose}>{common.close}</LinkButton>
      </header>
      <p className="detail-line"><LinkButton onClick={() => navigate(['units', proposal.unitId])}>{proposal.unit}</LinkButton>　{periodText(proposal.period)}　{proposal.matter}　{measureLabel(proposal.measure)}</p>
      {proposal.item ? <p className="detail-item">{proposal.item}</p> : null}
      {proposal.facts.length === 0 ? <p>{proposal.summary}</p> : null}
      {proposal.reason ? <p className="soft">{t.reason}：{proposal.reason}</p> : null}
      {guard && proposal.state === 'open' ? <Alert className="page-alert" type="warning" showIcon title={guard} /> : null}
      <ProposalActions proposal={proposal} guard={proposal.state === 'open' ? guard : null} />
      <h3>{t.facts}</h3>
      <Facts proposal={proposal} />
      <h3>{t.ruleTitle}</h3>
      <Fields items={[{ label: t.rule, value: `${proposal.ruleTitle}（${t.ruleVersion(proposal.ruleId, proposal.ruleVersion)}）`, wide: true }, { label: t.condition, value: proposal.ruleCondition, wide: true }, { label: t.basis, value: proposal.basis, wide: true }]} />
      <h3>{t.reports}</h3>
      <ul className="lines">
        {proposal.reports.map((report) => (
          <li key={report.id}>
            <button type="button" className="line line-two" onClick={() => navigate(['reports', report.id])}>
              <span className="line-rest">{periodText(report.period)}　{briefFigures(report)}</span>
              <span className="soft line-source">{report.fileName ?? ''}　{sourceText(report.sheet, report.sheetRow)}</span>
            </button>
          </li>
        ))}
      </ul>
      <h3>{t.otherLetters}</h3>
      {proposal.otherLetters.length === 0 ? <p className="soft">{t.otherLettersEmpty}</p> : <OtherLetters letters={proposal.otherLetters} />}
      {proposal.together.length > 0 ? <p className="soft">{t.together(proposal.together.length)}</p> : null}
      <h3>{t.history}</h3>
      <ul className="history">{proposal.history.map((step) => <li key={`${step.at}-${step.action}`}><span className="soft">{momentText(step.at)}</span> {step.author}　{actionLabel(step.action)}{step.note ? `：${step.note}` : ''}</li>)}</ul>
    </article>
  )
}

function Facts({ proposal }: { readonly proposal: Proposal }) {
  const source = (fact: Proposal['facts'][number]): string | null => {
    const report = proposal.reports.find((one) => one.id === fact.reportId)
    return report?.fileName ? `${report.fileName}　${sourceText(report.sheet, report.sheetRow)}` : fact.source
  }
  return (
    <table className="table table-tight">
      <thead><tr><th>{t.factPeriod}</th><th>{t.factLabel}</th><th>{t.factSource}</th></tr></thead>
      <tbody>
        {proposal.facts.map((fact) => (
          <tr key={`${fact.label}-${fact.period}-${fact.reportId}-${fact.text}`}>
            <td>{periodText(fact.period)}</td>
            <td className="cell-text">{fact.text.startsWith(fact.label) ? null : <b>{fact.label} </b>}{fact.text}</td>
            <td className="cell-text">{fact.reportId ? <LinkButton onClick={() => navigate(['reports', fact.reportId ?? ''])}>{source(fact) ?? common.details}</LinkButton> : (source(fact) ?? none)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function OtherLetters({ letters }: { readonly letters: Proposal['otherLetters'] }) {
  return (
    <ul className="lines">
      {letters.map((letter) => (
        <li key={letter.id}>
          <button type="button" className="line" onClick={() => navigate(['letters', letter.id])}>
            <span className="line-main">{letter.number ?? ((letterTypeLabels as Readonly<Record<string, string>>)[letter.type] ?? letter.type)}</span>
            <span className="line-rest soft">{letter.matter}　{dateText(letter.issuedOn)}</span>
            <span>{(letterStateLabels as Readonly<Record<string, string>>)[letter.state] ?? letter.state}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
