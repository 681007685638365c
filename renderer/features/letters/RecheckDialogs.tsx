/** 申请复核 and 复核决定. */
import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { recheckOutcome } from '../../../shared/contract/letter-schemas.ts'
import { useAction } from '../../api/hooks.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { dateText } from '../../text/format.ts'
import { rechecksText as t } from '../../text/rechecks.ts'
import type { StepDialogProps } from './DeliverDialog.tsx'
import { openOf } from './recheck-model.ts'
import { ScanField, useScans } from './ScanField.tsx'

export function AskRecheckDialog({ letter, onClose, onDone }: StepDialogProps) {
  const [askedOn, setAskedOn] = useState<string | null>(useToday())
  const [askedBy, setAskedBy] = useState(letter.official ?? letter.unit)
  const [grounds, setGrounds] = useState('')
  const action = useAction()
  const scans = useScans(action.fail)
  const last = letter.recheckUntil
  // Told before the form is filled in: behind the last day nothing else on it matters.
  const late = last !== null && askedOn !== null && askedOn > last
  const save = async (): Promise<void> => {
    if (askedOn === null) return
    const answer = await action.run('letters.askRecheck', { id: letter.id, askedOn, askedBy: askedBy.trim(), grounds: grounds.trim(), scans: scans.tokens() })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.askTitle} okText={t.ask} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: askedOn === null || late || askedBy.trim() === '' || grounds.trim() === '' || scans.percent !== null }}>
      <Form layout="vertical" className="dialog-body">
        {last === null ? null : <p className="soft">{t.askHint(dateText(last))}</p>}
        <div className="form-pair">
          <Form.Item label={t.askedOn} htmlFor="recheck-on" {...(late ? { validateStatus: 'error' as const, help: t.late(dateText(last)) } : {})}><DateField id="recheck-on" value={askedOn} onChange={setAskedOn} /></Form.Item>
          <Form.Item label={t.askedBy} htmlFor="recheck-by"><Input id="recheck-by" value={askedBy} onChange={(event) => setAskedBy(event.target.value)} maxLength={200} /></Form.Item>
        </div>
        <Form.Item label={t.grounds} htmlFor="recheck-grounds" extra={t.groundsHint}><Input.TextArea id="recheck-grounds" value={grounds} onChange={(event) => setGrounds(event.target.value)} autoSize={{ minRows: 4, maxRows: 10 }} maxLength={20_000} /></Form.Item>
        <ScanField scans={scans} />
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}

export function DecideRecheckDialog({ letter, onClose, onDone }: StepDialogProps) {
  // None is chosen beforehand: the decision is a person's.
  const [outcome, setOutcome] = useState<(typeof recheckOutcome.options)[number] | null>(null)
  const [on, setOn] = useState<string | null>(useToday())
  const [reason, setReason] = useState('')
  const action = useAction()
  const open = openOf(letter)
  const save = async (): Promise<void> => {
    if (on === null || outcome === null) return
    const answer = await action.run('letters.decideRecheck', { id: letter.id, on, outcome, reason: reason.trim() })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.decideTitle} okText={t.decide} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ danger: outcome === '撤销', disabled: on === null || outcome === null || reason.trim() === '' }}>
      <Form layout="vertical" className="dialog-body">
        {open === null ? null : (
          <>
            <p className="soft">{t.request(dateText(open.askedOn), open.askedBy, dateText(open.dueOn))}</p>
            <blockquote className="quote">{open.grounds}</blockquote>
          </>
        )}
        <Form.Item label={t.outcome} extra={outcome === null ? undefined : t.outcomeHints[outcome]}><Radio.Group value={outcome} onChange={(event) => setOutcome(event.target.value as typeof outcome)} optionType="button" options={recheckOutcome.options.map((one) => ({ value: one, label: one }))} /></Form.Item>
        <Form.Item label={t.decidedOn} htmlFor="decide-on"><DateField id="decide-on" value={on} onChange={setOn} /></Form.Item>
        <Form.Item label={t.reason} htmlFor="decide-reason"><Input.TextArea id="decide-reason" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
