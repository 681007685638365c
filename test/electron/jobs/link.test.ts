/** What goes between a worker and its helper: in order, each once; a sender waits while the other is behind, a taker while nothing is there, and both see a cancel. */
import { expect, test } from 'vitest'
import { makeLink, sendOver, takeOver } from '../../../electron/jobs/link.ts'

class Cancelled extends Error {}
const never = (): void => {
  throw new Error('nobody has to wait here')
}
const cancelled = (): void => {
  throw new Cancelled()
}

test('in order, each once, both ways at a time; as many may lie between as is said', () => {
  const { worker, helper } = makeLink()
  for (let at = 0; at < 16; at++) sendOver(worker, at, never)
  for (let at = 0; at < 3; at++) sendOver(helper, `back ${at}`, never, [], 3)
  expect(() => sendOver(worker, 16, cancelled)).toThrow(Cancelled)
  expect(() => sendOver(helper, 'back 3', cancelled, [], 3)).toThrow(Cancelled)
  expect(takeOver(helper, never)).toBe(0)
  sendOver(worker, 16, never)
  expect(() => sendOver(worker, 17, cancelled)).toThrow(Cancelled)
  expect(Array.from({ length: 16 }, () => takeOver(helper, never))).toEqual(Array.from({ length: 16 }, (_, at) => at + 1))
  expect(Array.from({ length: 3 }, () => takeOver(worker, never))).toEqual(['back 0', 'back 1', 'back 2'])
})

test('who waits for a message learns of a cancel', () => {
  const { worker, helper } = makeLink()
  let asked = 0
  expect(() => takeOver(worker, () => {
    if ((asked += 1) === 3) cancelled()
  })).toThrow(Cancelled)
  expect(asked).toBe(3)
  sendOver(helper, 'late', never)
  expect(takeOver(worker, never)).toBe('late')
})

test('a message that comes while one waits is taken; buffers go over whole', () => {
  const { worker, helper } = makeLink()
  const bytes = new Uint8Array([1, 2, 3])
  let asked = 0
  const taken = takeOver<{ bytes: Uint8Array }>(worker, () => {
    if ((asked += 1) === 1) sendOver(helper, { bytes }, never, [bytes.buffer])
  })
  expect([...taken.bytes]).toEqual([1, 2, 3])
  expect(bytes.length).toBe(0)
})
