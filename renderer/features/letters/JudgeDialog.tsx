/** 审阅 of a written explanation: 认可, 补充, 不认可. */
import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { verdict } from '../../../shared/contract/letter-schemas.ts'
import { useAction } from '../../api/hooks.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { lettersText as t } from '../../text/letters.ts'
import type { StepDialogProps } from './DeliverDialog.tsx'

export function JudgeDialog({ letter, onClose, onDone }: StepDialogProps) {
  const [word, setWord] = useState<(typeof verdict.options)[number]>('认可')
  const [on, setOn] = useState<string | null>(useToday())
  const [note, setNote] = useState('')
  const [newDue, setNewDue] = useState<string | null>(null)
  const action = useAction()
  const last = letter.replies.find((reply) => reply.verdict === null) ?? letter.replies.at(-1)
  const save = async (): Promise<void> => {
    if (on === null) return
    const answer = await action.run('letters.judge', { id: letter.id, verdict: word, on, note: note.trim() === '' ? null : note.trim(), newDue: word === '补充' ? newDue : null })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.judgeTitle} okText={t.judge} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: on === null }}>
      <Form layout="vertical" className="dialog-body">
        {last?.summary ? <blockquote className="quote">{last.summary}</blockquote> : null}
        <Form.Item label={t.verdict} extra={t.verdictHints[word]}><Radio.Group value={word} onChange={(event) => setWord(event.target.value as typeof word)} optionType="button" options={verdict.options.map((one) => ({ value: one, label: one }))} /></Form.Item>
        <div className="form-pair">
          <Form.Item label={t.judgeOn} htmlFor="judge-on"><DateField id="judge-on" value={on} onChange={setOn} /></Form.Item>
          {word === '补充' ? <Form.Item label={t.supplementDue} htmlFor="judge-due"><DateField id="judge-due" value={newDue} onChange={setNewDue} /></Form.Item> : null}
        </div>
        <Form.Item label={t.judgeNote} htmlFor="judge-note"><Input.TextArea id="judge-note" value={note} onChange={(event) => setNote(event.target.value)} autoSize={{ minRows: 3 }} maxLength={20_000} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
