/** Buttons over a draft's fields: exact names, posts and figures of the record, and the standard sentences of the type. They go where the caret was. */
import { Button, Dropdown } from 'antd'
import { useRef, type ReactNode } from 'react'
import { fillSentence } from '../../../shared/domain/letters/sentence-bank.ts'
import { useCall } from '../../api/hooks.ts'
import { insertText as t } from '../../text/papers.ts'
import { insertInto, recordFigures, recordTexts, sentenceValues } from './insert-model.ts'
import type { Letter } from './LetterPage.tsx'

type Field = HTMLTextAreaElement | HTMLInputElement

export function InsertBar({ letter, children }: { readonly letter: Letter; readonly children: ReactNode }) {
  const field = useRef<Field | null>(null)
  const sentences = useCall('sentences.list', { type: letter.type })
  const values = sentenceValues(letter)
  const figures = recordFigures(letter)
  const put = (text: string): void => {
    if (field.current?.isConnected === true) insertInto(field.current, text)
  }
  const filled = (sentences.data ?? []).flatMap((one) => {
    const text = fillSentence(one.text, values)
    return text === null ? [] : [{ key: one.id, label: <span className="insert-sentence">{t.parts[one.part]}：{text}</span>, text }]
  })
  return (
    <div onFocusCapture={({ target }) => {
      if (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text' && target.role !== 'combobox')) field.current = target
    }}>
      {/* The caret stays in the field while a button is pressed. */}
      <div className="insert-bar" role="toolbar" aria-label={t.bar} onMouseDown={(event) => event.preventDefault()}>
        <span className="soft">{t.bar}</span>
        {recordTexts(letter).map((text) => <Button key={text} size="small" onClick={() => put(text)}>{text}</Button>)}
        {figures.length === 0 ? null : <Dropdown trigger={['click']} menu={{ items: figures.map((text) => ({ key: text, label: text })), onClick: ({ key }) => put(key), className: 'insert-menu' }}><Button size="small">{t.figures}</Button></Dropdown>}
        <Dropdown trigger={['click']} disabled={filled.length === 0} menu={{ items: filled.map(({ key, label }) => ({ key, label })), onClick: ({ key }) => put(filled.find((one) => one.key === key)?.text ?? ''), className: 'insert-menu' }}><Button size="small">{t.sentences}</Button></Dropdown>
      </div>
      {children}
    </div>
  )
}
