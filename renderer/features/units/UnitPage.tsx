/** One unit: heads and officials, cards, assessments, letters. */
import { App as AntApp } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { DisputedRow } from '../../components/DisputedMark.tsx'
import { EmptyState, Shown } from '../../components/feedback.tsx'
import { EntryButton, Fields, LinkButton, PageHeader, Panel } from '../../components/layout.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { navigate } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { briefFigures } from '../../text/figures.ts'
import { dateText, none, periodText } from '../../text/format.ts'
import { cardColours, letterTypeLabels, unitKindLabels } from '../../text/labels.ts'
import { unitsText as t } from '../../text/people.ts'
import { LetterLight } from '../letters/LetterLight.tsx'
import { RecheckLight } from '../letters/RecheckPanel.tsx'
import { UnitDialog } from './UnitDialog.tsx'

type Unit = OutputOf<'units.get'>

export function UnitPage({ id }: { readonly id: string }) {
  const unit = useCall('units.get', { id })
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null)
  const action = useAction()
  const { message } = AntApp.useApp()
  const remove = async (reason: string): Promise<void> => {
    const answer = await action.run('units.remove', { id, reason })
    if (!answer.ok) return
    message.success(t.removed)
    navigate(['units'])
  }
  if (unit.error?.code === 'NOT_FOUND') return <EmptyState title={common.gone} />
  return (
    <div className="page-scroll">
      <Shown of={unit}>
        {(data) => (
          <>
            <PageHeader title={data.name} hint={<>{unitKindLabels[data.kind]}<DisputedRow id={data.id} /></>} back={() => history.back()}>
              <EntryButton entry="units.remove" danger onClick={() => setDialog('remove')}>{t.remove}</EntryButton>
              <EntryButton entry="units.save" onClick={() => setDialog('edit')}>{common.edit}</EntryButton>
            </PageHeader>
            <UnitBody unit={data} />
            {dialog === 'edit' ? <UnitDialog unit={data} onClose={() => setDialog(null)} onSaved={() => setDialog(null)} /> : null}
            {dialog === 'remove' ? <ReasonDialog title={t.removeTitle} verb={t.remove} danger busy={action.busy} error={action.error} onCancel={() => { action.clear(); setDialog(null) }} onReason={(reason) => void remove(reason)}><p>{data.name}</p></ReasonDialog> : null}
          </>
        )}
      </Shown>
    </div>
  )
}

function UnitBody({ unit }: { readonly unit: Unit }) {
  return (
    <>
      <Panel>
        <Fields
          items={[
            { label: t.shortName, value: unit.shortName ?? none }, { label: t.aliases, value: unit.aliases.length === 0 ? none : unit.aliases.join('、') },
            { label: t.head, value: unit.headId ? <LinkButton onClick={() => navigate(['officials', unit.headId ?? ''])}>{unit.head}</LinkButton> : <StatusLight tone="wait" text={t.noHead} /> }, { label: t.openLetters, value: unit.openLetters },
          ]}
        />
      </Panel>
      <div className="halves">
        <Panel title={t.posts}>
          {unit.posts.length === 0 ? <p className="soft panel-empty">{t.postsEmpty}</p> : (
            <ul className="lines lines-scroll">
              {unit.posts.map((post) => (
                <li key={post.postId}><button type="button" className="line" onClick={() => navigate(['officials', post.officialId])}><span className="line-main">{post.name}</span><span className="line-rest">{post.title ?? none}<span className="soft">　{post.portfolio ?? ''}</span></span>{post.isHead ? <span className="tag">{t.head}</span> : null}</button></li>
              ))}
            </ul>
          )}
        </Panel>
        <div>
          <Panel title={t.assessments}>
            {unit.assessments.length === 0 ? <p className="soft panel-empty">{t.assessmentsEmpty}</p> : (
              <ul className="lines">
                {unit.assessments.map((row) => <li key={row.id}><button type="button" className="line" onClick={() => navigate(['reports', row.id])}><span className="line-main">{periodText(row.period)}</span><span className="line-rest">{briefFigures(row)}</span></button></li>)}
              </ul>
            )}
          </Panel>
          <Panel title={t.cards}>
            {unit.cards.length === 0 ? <p className="soft panel-empty">{t.cardsEmpty}</p> : (
              <ul className="records">
                {unit.cards.map((card) => <li key={card.id}><StatusLight tone={card.liftedOn ? 'off' : 'alert'} text={cardColours[card.colour] ?? card.colour} />　{dateText(card.since)} {t.until} {dateText(card.until)}{card.liftedOn ? `　${t.lifted} ${dateText(card.liftedOn)}` : ''}<p className="soft">{card.basis}</p></li>)}
              </ul>
            )}
          </Panel>
        </div>
      </div>
      <Panel title={t.letters}>
        {unit.letters.length === 0 ? <p className="soft panel-empty">{t.lettersEmpty}</p> : (
          <ul className="lines lines-scroll">
            {unit.letters.map((row) => (
              <li key={row.id}><button type="button" className="line" onClick={() => navigate(['letters', row.id])}><span className="line-main">{row.number ?? letterTypeLabels[row.type]}</span><span className="line-who">{row.official ?? none}</span><span className="line-rest soft">{row.cause}　{dateText(row.issuedOn)}</span><RecheckLight letter={row} /> <LetterLight letter={row} /></button></li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}
