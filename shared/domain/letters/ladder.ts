/** The ladder of measures (domain.md section 2.4): configurable; each step is approved by itself; skipping needs a reason. */
import { z } from 'zod'
import { letterTypes } from './types.ts'
import type { LetterType } from './types.ts'

/** Types in rising order, each once; a 澄清函 takes something back and is no step. */
export const ladderSchema = z
  .array(z.enum(letterTypes).exclude(['clarification']))
  .min(1)
  .refine((steps) => new Set(steps).size === steps.length, { message: 'a step stands once' })
export type Ladder = readonly LetterType[]

export const defaultLadder: Ladder = ['reminder', 'supervision', 'interview', 'yellowCard']

/** 0 = lowest; −1: not on the ladder. */
export function ladderStep(ladder: Ladder, type: LetterType): number {
  return ladder.indexOf(type)
}

/**
 * The steps between what the official has already received in this matter (`earlier`, void letters left out) and `next`.
 * Empty: the next step, the same again, a lower one, or no step of the ladder.
 */
export function skippedSteps(ladder: Ladder, earlier: readonly LetterType[], next: LetterType): readonly LetterType[] {
  const reached = Math.max(-1, ...earlier.map((type) => ladderStep(ladder, type)))
  return ladder.slice(reached + 1, Math.max(reached + 1, ladderStep(ladder, next)))
}

export function skipsStep(ladder: Ladder, earlier: readonly LetterType[], next: LetterType): boolean {
  return skippedSteps(ladder, earlier, next).length > 0
}

/** The step above `type` (升级), or null at the top and for types that are no step. */
export function nextStep(ladder: Ladder, type: LetterType): LetterType | null {
  const step = ladderStep(ladder, type)
  return step === -1 ? null : (ladder[step + 1] ?? null)
}
