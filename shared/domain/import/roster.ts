/** Finding units and officials by what a workbook calls them (../data contract: "Matching"). Nothing is guessed. */
import type { UnitKind } from '../kinds.ts'
import { cleanName, unitText } from './clean.ts'

export type RosterUnit = { readonly id: string; readonly name: string; readonly shortName: string | null; readonly kind: UnitKind; readonly aliases: readonly string[] }
/** `from` and `to` are `YYYY-MM-DD` or `YYYY-MM`, both inclusive; null is open. */
export type RosterPost = { readonly officialId: string; readonly name: string; readonly unitId: string; readonly from: string | null; readonly to: string | null }
export type RosterInput = { readonly units: readonly RosterUnit[]; readonly posts: readonly RosterPost[] }

export type UnitMatch =
  | { readonly found: 'one'; readonly unit: RosterUnit }
  /** `candidates` are the units that share the name; empty when nobody answers to it. */
  | { readonly found: 'none'; readonly candidates: readonly RosterUnit[] }
export type OfficialMatch =
  | { readonly found: 'one'; readonly officialId: string }
  | { readonly found: 'ambiguous' }
  /** Units in which somebody of that name holds a post on the date. */
  | { readonly found: 'elsewhere'; readonly units: readonly RosterUnit[] }
  /** `notInPost`: the unit has the name, but not on the date. */
  | { readonly found: 'none'; readonly notInPost: boolean }

export type Days = { readonly from: string; readonly to: string }

export type Roster = {
  readonly findUnit: (text: string) => UnitMatch
  /** `days`: any post held on one of them counts (a period's first and last day). */
  readonly findOfficial: (name: string, unitId: string, days: Days | null) => OfficialMatch
}

const townshipTail = /(?:街道办事处|街道|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡)$/
const officeTail = /(?:办事处|人民政府)$/

function nonEmpty(text: string | null): text is string {
  return text !== null && text !== ''
}

/** Full name 荆河街道办事处 → 荆河街道, 荆河 (townships answer to all three). */
function townshipNames(name: string): readonly string[] {
  const short = name.replace(officeTail, '')
  const bare = name.replace(townshipTail, '')
  // A one-character remainder (城镇 → 城) is no name that anybody uses.
  return bare.length >= 2 ? [short, bare] : [short]
}

/** 市财政局 → 财政局, 滕州市财政局 (for the city names given), and the other way round; 市场监督管理局 = 市市场监督管理局. */
function departmentNames(name: string, cityNames: readonly string[]): readonly string[] {
  const city = cityNames.find((prefix) => name.startsWith(prefix) && name.length > prefix.length + 1)
  const rest = city === undefined ? name : name.slice(city.length)
  const bare = rest.startsWith('市') && rest.length > 2 ? [rest, rest.slice(1)] : [rest]
  return ['', '市', ...cityNames].flatMap((prefix) => bare.map((word) => prefix + word))
}

/** Every name but the full one to which the unit answers. */
function otherNames(unit: RosterUnit, cityNames: readonly string[]): readonly string[] {
  const name = unitText(unit.name)
  const short = nonEmpty(unit.shortName) ? [unitText(unit.shortName)] : []
  const own = [...short, ...unit.aliases.map(unitText)]
  if (unit.kind === 'taskforce') return own
  if (unit.kind === 'department') return [...own, ...[name, ...short].flatMap((word) => departmentNames(word, cityNames))]
  const local = [name, ...short].flatMap(townshipNames)
  const city = cityNames.flatMap((prefix) => [name, ...local.slice(0, 1)].map((word) => prefix + word))
  return [...own, ...local, ...city]
}

function indexNames(units: readonly RosterUnit[], namesOf: (unit: RosterUnit) => readonly string[]): Map<string, RosterUnit[]> {
  const index = new Map<string, RosterUnit[]>()
  for (const unit of units) {
    for (const name of namesOf(unit)) {
      const known = index.get(name)
      if (known === undefined) index.set(name, [unit])
      else if (!known.some((other) => other.id === unit.id)) known.push(unit)
    }
  }
  return index
}

/**
 * `cityNames`: how the city's own name may stand before a department's (`['滕州市']`). A full name beats every other name; a short or
 * bare name or alias that two units share finds neither.
 */
export function buildRoster(input: RosterInput, options: { readonly cityNames?: readonly string[] } = {}): Roster {
  const cityNames = [...(options.cityNames ?? [])].map(unitText).filter((name) => name !== '').sort((a, b) => b.length - a.length)
  const byName = indexNames(input.units, (unit) => [unitText(unit.name)])
  const byOther = indexNames(input.units, (unit) => otherNames(unit, cityNames))
  const units = new Map(input.units.map((unit) => [unit.id, unit]))
  const posts = new Map<string, RosterPost[]>()
  for (const post of input.posts) {
    const name = cleanName(post.name)
    const known = posts.get(name)
    if (known === undefined) posts.set(name, [post])
    else known.push(post)
  }
  return {
    findUnit: (text) => {
      const name = unitText(text)
      const matches = byName.get(name) ?? byOther.get(name) ?? []
      const [unit] = matches
      return matches.length === 1 && unit !== undefined ? { found: 'one', unit } : { found: 'none', candidates: matches }
    },
    findOfficial: (name, unitId, days) => findOfficial(posts.get(name) ?? posts.get(cleanName(name)) ?? [], units, unitId, days),
  }
}

/** `YYYY-MM` reaches from the month's first to its last day. */
function isHeld(post: RosterPost, days: Days | null): boolean {
  if (days === null) return true
  const to = post.to !== null && post.to.length === 7 ? `${post.to}-31` : post.to
  return (post.from === null || post.from <= days.to) && (to === null || to >= days.from)
}

function findOfficial(namesakes: readonly RosterPost[], units: ReadonlyMap<string, RosterUnit>, unitId: string, days: Days | null): OfficialMatch {
  const [only] = namesakes
  if (namesakes.length === 1 && only?.unitId === unitId && isHeld(only, days)) return { found: 'one', officialId: only.officialId }
  const held = namesakes.filter((post) => isHeld(post, days))
  const here = new Set(held.filter((post) => post.unitId === unitId).map((post) => post.officialId))
  const [officialId] = here
  if (officialId !== undefined) return here.size === 1 ? { found: 'one', officialId } : { found: 'ambiguous' }
  const elsewhere = new Set(held.map((post) => post.unitId))
  if (elsewhere.size > 0) return { found: 'elsewhere', units: [...elsewhere].flatMap((id) => units.get(id) ?? []) }
  return { found: 'none', notInPost: namesakes.some((post) => post.unitId === unitId) }
}
