/** The helper thread of a large import without a thread: the same two sides, what goes between them copied as threads copy it. */
import { workAhead, type Ahead, type AheadMessage } from '../../electron/services/exchange/ahead.ts'

export function aheadHere(): Ahead {
  const messages: AheadMessage[] = []
  return {
    order: (order) => workAhead(structuredClone(order), (message, transfer) => void messages.push(structuredClone(message, { transfer: [...transfer] }))),
    next: () => messages.shift()!,
  }
}
