/** 送达: when to the minute, who took it, how. */
import { Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useAction } from '../../api/hooks.ts'
import { MinuteField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { useSession, useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { lettersText as t } from '../../text/letters.ts'
import type { Letter } from './LetterPage.tsx'

export type StepDialogProps = { readonly letter: Letter; readonly onClose: () => void; readonly onDone: () => void }

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export function DeliverDialog({ letter, onClose, onDone }: StepDialogProps) {
  const today = useToday()
  const me = useSession((state) => state.status?.session?.name ?? '')
  const [at, setAt] = useState<string | null>(`${today}T09:00`)
  const [byProxy, setByProxy] = useState(letter.officialId === null)
  const [receiver, setReceiver] = useState(letter.official ?? '')
  const [relation, setRelation] = useState('')
  const [method, setMethod] = useState<string>(t.methods[0] ?? '')
  const [place, setPlace] = useState(letter.unit)
  const [server, setServer] = useState(me)
  const [note, setNote] = useState('')
  const action = useAction()
  const save = async (): Promise<void> => {
    if (at === null) return
    const answer = await action.run('letters.deliver', {
      id: letter.id, at, receiver: receiver.trim(), relation: byProxy ? (orNull(relation) ?? t.proxy) : t.self, method: orNull(method), place: orNull(place), server: orNull(server), note: orNull(note),
    })
    if (answer.ok) onDone()
  }
  return (
    <Modal open title={t.deliverTitle} okText={t.deliver} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: at === null || receiver.trim() === '' || (byProxy && relation.trim() === '') }}>
      <Form layout="vertical" className="dialog-body">
        <div className="form-pair">
          <Form.Item label={t.at} htmlFor="deliver-at"><MinuteField id="deliver-at" value={at} onChange={setAt} /></Form.Item>
          <Form.Item label={t.method} htmlFor="deliver-method"><Select id="deliver-method" value={method} onChange={setMethod} options={t.methods.map((word) => ({ value: word, label: word }))} /></Form.Item>
        </div>
        <Form.Item label={t.relation}><Radio.Group value={byProxy} onChange={(event) => setByProxy(event.target.value === true)} options={[{ value: false, label: t.self }, { value: true, label: t.proxy }]} /></Form.Item>
        <div className="form-pair">
          <Form.Item label={t.receiver} htmlFor="deliver-receiver"><Input id="deliver-receiver" value={receiver} onChange={(event) => setReceiver(event.target.value)} maxLength={60} /></Form.Item>
          {byProxy ? <Form.Item label={t.relationDetail} htmlFor="deliver-relation" extra={t.relationHint}><Input id="deliver-relation" value={relation} onChange={(event) => setRelation(event.target.value)} maxLength={60} /></Form.Item> : null}
        </div>
        <div className="form-pair">
          <Form.Item label={t.place} htmlFor="deliver-place"><Input id="deliver-place" value={place} onChange={(event) => setPlace(event.target.value)} maxLength={100} /></Form.Item>
          <Form.Item label={t.server} htmlFor="deliver-server"><Input id="deliver-server" value={server} onChange={(event) => setServer(event.target.value)} maxLength={60} /></Form.Item>
        </div>
        <Form.Item label={t.note} htmlFor="deliver-note"><Input id="deliver-note" value={note} onChange={(event) => setNote(event.target.value)} maxLength={200} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
