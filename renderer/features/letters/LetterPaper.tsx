/** The paper of a letter: the program's own pages, or the office's own Word file as far as a window can show it. */
import { useEffect, useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { AppError } from '../../../shared/errors.ts'
import { wordPage } from '../../api/word-page.ts'
import { A4Page } from '../../components/A4Page.tsx'
import { ErrorBox, Waiting } from '../../components/feedback.tsx'
import { lettersText as t } from '../../text/letters.ts'
import { insertText } from '../../text/papers.ts'

export type Preview = OutputOf<'letters.preview'>

export function LetterPaper({ paper: { html, word } }: { readonly paper: Preview }) {
  if (html !== null) return <A4Page html={html} title={t.preview} />
  return word === null ? null : <WordPaper token={word.file} />
}

/** Each preview is a file of its own; the last one stays on the screen while the next is drawn. */
function WordPaper({ token }: { readonly token: string }) {
  const [html, setHtml] = useState<string | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  useEffect(() => {
    let current = true
    void wordPage(token).then((page) => {
      if (!current) return
      setError(page.ok ? null : page.error)
      if (page.ok) setHtml(page.value)
    })
    return () => {
      current = false
    }
  }, [token])
  return (
    <>
      <p className="warn-text">{insertText.ownTemplate}</p>
      {error === null ? null : <ErrorBox error={error} />}
      {html === null ? (error === null ? <Waiting /> : null) : <A4Page html={html} title={t.preview} />}
    </>
  )
}
