/** 收到说明: the written explanation with its scans. */
import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useAction } from '../../api/hooks.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { lettersText as t } from '../../text/letters.ts'
import type { StepDialogProps } from './DeliverDialog.tsx'
import { ScanField, useScans } from './ScanField.tsx'

export function ReplyDialog({ letter, onClose, onDone }: StepDialogProps) {
  const [receivedOn, setReceivedOn] = useState<string | null>(useToday())
  const [summary, setSummary] = useState('')
  const [form, setForm] = useState<string>(t.forms[0] ?? '')
  const action = useAction()
  const scans = useScans(action.fail)
  const save = async (): Promise<void> => {
    if (receivedOn === null) return
    const answer = await action.run('letters.reply', { id: letter.id, receivedOn, summary: summary.trim() === '' ? null : summary.trim(), form, scans: scans.tokens() })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.replyTitle} okText={t.reply} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: receivedOn === null || scans.percent !== null }}>
      <Form layout="vertical" className="dialog-body">
        <div className="form-pair">
          <Form.Item label={t.receivedOn} htmlFor="reply-on"><DateField id="reply-on" value={receivedOn} onChange={setReceivedOn} /></Form.Item>
          <Form.Item label={t.form} htmlFor="reply-form"><Select id="reply-form" value={form} onChange={setForm} options={t.forms.map((word) => ({ value: word, label: word }))} /></Form.Item>
        </div>
        <Form.Item label={t.summary} htmlFor="reply-summary"><Input.TextArea id="reply-summary" value={summary} onChange={(event) => setSummary(event.target.value)} autoSize={{ minRows: 4, maxRows: 12 }} maxLength={20_000} /></Form.Item>
        <ScanField scans={scans} />
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
