/** The sentences of the exchange: packages, sticks, the group. */
import type { ErrorCode, ErrorParams } from '../errors.ts'

type ExchangeCode = Extract<ErrorCode, `PACKAGE_${string}` | `STICK_${string}` | `REQUEST_${string}` | `GAP_${string}` | `ACCEPT_${string}` | 'GROUP_NOT_READY' | 'GROUP_NO_ROOT' | 'CRYPTO_BROKEN' | 'EXCHANGE_BUSY' | 'SHARED_BY_OFFICE'>

const text = (value: ErrorParams[string] | undefined): string => (value === null || value === undefined ? '' : Array.isArray(value) ? value.join('、') : String(value))
const part = (before: string, value: ErrorParams[string] | undefined, after = ''): string => (text(value) === '' ? '' : `${before}${text(value)}${after}`)
const versions = (p: ErrorParams): string => (text(p.found) === '' ? '' : `（文件版本${text(p.found)}${part('，本程序支持到', p.supported)}）`)
const unchanged = '本机数据没有改动。'

export const exchangeSentences: Readonly<Record<ExchangeCode, (params: ErrorParams) => string>> = {
  PACKAGE_NOT_OURS: () => `这个文件不是督查台的交换包，没有导入，${unchanged}请选择扩展名为 .dspk 的文件。`,
  PACKAGE_NEWER: (p) => `这个交换包由更新版本的程序写成${versions(p)}，没有导入。请先安装新版本，再导入一次。`,
  PACKAGE_NEWER_SCHEMA: (p) => `这个交换包里的数据来自更新版本的程序${part('（', p.app, '）')}${versions(p)}，没有导入。请先安装新版本，再导入一次。`,
  PACKAGE_DAMAGED: () => `交换包已损坏或被改动过，没有导入，${unchanged}请把文件重新复制到U盘；仍不行时请对方重新导出。`,
  PACKAGE_TRUNCATED: () => `交换包不完整，后面缺了一段，可能是复制时U盘拔早了。${unchanged}请重新复制或请对方重新导出。`,
  PACKAGE_VOLUME_MISSING: (p) => `这个交换包共有${text(p.volumes)}个分卷，缺第${text(p.missing)}卷${part('（', p.file, '）')}。请把所有分卷放在同一个文件夹里再导入。`,
  PACKAGE_TOO_LARGE: () => '要带走的内容太多，分卷数超出上限，没有导出。请分单位分几次导出。',
  PACKAGE_VERIFY: () => '写好的交换包回读时与原内容不一致，已经删除。请换一个U盘再导出。',
  PACKAGE_FOREIGN_GROUP: () => `这个交换包属于另一组办公室，不是本组的，没有导入。请核对是谁给的文件。`,
  PACKAGE_UNKNOWN_SIGNER: () => `这个交换包的签名不是本组登记的机器做的，没有导入。请与对方电话核实，必要时由管理员重新办理加入。`,
  PACKAGE_REVOKED: (p) => `做这个交换包的机器${part('“', p.name, '”')}已被停用，没有导入。请与管理员联系。`,
  PACKAGE_EXPIRED: (p) => `做这个交换包的机器${part('“', p.name, '”')}证书已过期${part('（', p.expired, '到期）')}，没有导入。请由发证的机器导出一个交换包，对方导入后证书会自动续办，再重新导出；也请核对那台机器的日期。`,
  PACKAGE_NOT_FOR_US: () => `这个交换包不是给本机的，打不开，${unchanged}请对方导出时选上本机。`,
  PACKAGE_LANE_UNSIGNED: () => `交换包里有一部分记录没有原机器的签名，可能是伪造的，整包没有导入，${unchanged}请告诉管理员。`,

  STICK_GONE: () => `读不到U盘了（可能中途被拔出）。${unchanged}请重新插好U盘，再做一次。`,
  STICK_FULL: () => '写到U盘时空间不够，没有写完，半截文件已删除。请清出空间或换一个U盘，再导出一次。',
  STICK_READ_ONLY: () => '这个U盘不能写入（写保护或没有权限）。请打开写保护开关或换一个U盘，再做一次。',

  REQUEST_DAMAGED: () => '申请文件已损坏或被改动过，没有办理。请在写申请的机器上重新生成，再带来一次。',
  REQUEST_NOT_OURS: () => '这份答复不是对本机申请的答复。请核对是哪一台机器的文件。',
  GROUP_NOT_READY: () => '本机还没有加入交换组，不能导入或导出。请先办理加入（在管理员机器上登记本机的申请文件）。',
  GROUP_NO_ROOT: () => '本机不是发证机，不能登记、停用其他机器，也不能认下它们的记录。请在建立本组的机器上办理；那台机器坏了时，可以用打印保存的托管密钥把发证权转到本机。',
  PACKAGE_SCOPE: (p) => `交换包里有不属于机器${part('“', p.name, '”')}登记范围的记录，整包没有导入，${unchanged}请告诉管理员。`,
  SHARED_BY_OFFICE: () => '单位名单、规则、日历、句库、模板和发号由办公室统一维护，本机只能看，没有保存。请在办公室的机器上修改，再交换过来。',
  EXCHANGE_BUSY: () => '正在导入或导出另一个交换包。请等它结束，再做一次。',
  ACCEPT_SOME_UNITS: () => '本机只看得到部分单位的记录，不能认下。请在看得到全部单位的发证机上办理。',
  ACCEPT_NOT_REVOKED: () => '这台机器没有停用，它的记录都作数，不用认下。',
  ACCEPT_NOTHING: () => '这台机器没有停用后才到、未作数的记录，没有可认下的。',
  GAP_NONE: () => '没有缺少的记录，不需要写补发申请。',
  GAP_NOT_HERE: () => '申请补发的记录本机也没有。请拿这个申请文件到别的机器上办理。',
  CRYPTO_BROKEN: (p) => `本机的加密部件自检没有通过${part('（', p.primitive, '）')}，为免弄坏数据，程序没有继续，${unchanged}请重新安装程序；仍不行时请告诉管理员。`,
}
