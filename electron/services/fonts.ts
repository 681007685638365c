/** Which typefaces the papers find on this machine. */
import type { OutputOf } from '../../shared/contract/entries.ts'
import { ok, type Result } from '../../shared/result.ts'
import { chainStatus } from '../documents/fonts.ts'
import type { OpenContext } from './context.ts'

export function fontsStatus({ env }: Pick<OpenContext, 'env'>): Result<OutputOf<'fonts.status'>> {
  return ok(chainStatus(env.fontNames?.() ?? new Set()))
}
