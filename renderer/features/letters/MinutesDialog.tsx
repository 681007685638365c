/** 谈话记录 of a 约谈通知书: prepared from what the notice says, or the record as it stands. */
import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { LetterMinutes } from '../../../shared/contract/letter-schemas.ts'
import { useAction } from '../../api/hooks.ts'
import { DateField, MinuteField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { useSession, useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { minutesText as t } from '../../text/minutes.ts'
import type { StepDialogProps } from './DeliverDialog.tsx'
import type { Letter } from './LetterPage.tsx'
import { contentIn, linesIn, linesOf, namesIn } from './minutes-model.ts'

type Fields = { readonly from: string | null; readonly to: string | null; readonly place: string; readonly talkers: string; readonly recorder: string; readonly content: string; readonly account: string; readonly pledge: string; readonly followUpOn: string | null }

function fieldsOf({ minutes, draft }: Letter, today: string, me: string): Fields {
  if (minutes !== null) {
    return { ...minutes, talkers: minutes.talkers.join('、'), content: linesOf(minutes.content).join('\n'), account: minutes.account.join('\n'), pledge: minutes.pledge.join('\n') }
  }
  const planned = draft.interview
  return { from: planned?.at ?? `${today}T09:00`, to: null, place: planned?.place ?? '', talkers: planned?.talkers ?? '', recorder: me, content: '', account: '', pledge: '', followUpOn: null }
}

/** Null while something that the record cannot do without is missing. */
function minutesIn(fields: Fields): LetterMinutes | null {
  const { from, to, place, recorder, followUpOn } = fields
  const made = { to, place: place.trim(), talkers: namesIn(fields.talkers), recorder: recorder.trim(), content: contentIn(fields.content), account: linesIn(fields.account), pledge: linesIn(fields.pledge), followUpOn }
  return from === null || made.place === '' || made.recorder === '' || made.talkers.length === 0 || made.content.length === 0 ? null : { from, ...made }
}

export function MinutesDialog({ letter, onClose, onDone }: StepDialogProps) {
  const today = useToday()
  const me = useSession((state) => state.status?.session?.name ?? '')
  const [fields, setFields] = useState<Fields>(() => fieldsOf(letter, today, me))
  const action = useAction()
  const set = (patch: Partial<Fields>): void => setFields((now) => ({ ...now, ...patch }))
  const minutes = minutesIn(fields)
  const wrongOrder = fields.from !== null && fields.to !== null && fields.to <= fields.from
  const save = async (): Promise<void> => {
    if (minutes === null) return
    const answer = await action.run('letters.minutes', { id: letter.id, minutes })
    if (answer.ok) onDone()
  }
  const line = (key: 'place' | 'talkers' | 'recorder', label: string, hint?: string) => (
    <Form.Item label={label} htmlFor={`minutes-${key}`} extra={hint}><Input id={`minutes-${key}`} value={fields[key]} onChange={(event) => set({ [key]: event.target.value })} maxLength={200} /></Form.Item>
  )
  const area = (key: 'content' | 'account' | 'pledge', label: string, minRows: number, hint?: string) => (
    <Form.Item label={label} htmlFor={`minutes-${key}`} extra={hint}><Input.TextArea id={`minutes-${key}`} value={fields[key]} onChange={(event) => set({ [key]: event.target.value })} autoSize={{ minRows, maxRows: 14 }} maxLength={20_000} /></Form.Item>
  )
  return (
    <Modal open width={760} title={t.title} okText={t.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: minutes === null || wrongOrder }}>
      <Form layout="vertical" className="dialog-body">
        {/* The whole form fits the smallest screen: what lies below the edge of a dialog is easily left out. */}
        <div className="form-three">
          <Form.Item label={t.from} htmlFor="minutes-from"><MinuteField id="minutes-from" value={fields.from} onChange={(from) => set({ from })} /></Form.Item>
          <Form.Item label={t.to} htmlFor="minutes-to" {...(wrongOrder ? { validateStatus: 'error' as const, help: t.order } : {})}><MinuteField id="minutes-to" value={fields.to} onChange={(to) => set({ to })} /></Form.Item>
          {line('place', t.place)}
        </div>
        <div className="form-three">
          {line('talkers', t.talkers, t.talkersHint)}
          {line('recorder', t.recorder)}
          <Form.Item label={t.followUp} htmlFor="minutes-follow"><DateField id="minutes-follow" value={fields.followUpOn} onChange={(followUpOn) => set({ followUpOn })} /></Form.Item>
        </div>
        {area('content', t.content, 6, t.contentHint)}
        <div className="form-pair">{area('account', t.account, 3, t.accountHint)}{area('pledge', t.pledge, 3)}</div>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
