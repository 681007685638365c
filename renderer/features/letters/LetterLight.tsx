/** A letter's state as shape, word and colour; red only when the reply is overdue. */
import type { LetterRow, LetterState } from '../../../shared/contract/letter-schemas.ts'
import { StatusLight, type Tone } from '../../components/StatusLight.tsx'
import { letterStateLabels } from '../../text/labels.ts'

const tones: Readonly<Record<LetterState, Tone>> = {
  draft: 'idle', checking: 'work', returned: 'wait', checked: 'work', issued: 'work', awaiting: 'wait', replied: 'work', supplement: 'wait', rejected: 'wait', accepted: 'work', closed: 'done', void: 'off',
}

export function LetterLight({ letter }: { readonly letter: Pick<LetterRow, 'state' | 'overdueDays'> }) {
  const overdue = letter.overdueDays > 0 && letter.state !== 'closed' && letter.state !== 'void'
  return <StatusLight tone={overdue ? 'alert' : tones[letter.state]} text={letterStateLabels[letter.state]} />
}
