/** 句库: the standard sentences that a clerk finds while drafting. */
import { App as AntApp, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { letterType } from '../../../shared/contract/letter-schemas.ts'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { sentenceParts } from '../../../shared/domain/letters/sentence-bank.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Shown } from '../../components/feedback.tsx'
import { EntryButton, LinkButton, Panel } from '../../components/layout.tsx'
import { useMay } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { insertText, sentenceText as t } from '../../text/papers.ts'

type Sentence = OutputOf<'sentences.list'>[number]
type Edited = Pick<Sentence, 'type' | 'part' | 'text' | 'builtIn'> & { readonly id: string | null }

export function SentencesTab() {
  const list = useCall('sentences.list', {})
  const [edited, setEdited] = useState<Edited | null>(null)
  const action = useAction()
  const may = useMay()
  const { modal, message } = AntApp.useApp()
  const remove = async (id: string): Promise<void> => {
    if ((await action.run('sentences.remove', { id })).ok) message.success(t.removed)
  }
  const reset = (): void => void modal.confirm({ title: t.reset, content: t.resetAsk, onOk: async () => void (await action.run('sentences.reset', {})) })
  return (
    <div className="page-scroll">
      <Panel>
        <div className="panel-intro"><p className="soft">{t.intro}</p><EntryButton entry="sentences.reset" onClick={reset}>{t.reset}</EntryButton><EntryButton entry="sentences.save" type="primary" onClick={() => setEdited({ id: null, type: null, part: 'demand', text: '', builtIn: false })}>{t.add}</EntryButton></div>
        <ErrorBox error={action.error} />
        <Shown of={list}>
          {(rows) => (
            <table className="table">
              <thead><tr><th>{t.part}</th><th>{t.type}</th><th>{t.text}</th><th>{t.source}</th><th>{common.action}</th></tr></thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td>{insertText.parts[row.part]}</td><td className="nowrap">{row.type === null ? t.every : letterTypeLabels[row.type]}</td><td className="cell-text">{row.text}</td><td className="nowrap">{row.builtIn ? (row.changed ? t.changed : t.builtIn) : t.own}</td>
                    <td className="nowrap">{may('sentences.save') ? <><LinkButton onClick={() => setEdited(row)}>{common.edit}</LinkButton> <LinkButton onClick={() => void remove(row.id)}>{common.remove}</LinkButton></> : null}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Shown>
      </Panel>
      {edited ? <SentenceDialog start={edited} onClose={() => setEdited(null)} /> : null}
    </div>
  )
}

function SentenceDialog({ start, onClose }: { readonly start: Edited; readonly onClose: () => void }) {
  const [{ type, part, text }, setValue] = useState({ type: start.type, part: start.part, text: start.text })
  const action = useAction()
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    if (!(await action.run('sentences.save', { id: start.id, type, part, text })).ok) return
    message.success(t.saved)
    onClose()
  }
  return (
    <Modal open title={start.id === null ? t.add : t.edit} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: text.trim().length < 2 }}>
      <Form layout="vertical" className="dialog-body">
        <div className="form-pair">
          <Form.Item label={t.type} htmlFor="sentence-type"><Select id="sentence-type" value={type ?? ''} disabled={start.builtIn} onChange={(value) => setValue((now) => ({ ...now, type: letterType.options.find((one) => one === value) ?? null }))} options={[{ value: '', label: t.every }, ...letterType.options.map((one) => ({ value: one as string, label: letterTypeLabels[one] }))]} /></Form.Item>
          <Form.Item label={t.part} htmlFor="sentence-part"><Select id="sentence-part" value={part} disabled={start.builtIn} onChange={(value) => setValue((now) => ({ ...now, part: value }))} options={sentenceParts.map((one) => ({ value: one, label: insertText.parts[one] }))} /></Form.Item>
        </div>
        <Form.Item label={t.text} htmlFor="sentence-text" extra={t.intro}><Input.TextArea id="sentence-text" value={text} maxLength={1000} autoSize={{ minRows: 2, maxRows: 8 }} onChange={(event) => setValue((now) => ({ ...now, text: event.target.value }))} /></Form.Item>
        <ErrorBox error={action.error} />
        <Button hidden htmlType="submit" />
      </Form>
    </Modal>
  )
}
