/** Which typefaces of the papers' chains a machine has. */
import { fontChains, latinFont } from '../../shared/letter/geometry.ts'
import type { FontRole } from '../../shared/letter/geometry.ts'

export type ChainStatus = { role: FontRole | 'latin'; chain: { name: string; installed: boolean }[]; used: string | null }

/** Names compare without case. 华文中宋 and the like are found under their Chinese or their English name (`alias`). */
export function chainStatus(installed: ReadonlySet<string>): ChainStatus[] {
  const known = new Set([...installed].map((name) => name.toLowerCase()))
  const has = (name: string): boolean => known.has(name.toLowerCase()) || (alias[name] ?? []).some((other) => known.has(other.toLowerCase()))
  const roles = Object.keys(fontChains) as FontRole[]
  const chains = [...roles.map((role) => [role, fontChains[role]] as const), ['latin', [latinFont]] as const]
  return chains.map(([role, names]) => {
    const chain = names.map((name) => ({ name, installed: has(name) }))
    return { role, chain, used: chain.find((one) => one.installed)?.name ?? null }
  })
}

const alias: Readonly<Record<string, readonly string[]>> = {
  方正小标宋简体: ['FZXiaoBiaoSong-B05S'], 方正小标宋_GBK: ['FZXiaoBiaoSong-B05'], 华文中宋: ['STZhongsong'], 宋体: ['SimSun'], 仿宋_GB2312: ['FangSong_GB2312'], 仿宋: ['FangSong'], 黑体: ['SimHei'],
  楷体_GB2312: ['KaiTi_GB2312'], 楷体: ['KaiTi'],
}
