/** A draft being edited, with the paper beside it as it will look. */
import { App as AntApp, Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Waiting } from '../../components/feedback.tsx'
import { OfficialPicker } from '../../components/pickers.tsx'
import { useUnsaved } from '../../components/unsaved.ts'
import { draftText, lettersText as t } from '../../text/letters.ts'
import { sameDraft, tidyDraft } from './draft-model.ts'
import { DraftForm } from './DraftForm.tsx'
import { InsertBar } from './InsertBar.tsx'
import { LetterPaper, type Preview } from './LetterPaper.tsx'
import type { Letter } from './LetterPage.tsx'

/** Typing settles; with the drawing the paper is there within a tenth of a second. */
const previewAfterMs = 50

export function EditLetter({ letter, onClose }: { readonly letter: Letter; readonly onClose: () => void }) {
  const [draft, setDraft] = useState(letter.draft)
  const [officialId, setOfficial] = useState(letter.officialId)
  const [stepReason, setStepReason] = useState(letter.stepReason ?? '')
  const [shown, setShown] = useState(draft)
  const action = useAction()
  const { message } = AntApp.useApp()
  const dirty = !sameDraft(draft, letter.draft) || officialId !== letter.officialId || stepReason !== (letter.stepReason ?? '')
  useUnsaved(dirty)
  useEffect(() => {
    const timer = setTimeout(() => setShown(draft), previewAfterMs)
    return () => clearTimeout(timer)
  }, [draft])
  const preview = useCall('letters.preview', { id: letter.id, draft: tidyDraft(shown) })
  const [paper, setPaper] = useState<Preview | null>(null)
  // The last good paper stays while the next one is made.
  if (preview.data !== null && preview.data !== paper) setPaper(preview.data)
  const save = async (): Promise<void> => {
    const answer = await action.run('letters.edit', { id: letter.id, draft: tidyDraft(draft), officialId, stepReason: stepReason.trim() === '' ? null : stepReason.trim() })
    if (!answer.ok) return
    message.success(t.savedDraft)
    onClose()
  }
  return (
    <div className="letter-columns letter-editing">
      <div className="letter-paper" role="region" aria-label={t.preview} tabIndex={0}>{paper === null ? preview.error ? <ErrorBox error={preview.error} onRetry={preview.reload} /> : <Waiting /> : <LetterPaper paper={paper} />}</div>
      <div className="letter-side">
        <Form layout="vertical" className="draft-form">
          <Form.Item label={draftText.official} htmlFor="draft-official"><OfficialPicker id="draft-official" value={officialId} onChange={setOfficial} unitId={letter.unitId} shownName={officialId === letter.officialId ? letter.official : null} /></Form.Item>
          <InsertBar letter={letter}><DraftForm draft={draft} onChange={setDraft} /></InsertBar>
          <Form.Item label={draftText.stepReason} htmlFor="draft-step" extra={draftText.stepReasonHint}><Input.TextArea id="draft-step" value={stepReason} maxLength={2000} autoSize={{ minRows: 1 }} onChange={(event) => setStepReason(event.target.value)} /></Form.Item>
        </Form>
        <div className="form-foot">
          <ErrorBox error={action.error} />
          <Button onClick={onClose}>{t.cancelEdit}</Button>
          <Button type="primary" loading={action.busy} disabled={!dirty} onClick={() => void save()}>{t.saveDraft}</Button>
        </div>
      </div>
    </div>
  )
}
