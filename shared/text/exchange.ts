/** Lines of the exchange that are no refusals. */

export type IdentityNews = 'rolledBack' | 'cloned' | 'twin'

const lines: Readonly<Record<IdentityNews, string>> = {
  rolledBack: '本机数据是从较早的备份恢复的，程序已换用新的机器编号，以后的记录不会与已发出的冲突；之前发出的记录会从别的机器收回来。',
  cloned: '本机数据是从另一台机器或另一个文件夹复制来的，程序已换用新的机器编号，两边可以各自继续使用。',
  twin: '收到了另一份用本机编号写的记录（可能有人复制过本机数据），程序已换用新的机器编号，两边的记录都保留。',
}

/** What the user is told once after a new origin was taken. */
export function identityLine(news: IdentityNews): string {
  return lines[news]
}
