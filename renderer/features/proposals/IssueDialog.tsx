/** 签发 one or many proposals: date, and afterwards which numbers came out and what was refused with its reason. */
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useAction } from '../../api/hooks.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { navigate } from '../../state/route.ts'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { none } from '../../text/format.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { proposalsText as t } from '../../text/proposals.ts'

type Issued = OutputOf<'letters.issueProposals'>

export function IssueDialog({ ids, guarded, onClose }: { readonly ids: readonly string[]; readonly guarded?: string | null; readonly onClose: () => void }) {
  const today = useToday()
  const [date, setDate] = useState<string | null>(today)
  const [override, setOverride] = useState('')
  const [result, setResult] = useState<Issued | null>(null)
  const action = useAction()
  const issue = async (): Promise<void> => {
    if (date === null) return
    const answer = await action.run('letters.issueProposals', { proposalIds: [...ids], date, override: override.trim() === '' ? null : override.trim() })
    if (answer.ok) setResult(answer.value)
  }
  if (result !== null) return <IssueResult result={result} onClose={onClose} />
  const ready = date !== null && (!guarded || override.trim() !== '')
  return (
    <Modal open title={t.issueTitle(ids.length)} okText={t.issueVerb} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void issue()} okButtonProps={{ disabled: !ready }}>
      <div className="dialog-body">
        <p className="soft">{t.issueHint}</p>
        {guarded ? <p className="warn-text">{guarded}</p> : null}
        <Form layout="vertical">
          <Form.Item label={t.issueDate} htmlFor="issue-date"><DateField id="issue-date" value={date} onChange={setDate} /></Form.Item>
          <Form.Item label={guarded ? t.override : t.overrideLabel} htmlFor="issue-override" extra={t.overrideHint}><Input.TextArea id="issue-override" value={override} onChange={(event) => setOverride(event.target.value)} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} /></Form.Item>
        </Form>
        <ErrorBox error={action.error} />
      </div>
    </Modal>
  )
}

function IssueResult({ result, onClose }: { readonly result: Issued; readonly onClose: () => void }) {
  const open = (id: string): void => {
    onClose()
    navigate(['letters', id])
  }
  const reasons = countReasons(result.refused)
  return (
    <Modal open width={720} title={t.resultTitle} onCancel={onClose} footer={[<Button key="register" onClick={() => { onClose(); navigate(['letters'], { state: 'issued' }) }}>{t.toRegister}</Button>, <Button key="close" type="primary" onClick={onClose}>{common.close}</Button>]}>
      <div className="dialog-body dialog-scroll">
        <p><StatusLight tone="done" text={t.issuedN(result.letters.length)} /></p>
        {result.letters.length > 0 ? (
          <table className="table">
            <thead><tr><th>{t.number}</th><th>{t.measure}</th><th>{t.unit}</th><th>{t.official}</th></tr></thead>
            <tbody>
              {result.letters.map((letter) => (
                <tr key={letter.id}><td><LinkButton onClick={() => open(letter.id)}>{letter.number ?? none}</LinkButton></td><td>{letterTypeLabels[letter.type]}</td><td>{letter.unit}</td><td>{letter.official ?? none}</td></tr>
              ))}
            </tbody>
          </table>
        ) : null}
        {result.refused.length > 0 ? (
          <>
            <p><StatusLight tone="alert" text={t.refusedN(result.refused.length)} /></p>
            <ul className="plain-list">{reasons.map(([text, count]) => <li key={text}>{text}（{count}）</li>)}</ul>
          </>
        ) : null}
      </div>
    </Modal>
  )
}

/** Refused items by their sentence. */
export function countReasons(refused: readonly { readonly code: string; readonly params: Readonly<Record<string, unknown>> }[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { code, params } of refused) {
    const text = errorSentence({ code, params } as AppError)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts]
}
