/** 延期, 销号, 撤销. */
import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useAction } from '../../api/hooks.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { dateText } from '../../text/format.ts'
import { lettersText as t } from '../../text/letters.ts'
import type { StepDialogProps } from './DeliverDialog.tsx'

export function ExtendDialog({ letter, onClose, onDone }: StepDialogProps) {
  const [askedOn, setAskedOn] = useState<string | null>(useToday())
  const [newDue, setNewDue] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const action = useAction()
  const save = async (): Promise<void> => {
    if (askedOn === null || newDue === null) return
    const answer = await action.run('letters.extend', { id: letter.id, askedOn, newDue, reason: reason.trim() })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.extendTitle} okText={t.extend} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: askedOn === null || newDue === null || reason.trim() === '' }}>
      <Form layout="vertical" className="dialog-body">
        <p className="soft">{t.due}：{dateText(letter.replyDue)}。{t.extendHint}</p>
        <div className="form-pair">
          <Form.Item label={t.askedOn} htmlFor="extend-asked"><DateField id="extend-asked" value={askedOn} onChange={setAskedOn} /></Form.Item>
          <Form.Item label={t.newDue} htmlFor="extend-due"><DateField id="extend-due" value={newDue} onChange={setNewDue} /></Form.Item>
        </div>
        <Form.Item label={common.reason} htmlFor="extend-reason"><Input.TextArea id="extend-reason" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 2 }} maxLength={2000} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}

export function CloseDialog({ letter, onClose, onDone }: StepDialogProps) {
  const [on, setOn] = useState<string | null>(useToday())
  const [conclusion, setConclusion] = useState('')
  const action = useAction()
  const save = async (): Promise<void> => {
    if (on === null) return
    const answer = await action.run('letters.close', { id: letter.id, on, conclusion: conclusion.trim() === '' ? null : conclusion.trim() })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.closeTitle} okText={t.close} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: on === null }}>
      <Form layout="vertical" className="dialog-body">
        <Form.Item label={t.closeOn} htmlFor="close-on"><DateField id="close-on" value={on} onChange={setOn} /></Form.Item>
        <Form.Item label={t.closeConclusion} htmlFor="close-conclusion"><Input.TextArea id="close-conclusion" placeholder={t.closeHint} value={conclusion} onChange={(event) => setConclusion(event.target.value)} autoSize={{ minRows: 2 }} maxLength={20_000} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}

export function VoidDialog({ letter, onClose, onDone }: StepDialogProps) {
  const [on, setOn] = useState<string | null>(useToday())
  const [reason, setReason] = useState('')
  const action = useAction()
  const save = async (): Promise<void> => {
    if (on === null) return
    const answer = await action.run('letters.void', { id: letter.id, on, reason: reason.trim() })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.voidTitle} okText={t.void} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ danger: true, disabled: on === null || reason.trim() === '' }}>
      <Form layout="vertical" className="dialog-body">
        <p className="warn-text">{letter.number}：{t.voidHint}</p>
        <Form.Item label={t.voidOn} htmlFor="void-on"><DateField id="void-on" value={on} onChange={setOn} /></Form.Item>
        <Form.Item label={common.reason} htmlFor="void-reason" extra={common.reasonNeeded}><Input.TextArea id="void-reason" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 3 }} maxLength={2000} autoFocus /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
