/** 签发 of drafts: the date, then the numbers that came out. All or none. */
import { Form, Modal } from 'antd'
import { useState } from 'react'
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import { useAction } from '../../api/hooks.ts'
import { DateField } from '../../components/dates.tsx'
import { ErrorBox } from '../../components/feedback.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { none } from '../../text/format.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { lettersText as t } from '../../text/letters.ts'

type IssueProps = { readonly ids: readonly string[]; readonly onClose: () => void; readonly onDone: () => void }

export function IssueLetters({ ids, onClose, onDone }: IssueProps) {
  const [date, setDate] = useState<string | null>(useToday())
  const [letters, setLetters] = useState<readonly LetterRow[] | null>(null)
  const action = useAction()
  const tooMany = ids.length > 500
  const issue = async (): Promise<void> => {
    if (date === null) return
    const answer = await action.run('letters.issue', { ids: [...ids], date })
    if (answer.ok) setLetters(answer.value.letters)
  }
  const close = (): void => {
    onClose()
    if (letters !== null) onDone()
  }
  if (letters !== null) {
    return (
      <Modal open title={t.issuedNumbers} okText={common.close} onOk={close} onCancel={close} cancelButtonProps={{ hidden: true }}>
        <div className="dialog-body dialog-scroll">
          <p>{t.issued(letters.length)}</p>
          <table className="table">
            <thead><tr><th>{t.number}</th><th>{t.type}</th><th>{t.unit}</th><th>{t.official}</th></tr></thead>
            <tbody>{letters.map((letter) => <tr key={letter.id}><td>{letter.number ?? none}</td><td>{letterTypeLabels[letter.type]}</td><td>{letter.unit}</td><td>{letter.official ?? none}</td></tr>)}</tbody>
          </table>
        </div>
      </Modal>
    )
  }
  return (
    <Modal open title={t.issueTitle(ids.length)} okText={t.issue} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void issue()} okButtonProps={{ disabled: date === null || tooMany }}>
      <p className="soft">{t.issueNote}</p>
      {tooMany ? <p className="warn-text">{t.tooMany(500)}</p> : null}
      <Form layout="vertical"><Form.Item label={t.issueDate} htmlFor="letters-issue-date"><DateField id="letters-issue-date" value={date} onChange={setDate} /></Form.Item></Form>
      <ErrorBox error={action.error} />
    </Modal>
  )
}
