/** 收到说明: the written explanation with its scans. */
import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import { chooseFiles, toDesk } from '../../api/files.ts'
import { useAction } from '../../api/hooks.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { sizeText } from '../../text/format.ts'
import { lettersText as t } from '../../text/letters.ts'
import type { StepDialogProps } from './DeliverDialog.tsx'

export function ReplyDialog({ letter, onClose, onDone }: StepDialogProps) {
  const [receivedOn, setReceivedOn] = useState<string | null>(useToday())
  const [summary, setSummary] = useState('')
  const [form, setForm] = useState<string>(t.forms[0] ?? '')
  const [scans, setScans] = useState<readonly PickedFile[]>([])
  const [percent, setPercent] = useState<number | null>(null)
  const action = useAction()
  const add = async (): Promise<void> => {
    const files = await chooseFiles(['pdf', 'jpg', 'jpeg', 'png', 'tif', 'tiff', 'docx'], true)
    for (const file of files) {
      setPercent(0)
      const sent = await toDesk(file, (fraction) => setPercent(Math.round(fraction * 100)))
      setPercent(null)
      if (!sent.ok) return action.fail(sent.error)
      setScans((now) => [...now, sent.value])
    }
  }
  const save = async (): Promise<void> => {
    if (receivedOn === null) return
    const answer = await action.run('letters.reply', { id: letter.id, receivedOn, summary: summary.trim() === '' ? null : summary.trim(), form, scans: scans.map((scan) => scan.token) })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.replyTitle} okText={t.reply} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: receivedOn === null || percent !== null }}>
      <Form layout="vertical" className="dialog-body">
        <div className="form-pair">
          <Form.Item label={t.receivedOn} htmlFor="reply-on"><DateField id="reply-on" value={receivedOn} onChange={setReceivedOn} /></Form.Item>
          <Form.Item label={t.form} htmlFor="reply-form"><Select id="reply-form" value={form} onChange={setForm} options={t.forms.map((word) => ({ value: word, label: word }))} /></Form.Item>
        </div>
        <Form.Item label={t.summary} htmlFor="reply-summary"><Input.TextArea id="reply-summary" value={summary} onChange={(event) => setSummary(event.target.value)} autoSize={{ minRows: 4, maxRows: 12 }} maxLength={20_000} /></Form.Item>
        <div className="scan-list" role="group" aria-label={t.scans}>
          <Button onClick={() => void add()} loading={percent !== null}>{percent === null ? t.addScan : t.uploading(percent)}</Button> <span className="soft">{t.scanHint}</span>
          <ul className="plain-list">
            {scans.map((scan) => <li key={scan.token}>{scan.name} <span className="soft">{sizeText(scan.size)}</span> <LinkButton onClick={() => setScans((now) => now.filter((one) => one.token !== scan.token))}>{t.removeScan}</LinkButton></li>)}
          </ul>
        </div>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
