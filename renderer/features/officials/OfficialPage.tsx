/** One official: awards and results stand beside letters and interviews, in the same size. */
import { App as AntApp } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { ReportRow } from '../../../shared/contract/report-schemas.ts'
import { call } from '../../api/client.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { DisputedRow } from '../../components/DisputedMark.tsx'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { EntryButton, Fields, LinkButton, PageHeader, Panel } from '../../components/layout.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { navigate } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { briefFigures } from '../../text/figures.ts'
import { birthText, dateText, none, periodText } from '../../text/format.ts'
import { kindLabel, letterTypeLabels } from '../../text/labels.ts'
import { officialsText as t } from '../../text/people.ts'
import { LetterLight } from '../letters/LetterLight.tsx'
import { RecheckLight } from '../letters/RecheckPanel.tsx'
import { PaperMenu } from '../letters/PaperMenu.tsx'
import { JoinDialog } from './JoinDialog.tsx'
import { OfficialDialog } from './OfficialDialog.tsx'

export type Official = OutputOf<'officials.get'>

export function OfficialPage({ id }: { readonly id: string }) {
  const official = useCall('officials.get', { id })
  const [editing, setEditing] = useState(false)
  if (official.error?.code === 'NOT_FOUND') return <EmptyState title={common.gone} />
  return (
    <div className="page-scroll">
      <Shown of={official}>
        {(data) => (
          <>
            <PageHeader title={data.name} hint={<>{[data.unit ?? t.noPost, data.title].filter(Boolean).join('　')}<DisputedRow id={data.id} /></>} back={() => history.back()}>
              <PaperMenu label={t.dutyFile} make={(as) => call('papers.dutyFile', { officialId: data.id, as })} />
              <EntryButton entry="officials.save" onClick={() => setEditing(true)}>{common.edit}</EntryButton>
            </PageHeader>
            <OfficialBody official={data} />
            {editing ? <OfficialDialog official={data} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} /> : null}
          </>
        )}
      </Shown>
    </div>
  )
}

function OfficialBody({ official }: { readonly official: Official }) {
  return (
    <>
      <Panel>
        <Fields
          items={[
            { label: t.gender, value: official.gender ?? none }, { label: t.birth, value: birthText(official.birth) }, { label: t.phone, value: official.phone ?? none }, { label: t.head, value: official.isHead ? common.yes : common.no },
            official.note ? { label: t.note, value: official.note, wide: true } : null,
          ]}
        />
      </Panel>
      <p className="soft neutral-note">{t.noteNeutral}</p>
      <div className="halves">
        <Panel title={t.positive}><Reports rows={official.awards} empty={t.positiveEmpty} /></Panel>
        <Panel title={t.lettersTitle}><Letters official={official} /></Panel>
      </div>
      <div className="halves">
        <Panel title={t.results} extra={<LinkButton onClick={() => navigate(['bulletins'], { tab: 'reports', official: official.id })}>{t.allReports}</LinkButton>}><Reports rows={official.reports} empty={t.resultsEmpty} /></Panel>
        <Posts official={official} />
      </div>
      <Namesakes official={official} />
    </>
  )
}

function Reports({ rows, empty }: { readonly rows: readonly ReportRow[]; readonly empty: string }) {
  if (rows.length === 0) return <p className="soft panel-empty">{empty}</p>
  return (
    <ul className="lines lines-scroll">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" className="line" onClick={() => navigate(['reports', row.id])}>
            <span className="line-main">{periodText(row.period)}</span>
            <span className="line-rest">{row.kind === 'awards' ? '' : `${kindLabel(row.kind)}　`}<span className="soft">{row.item && row.kind !== 'awards' ? `${row.item}　` : ''}{briefFigures(row)}</span></span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Letters({ official }: { readonly official: Official }) {
  if (official.letterRows.length === 0) return <p className="soft panel-empty">{t.lettersEmpty}</p>
  return (
    <ul className="lines lines-scroll">
      {official.letterRows.map((row) => (
        <li key={row.id}>
          <button type="button" className="line" onClick={() => navigate(['letters', row.id])}>
            <span className="line-main">{row.number ?? letterTypeLabels[row.type]}</span>
            <span className="line-rest soft">{row.number ? `${letterTypeLabels[row.type]}　` : ''}{row.cause}　{dateText(row.issuedOn)}</span>
            <RecheckLight letter={row} /> <LetterLight letter={row} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Posts({ official }: { readonly official: Official }) {
  return (
    <Panel title={t.posts}>
      <ul className="records">
        {official.posts.map((post) => (
          <li key={post.id}>
            <LinkButton onClick={() => navigate(['units', post.unitId])}>{post.unit}</LinkButton>　{[post.title, post.rank].filter(Boolean).join('　')}{post.isHead ? <span className="tag">{t.head}</span> : null}
            <p className="soft">{[post.since || post.until ? `${post.since ?? ''}${t.to}${post.until ?? t.now}` : null, post.portfolio].filter(Boolean).join('　')}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Namesakes({ official }: { readonly official: Official }) {
  const [joining, setJoining] = useState<Official['namesakes'][number] | null>(null)
  const [unjoining, setUnjoining] = useState<string | null>(null)
  const action = useAction()
  const { message } = AntApp.useApp()
  const unjoin = async (reason: string): Promise<void> => {
    if (unjoining === null) return
    const answer = await action.run('officials.unjoin', { id: unjoining, reason })
    if (!answer.ok) return
    message.success(t.unjoined)
    setUnjoining(null)
  }
  if (official.namesakes.length + official.joinedFrom.length === 0) return null
  return (
    <Panel title={t.namesakes}>
      <ul className="records">
        {official.namesakes.map((one) => (
          <li key={one.id} className="record-line">
            <span><LinkButton onClick={() => navigate(['officials', one.id])}>{one.name}</LinkButton>　{one.unit ?? t.noPost}　{one.title ?? ''}　{birthText(one.birth)}</span>
            <EntryButton entry="officials.join" size="small" onClick={() => setJoining(one)}>{t.join}</EntryButton>
          </li>
        ))}
        {official.joinedFrom.map((one) => (
          <li key={one.id} className="record-line">
            <span className="soft">{t.joinedFrom}：{one.unit ?? t.noPost}　{one.title ?? ''}　{birthText(one.birth)}</span>
            <EntryButton entry="officials.unjoin" size="small" onClick={() => setUnjoining(one.id)}>{t.unjoin}</EntryButton>
          </li>
        ))}
      </ul>
      {joining ? <JoinDialog keep={official} other={joining} onClose={() => setJoining(null)} /> : null}
      {unjoining ? <ReasonDialog title={t.unjoinTitle} verb={t.unjoin} busy={action.busy} error={action.error} onCancel={() => setUnjoining(null)} onReason={(reason) => void unjoin(reason)} /> : null}
    </Panel>
  )
}
