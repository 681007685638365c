/** What a password must be. One refusal for all rules: the sentence names all three, so that nobody has to guess them one by one. */
import { err, ok, type Result } from '../result.ts'

export const shortestPassword = 8

/** WEAK_PASSWORD {min}: shorter than 8 characters, only digits, one character repeated, or the account's name (also with digits behind it). */
export function checkPassword(password: string, accountName: string): Result<null> {
  const text = password.normalize('NFKC').toLowerCase()
  const name = accountName.normalize('NFKC').toLowerCase()
  const characters = [...text]
  const onlyName = name !== '' && text.replaceAll(name, '').replaceAll(/[\d\p{P}\p{S}\s]/gu, '') === ''
  const weak = characters.length < shortestPassword || /^[\d\s]+$/.test(text) || new Set(characters).size < 3 || onlyName
  return weak ? err('WEAK_PASSWORD', { min: shortestPassword }) : ok(null)
}
