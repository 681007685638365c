/** The recovery code is printed in groups; the last one is asked for. */

export function lastGroup(code: string): string {
  return code.trim().split(/[\s-]+/).at(-1) ?? ''
}

/** Forgives case and full-width typing, nothing else. */
export function sameGroup(typed: string, group: string): boolean {
  const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
  return group !== '' && plain(typed) === plain(group)
}
