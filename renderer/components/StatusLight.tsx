/** A state as shape + word + colour, so that it reads without colour too. */
import type { ReactNode } from 'react'

export type Tone = 'idle' | 'work' | 'wait' | 'done' | 'alert' | 'off'

const shapes: Readonly<Record<Tone, ReactNode>> = {
  idle: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  work: (
    <>
      <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M6 1.8a4.2 4.2 0 0 1 0 8.4z" fill="currentColor" />
    </>
  ),
  wait: <path d="M6 1.2 10.8 6 6 10.8 1.2 6z" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  done: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  alert: <path d="M6 .8 11.6 10.8H.4z" fill="currentColor" />,
  off: <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.8" />,
}

export function StatusLight({ tone, text }: { readonly tone: Tone; readonly text: string }) {
  return (
    <span className={`status status-${tone}`}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        {shapes[tone]}
      </svg>
      {text}
    </span>
  )
}
