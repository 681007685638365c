/** One line of text in a draft. */
import { Form, Input } from 'antd'
import type { LetterDraft } from '../../../shared/contract/letter-schemas.ts'
import { textOrNull } from './draft-model.ts'

export type DraftFormProps = { readonly draft: LetterDraft; readonly onChange: (draft: LetterDraft) => void }

export function LineField({ id, label, value, onChange, hint }: { readonly id: string; readonly label: string; readonly value: string | null; readonly onChange: (value: string | null) => void; readonly hint?: string }) {
  return (
    <Form.Item label={label} htmlFor={id}>
      <Input id={id} value={value ?? ''} maxLength={200} placeholder={hint} onChange={(event) => onChange(textOrNull(event.target.value))} />
    </Form.Item>
  )
}
