/** 重新填写: one side as the ground, changed field by field, standing for all of them. */
import { App as AntApp, Form, Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { common } from '../../text/common.ts'
import { conflictsText as t } from '../../text/conflicts.ts'
import { choicesOf, genders, yesNo } from '../../text/registers.ts'
import { anewFields, textOf, typed, withEdits, type AnewField, type Conflict } from './conflict-model.ts'

/** As a field shows it. */
const shownOf = (value: unknown): string => (Array.isArray(value) ? value.join('\n') : value === null || value === undefined ? '' : String(value))

export function AnewDialog({ conflict, onClose }: { readonly conflict: Conflict; readonly onClose: () => void }) {
  const [side, setSide] = useState(0)
  const [edits, setEdits] = useState<ReadonlyMap<string, string>>(new Map())
  const [note, setNote] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const base = conflict.survivors[side]?.value ?? {}
  const fields = anewFields(conflict, base)
  const wrong = fields.filter((field) => edits.has(field.path) && valueOf(field, edits.get(field.path) ?? '') === undefined)
  const save = async (): Promise<void> => {
    const value = withEdits(base, new Map(fields.filter((field) => edits.has(field.path)).map((field) => [field.path, valueOf(field, edits.get(field.path) ?? '')])))
    const answer = await action.run('exchange.resolve', { id: conflict.id, value, ...(note.trim() === '' ? {} : { note: note.trim() }) })
    if (!answer.ok) return
    message.success(t.decidedDone(answer.value.left))
    onClose()
  }
  return (
    <Modal open width={640} title={t.anewTitle} okText={t.anewVerb} cancelText={common.cancel} confirmLoading={action.busy} okButtonProps={{ disabled: wrong.length > 0 }} onCancel={onClose} onOk={() => void save()}>
      <div className="dialog-body dialog-scroll">
        <p>{t.anewBody}</p>
        <Form layout="vertical">
          <Form.Item label={t.baseSide}><Segmented aria-label={t.baseSide} value={side} onChange={(next) => { setSide(Number(next)); setEdits(new Map()) }} options={conflict.survivors.map((_, index) => ({ value: index, label: t.side(index) }))} /></Form.Item>
          <div className="form-pair">
            {fields.map((field) => (
              <AnewInput key={field.path} field={field} table={conflict.table} text={edits.get(field.path) ?? shownOf(textOf(base, field.path))} wrong={wrong.includes(field)} onText={(text) => setEdits(new Map(edits).set(field.path, text))} />
            ))}
          </div>
          <Form.Item label={t.note} htmlFor="anew-note"><Input.TextArea id="anew-note" value={note} placeholder={t.notePlaceholder} maxLength={500} autoSize={{ minRows: 1, maxRows: 4 }} onChange={(event) => setNote(event.target.value)} /></Form.Item>
        </Form>
        <ErrorBox error={action.error} />
      </div>
    </Modal>
  )
}

function valueOf(field: AnewField, text: string): unknown {
  if (field.kind === 'bool') return text === 'true'
  const value = typed(field.kind, text)
  return value === null && field.path === 'name' ? undefined : value
}

type InputProps = { readonly field: AnewField; readonly table: string; readonly text: string; readonly wrong: boolean; readonly onText: (text: string) => void }

function AnewInput({ field, table, text, wrong, onText }: InputProps) {
  const id = `anew-${field.path}`
  const help = wrong ? (field.kind === 'number' ? t.wrongNumber : field.kind === 'date' || field.kind === 'lines' ? t.wrongDate : common.required) : undefined
  return (
    <Form.Item label={field.label} htmlFor={id} validateStatus={wrong ? 'error' : ''} help={help}>
      {field.kind === 'bool' ? <Select id={id} value={text === 'true'} onChange={(next: boolean) => onText(String(next))} options={[true, false].map((value) => ({ value, label: yesNo(value) }))} /> : null}
      {field.kind === 'choice' ? <Select id={id} value={text} onChange={(next: string) => onText(next)} options={(field.path === 'gender' ? genders : choicesOf(field.path, table === 'unit' ? ['township', 'department', 'taskforce'] : undefined)).map(([value, label]) => ({ value, label }))} /> : null}
      {field.kind === 'long' || field.kind === 'lines' ? <Input.TextArea id={id} value={text} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={20_000} onChange={(event) => onText(event.target.value)} /> : null}
      {field.kind === 'text' || field.kind === 'date' || field.kind === 'number' ? <Input id={id} value={text} maxLength={200} onChange={(event) => onText(event.target.value)} /> : null}
    </Form.Item>
  )
}
