/** Names of volumes: `name.dspk`, `name.002.dspk` … The number in the header counts, the name only helps the eye. */

export const packageExtension = '.dspk'

export function volumeName(first: string, volume: number): string {
  if (volume === 1) return first
  const stem = first.toLowerCase().endsWith(packageExtension) ? first.slice(0, -packageExtension.length) : first
  return `${stem}.${String(volume).padStart(3, '0')}${packageExtension}`
}

/** The first volume's name, from any volume's: for telling which one is missing. */
export function firstName(name: string, volume: number): string {
  const tail = `.${String(volume).padStart(3, '0')}${packageExtension}`
  return volume > 1 && name.toLowerCase().endsWith(tail) ? `${name.slice(0, -tail.length)}${packageExtension}` : name
}
