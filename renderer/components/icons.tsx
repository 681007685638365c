/** The few icons of the program, drawn here: 16 px, one stroke, the colour of the text. */
import type { ReactNode } from 'react'

const shapes = {
  today: <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3M5.5 9.5l1.8 1.8 3.4-3.4" />,
  bulletins: <path d="M2.5 9.5 4.5 3h7l2 6.5v4h-11zM2.5 9.5H6l.8 1.6h2.4l.8-1.6h3.5" />,
  proposals: <path d="M3.5 2h9v12h-9zM6 5.5h4.5M6 8.5h4.5M6 11.5h2.5" />,
  letters: <path d="M2 3.5h12v9H2zM2.5 4 8 8.5 13.5 4" />,
  officials: <path d="M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 14c.3-3 2.4-4.4 5.2-4.4s4.9 1.400 5.200 4.400" />,
  units: <path d="M2 14h12M3.500 14V2.500h6V14M9.500 6.500h3.500V14M5.500 5h2M5.500 8h2M5.500 11h2" />,
  settings: <path d="M2 4.500h6.500M12 4.500h2M2 11.500h2M7.500 11.500H14M10.200 2.700v3.600M5.700 9.700v3.600" />,
  exchange: <path d="M2.500 5.500h10M10 3l2.500 2.500L10 8M13.500 10.500h-10M6 8l-2.500 2.500L6 13" />,
  search: <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.700 10.700 14 14" />,
  lock: <path d="M3.500 7h9v7h-9zM5.500 7V5a2.500 2.500 0 0 1 5 0v2" />,
  moon: <path d="M13 9.600A5.600 5.600 0 0 1 6.400 3 5.600 5.600 0 1 0 13 9.600z" />,
  inbox: <path d="M8 2v7M5 6.200 8 9.200l3-3M2.500 9.500v4h11v-4" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width={size} height={size} fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" strokeLinecap="round" aria-hidden="true">
      {shapes[name]}
    </svg>
  )
}
