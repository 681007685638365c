/** A letter without a proposal; also 澄清 and 升级 of an earlier one. */
import { App as AntApp, AutoComplete, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { letterType, type LetterDraft, type LetterType } from '../../../shared/contract/letter-schemas.ts'
import { nextStep } from '../../../shared/domain/letters/ladder.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Shown } from '../../components/feedback.tsx'
import { PageHeader, Panel } from '../../components/layout.tsx'
import { OfficialPicker, UnitPicker } from '../../components/pickers.tsx'
import { useUnsaved } from '../../components/unsaved.ts'
import { navigate, setGuard, useRoute } from '../../state/route.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { draftText as t, lettersText } from '../../text/letters.ts'
import { emptyDraft, partsOf, tidyDraft } from './draft-model.ts'
import { DraftForm } from './DraftForm.tsx'

type Head = { readonly unitId: string | null; readonly officialId: string | null; readonly matter: string; readonly cause: string; readonly stepReason: string }
type Start = { readonly type: LetterType; readonly earlier: OutputOf<'letters.get'> | null; readonly settings: OutputOf<'settings.get'> }

/** Pure: the draft to begin with. 升级 takes over the facts; 澄清 names the earlier letter. */
function startDraft({ type, earlier, settings }: Start): LetterDraft {
  const draft = { ...emptyDraft(type, settings.replyWorkingDays), contactName: settings.contactName, contactPhone: settings.contactPhone }
  if (earlier === null) return draft
  if (type === 'clarification') return { ...draft, clarification: { earlierNumber: earlier.number, finding: '' } }
  return { ...draft, basis: earlier.draft.basis, facts: earlier.draft.facts }
}

export function ComposePage() {
  const { query } = useRoute()
  const earlierId = query['earlier'] ?? null
  const earlier = useCall('letters.get', earlierId === null ? null : { id: earlierId })
  const settings = useCall('settings.get', {})
  const asked = letterType.options.find((one) => one === query['type'])
  // 升级: the next step of the office's own ladder.
  const above = earlier.data && settings.data ? nextStep(settings.data.ladder, earlier.data.type) : null
  const type = asked ?? above ?? earlier.data?.type ?? 'reminder'
  return (
    <div className="page-scroll">
      <PageHeader title={t.composeTitle} hint={earlier.data ? `${t.earlier}：${earlier.data.number ?? lettersText.unnumbered}` : undefined} back={() => history.back()} />
      <Shown of={settings}>{(data) => (earlierId !== null && earlier.data === null ? <Shown of={earlier}>{() => null}</Shown> : <ComposeForm type={type} earlier={earlier.data} settings={data} />)}</Shown>
    </div>
  )
}

function ComposeForm(start: Start) {
  const { earlier } = start
  const [draft, setDraft] = useState(() => startDraft(start))
  const [head, setHead] = useState<Head>({ unitId: earlier?.unitId ?? null, officialId: earlier?.officialId ?? null, matter: earlier?.matter ?? '', cause: earlier?.cause ?? '', stepReason: '' })
  const [touched, setTouched] = useState(false)
  const action = useAction()
  const { message } = AntApp.useApp()
  useUnsaved(touched)
  const changeHead = (patch: Partial<Head>): void => {
    setTouched(true)
    setHead((now) => ({ ...now, ...patch }))
  }
  const changeType = (type: LetterType): void => {
    setTouched(true)
    setDraft((now) => ({ ...now, type, ...partsOf(type) }))
  }
  const create = async (): Promise<void> => {
    if (head.unitId === null) return
    const answer = await action.run('letters.compose', {
      type: draft.type, unitId: head.unitId, officialId: head.officialId, matter: head.matter.trim(), cause: head.cause.trim(), draft: tidyDraft(draft), earlierLetterId: earlier?.id ?? null, stepReason: head.stepReason.trim() === '' ? null : head.stepReason.trim(),
    })
    if (!answer.ok) return
    message.success(t.created)
    setGuard(null)
    navigate(['letters', answer.value.id])
  }
  const ready = head.unitId !== null && head.matter.trim().length >= 2 && head.cause.trim().length >= 2
  return (
    <Form layout="vertical" className="compose">
      <Panel>
        <HeadFields type={draft.type} head={head} unitName={earlier?.unit ?? null} officialName={earlier?.official ?? null} onType={changeType} onChange={changeHead} />
      </Panel>
      <Panel>
        <DraftForm draft={draft} onChange={(next) => { setTouched(true); setDraft(next) }} />
      </Panel>
      <div className="form-foot">
        <ErrorBox error={action.error} />
        {ready ? null : <span className="soft">{t.createHint}</span>}
        <Button type="primary" loading={action.busy} disabled={!ready} onClick={() => void create()}>{t.create}</Button>
      </div>
    </Form>
  )
}

type HeadFieldsProps = { readonly type: LetterType; readonly head: Head; readonly unitName: string | null; readonly officialName: string | null; readonly onType: (type: LetterType) => void; readonly onChange: (patch: Partial<Head>) => void }

function HeadFields({ type, head, unitName, officialName, onType, onChange }: HeadFieldsProps) {
  return (
    <>
      <div className="form-pair">
        <Form.Item label={t.type} htmlFor="compose-type"><Select id="compose-type" value={type} onChange={onType} options={letterType.options.map((one) => ({ value: one, label: letterTypeLabels[one] }))} /></Form.Item>
        <Form.Item label={t.matter} htmlFor="compose-matter"><AutoComplete id="compose-matter" value={head.matter} onChange={(matter: string) => onChange({ matter })} options={t.matters.map((value) => ({ value }))} placeholder={t.matterHint} /></Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item label={t.unit} htmlFor="compose-unit"><UnitPicker id="compose-unit" value={head.unitId} shownName={unitName} onChange={(unitId) => onChange({ unitId, officialId: null })} /></Form.Item>
        <Form.Item label={t.official} htmlFor="compose-official"><OfficialPicker key={head.unitId} id="compose-official" value={head.officialId} shownName={officialName} unitId={head.unitId} onChange={(officialId) => onChange({ officialId })} /></Form.Item>
      </div>
      <Form.Item label={t.cause} htmlFor="compose-cause"><Input id="compose-cause" value={head.cause} maxLength={200} placeholder={t.causeHint} onChange={(event) => onChange({ cause: event.target.value })} /></Form.Item>
      <Form.Item label={t.stepReason} htmlFor="compose-step" extra={t.stepReasonHint}><Input id="compose-step" value={head.stepReason} maxLength={2000} onChange={(event) => onChange({ stepReason: event.target.value })} /></Form.Item>
    </>
  )
}
