/** The sentence for every refusal: what happened, and what to do. Shown by the window and written by the terminal. */
import type { AppError, ErrorCode, ErrorParams } from '../errors.ts'
import { exchangeSentences } from './exchange-errors.ts'
import { fieldName, kindName, periodName, stateName, thingName, usesText } from './error-words.ts'

type Sentence = (params: ErrorParams) => string

const text = (value: ErrorParams[string] | undefined): string => (value === null || value === undefined ? '' : Array.isArray(value) ? value.join('、') : String(value))
const file = (params: ErrorParams): string => (params.file ? `“${text(params.file)}”` : '这个文件')
const isWord = (params: ErrorParams): boolean => /\.(?:doc|dot)[mx]?$/iu.test(text(params.file))
const part = (before: string, value: ErrorParams[string] | undefined, after = ''): string => (text(value) === '' ? '' : `${before}${text(value)}${after}`)

function badInput(params: ErrorParams): string {
  const names = Array.isArray(params.fields) ? params.fields.map((field) => fieldName(String(field))).filter((name) => name !== '') : []
  const field = names.length > 0 ? names.join('、') : fieldName(text(params.field))
  const why = { empty: '没有填写', long: '太长', letters: '没有文字' }[text(params.reason)]
  return field === '' ? '填写的内容不完整或格式不对，请检查后再试。' : `${field}${why ?? '没有填对'}，请修改后再试。`
}

/** One that was given and does not fit, several that were found, or none. */
function periodUnknown({ found }: ErrorParams): string {
  const periods = Array.isArray(found) ? found.map((one) => periodName(String(one))) : []
  if (periods.length > 1) return `这份通报里有几期：${periods.join('、')}。请指定其中一期，再分期导入。`
  return periods.length === 1 ? `期别“${periods[0]}”不合这类通报。请按月填写如 2026-06，按年填写如 2025。` : '认不出这份通报是哪一期。请手工填写期别，例如 2026-06 或 2025。'
}

const recoveryReasons: Readonly<Record<string, (params: ErrorParams) => string>> = {
  escrow: () => '托管密钥不对。请对照建立本组时打印的托管密钥，逐字核对；它与恢复码不是同一样东西。',
  length: (p) => `恢复码应有${text(p.expected)}个字符，现在是${text(p.found)}个，请对照纸上的恢复码补全。`,
  character: (p) => `恢复码第${text(p.group)}组里有不会出现的字符，请对照纸上的恢复码核对。`,
  group: (p) => `恢复码第${text(p.group)}组抄错了，请对照纸上的恢复码核对。`,
}

const sentences: Readonly<Record<ErrorCode, Sentence>> = {
  BAD_INPUT: badInput,
  UNKNOWN_ENTRY: (p) => `没有“${text(p.entry)}”这个功能。请确认程序是最新版本。`,
  INTERNAL: () => '程序内部出错，这一步没有完成，已有数据不受影响。请重试；仍然出错时请把编号告诉管理员。',
  NOT_ALLOWED: () => '您的角色不能做这一步。请由有权限的同事办理，或请管理员调整角色。',
  NOT_LOGGED_IN: () => '还没有登录，或已自动锁定。请登录后再试。',
  LOCKED: () => '程序已锁定。请重新输入密码。',
  NOT_FOUND: (p) => (p.what === 'file' && p.file ? `找不到${file(p)}。请检查文件的位置和名称。` : `找不到这${thingName(text(p.what))}，可能已被删除。请刷新后再试。`),
  STALE: () => '内容已被更新，您看到的是旧的。请刷新后再改一次。',
  BUSY: () => '程序正忙，请等当前工作完成后再试。',
  CANCELLED: () => '已取消，没有改动任何数据。',
  NO_CONNECTION: () => '与程序的连接断开了。请确认启动窗口没有关闭，然后刷新页面。',

  NOT_SET_UP: () => '这个数据文件夹还没有建立。请先完成首次设置（终端用 init）。',
  ALREADY_SET_UP: () => '这个数据文件夹已经建立过了，不能再次建立。请直接登录，或换一个空文件夹。',
  DATA_NEWER: (p) => `数据由更新版本的程序写成${part('（数据版本', p.found)}${part('，本程序支持到', p.supported, '）')}。请安装新版本后再打开，数据没有改动。`,
  DATA_DAMAGED: () => '数据文件已损坏，程序没有继续写入。请不要改动数据文件夹，用最近的备份恢复，并告诉管理员。',
  DATA_NOT_OURS: () => '这个文件夹里有别的文件，不是督查台的数据。请选择一个空文件夹。',
  DISK_FULL: (p) => (p.file ? `写“${text(p.file)}”时磁盘（或U盘）已满，没有写成。请清出空间或换一个位置后再试。` : '磁盘已满，这一步没有保存。请清出空间后再试。'),
  DISK_READ_ONLY: (p) => (p.file ? `“${text(p.file)}”所在的位置不能写入（只读或没有权限）。请检查写保护和权限，或换一个位置后再试。` : '数据文件夹不能写入（只读或没有权限）。请检查磁盘的写保护和文件夹权限后再试。'),
  DISK_ERROR: () => '读写磁盘出错，这一步没有保存。请检查磁盘或U盘是否接好，然后再试。',
  DATA_IN_USE: () => '数据正被另一个程序使用。请关闭另一个督查台窗口或命令后再试。',

  WRONG_PASSWORD: () => '账号或密码不对。请检查大小写后再试；忘记密码时可用恢复码。',
  WRONG_RECOVERY_CODE: (p) => recoveryReasons[text(p.reason)]?.(p) ?? '恢复码不对。请对照建立数据时打印的恢复码，逐组核对。',
  WEAK_PASSWORD: (p) => `密码太弱：至少${text(p.min) || '8'}位，不能只有数字，不能是账号的姓名或重复的字符。请换一个密码。`,
  ACCOUNT_EXISTS: () => '已有同名账号。请换一个名称，例如在姓名后加科室。',
  ACCOUNT_DISABLED: () => '这个账号已停用。请找管理员重新启用。',
  LAST_ADMIN: () => '这是最后一个能登录的管理员，不能停用或取消管理角色。请先让另一个账号成为管理员。',
  TOO_MANY_TRIES: (p) => `密码输错次数太多，请等${text(p.seconds)}秒后再试。`,

  UNSAFE_TEXT: (p) => `${fieldName(text(p.field)) || '文字'}第${text(p.position) || '?'}个字是看不见或会改变文字顺序的字符。请删掉它，重新输入。`,
  UNIT_EXISTS: (p) => `已有名称或别名相同的单位${part('“', p.name, '”')}。请使用已有的单位，或换一个名称。`,
  UNIT_HAS_OFFICIALS: (p) => `这个单位还有${text(p.count)}名在任干部，不能删除。请先调整他们的任职。`,
  ROW_IN_USE: (p) => `还有${usesText(p)}用着它，不能删除。请先调整任职，办结或撤销函件，再删除。`,
  OFFICIAL_NAMESAKE: (p) => `这个单位已有${text(p.count) || ''}名同名干部。请核对出生年月和职务；确是另一个人时请确认后保存。`,
  SECRECY_GRADE: (p) => `${fieldName(text(p.field)) || '内容'}里有密级标注。涉密文件不能在本机办理，请删除并按保密规定处理。`,

  FILE_TOKEN: () => '文件已不在程序里（可能登录已过期）。请重新选择文件。',
  FILE_TOO_LARGE: (p) => `${file(p)}太大，最多${text(p.limitMb ?? p.maxMegabytes) || '64'} MB。${isWord(p) ? '请删去不需要的内容后再上传。' : '请删去无关的工作表或图片，或分成几个文件。'}`,
  FILE_EMPTY: (p) => `${file(p)}是空的。请让报送单位重新发送。`,
  FILE_DAMAGED: (p) => `${file(p)}已损坏或没有传完，读不出来。请用${isWord(p) ? ' Word 或 WPS ' : '表格软件'}打开确认，另存后再试。`,
  FILE_ENCRYPTED: (p) => (isWord(p) ? `${file(p)}设有打开密码，或是旧格式。请在 Word 或 WPS 中去掉密码，另存为 .docx 后再上传。` : `${file(p)}设有打开密码。请在表格软件中去掉密码后再导入。`),
  FILE_HTML: (p) => `${file(p)}其实是网页，不是工作簿。请用表格软件打开，另存为 .xlsx 后再导入。`,
  FILE_MACRO: (p) => (isWord(p) ? `${file(p)}带有宏。请在 Word 中另存为不带宏的 .docx 后再上传。` : `${file(p)}带有宏。请在表格软件中另存为不带宏的 .xlsx 后再导入。`),
  FILE_BOMB: (p) => `${file(p)}展开后大得不正常，没有读取。请${isWord(p) ? '换一个文件' : '向报送单位核实这个文件'}。`,
  FILE_WRONG_KIND: (p) => (isWord(p) ? `${file(p)}不是 .docx 文件。请在 Word 或 WPS 中另存为 .docx 后再上传。` : `${file(p)}不是能读的工作簿。请使用 .xlsx、.xls 或 .csv 文件。`),
  FILE_TOO_MANY_ROWS: (p) => `${file(p)}的行数超过${text(p.maxRows) || '上限'}。请分成几个文件导入。`,
  FILE_TIMEOUT: (p) => `处理${file(p)}超过${text(p.limitSeconds) || '规定的'}秒，已停止，没有改动数据。请分成几个小文件再试。`,
  FILE_MEMORY: (p) => `处理${file(p)}需要的内存太多，已停止，没有改动数据。请分成几个小文件再试。`,

  KIND_UNKNOWN: (p) => `认不出${file(p)}是哪一类通报。请手工选择类别，或检查标题和表头。`,
  KIND_AMBIGUOUS: (p) => `${file(p)}可能是${Array.isArray(p.kinds) ? p.kinds.map((kind) => kindName(String(kind))).join('、') : '几类通报'}。请手工选择类别。`,
  PERIOD_UNKNOWN: periodUnknown,
  HEADER_NOT_FOUND: (p) => `找不到表头${part('，缺少：', p.missing)}。请检查列名，或手工指定各列。`,
  IMPORT_NOTHING: (p) => `${file(p)}的表头下面没有数据。请确认文件是否填好，再重新导入。`,
  BATCH_UNDONE: () => '这一批已经撤销过了。',
  BATCH_IN_USE: () => '这一批的数据已用于签发的函件，不能整批撤销。请用更正文件改正。',

  PROPOSAL_DECIDED: () => '这条拟办已经处理过了。请刷新后查看。',
  PROPOSAL_NO_OFFICIAL: () => '这条拟办缺责任人。请先补上责任人。',
  PROPOSAL_GUARDED: () => '同一责任人同一事项还有未办结或近期刚发的函件。确需再发时请写明理由。',
  REASON_REQUIRED: () => '这一步要写明理由。',
  RULE_BAD_PARAMS: () => '规则的数值超出允许的范围。请检查后再保存。',

  LETTER_STATE: (p) => `函件现在的状态${part('是“', stateName(text(p.state)) || undefined, '”，')}不能做这一步。请刷新后查看。`,
  LETTER_NO_OFFICIAL: () => '函件缺责任人，不能签发。请先补上责任人。',
  LETTER_INCOMPLETE: (p) => `函件还没有填完${part('：', fieldName(text(p.field)) || undefined)}。请补全后再办。`,
  LETTER_TOO_LONG: (p) => `${fieldName(text(p.field)) || '文字'}太长，纸上放不下。请缩短后再试。`,
  LETTER_OWN_DRAFT: () => '不能审核或签发自己起草的函件。请由另一位同事办理。',
  LETTER_SKIPS_STEP: () => '这封函件跳过了前一级措施。确需越级时请写明理由。',
  NUMBER_USED: (p) => `文号${part('', p.number)}已经用过，不能重复。请核对发文登记。`,
  NUMBER_SERIES: () => '文号序列不对，不能取号。请检查设置里的机关代字和年份。',
  CALENDAR_UNKNOWN: (p) => `日历未公布：${part('', p.year, '年')}的放假安排还没有，算不出工作日。请在设置中录入当年的放假安排。`,
  DATE_ORDER: (p) => `日期的先后不对${part('（不能早于', p.notBefore, '）')}。请核对后再填。`,
  LETTER_DISPUTED: (p) => `这份函件${p.number ? `（${String(p.number)}）` : ''}有${p.conflicts ? `${String(p.conflicts)}处` : ''}待核对${p.doubled === true ? '（文号与另一函件重复）' : ''}，决定之前不能签发或打印。请到“交换—待核对”里决定。`,
  NUMBER_AUTHORITY: () => '本机不是这个字号的编号机，不能给号或租号。请在编号机上办理，或先由管理员把编号权转到本机。',
  DEADLINE_PASSED: () => '期限已过，不能再延期。延期要在到期前提出。',
  RECHECK_OPEN: () => '这封函件已有一份复核申请还没有决定。请先作出复核决定。',
  RECHECK_LATE: (p) => `申请复核的期限已过：自收到次日（${text(p.received)}收到）起${text(p.days)}日内，最后一天是${text(p.last)}。确有错误的，可以直接撤销或澄清。`,
  RECHECK_OWN: () => '起草、审核或签发这封函件的人不能作复核决定。请由另一位有签发角色的同事办理；没有的请管理员为复核人建立账号。',
  ATTACHMENT_MISSING: () => '附件未到：内容还在另一台机器上。请先接收那台机器的交换包。',

  PAPER_OWN_TEMPLATE: () => '本函用本单位的 Word 模板，请下载 Word 文件，用 Word 或 WPS 打开打印。',
  PDF_FAILED: (p) => `生成 PDF 时出错，已做好${text(p.done) || '0'}件，共${text(p.total) || '1'}件。请再按一次“存为 PDF”，从停下的地方接着做；仍然出错时请改用“打印”。`,
  TEMPLATE_REFUSED: (p) => `模板${part('“', p.file, '”')}里有不能用的地方：${text(p.problems)}。请在 Word 里改好后再上传。`,
  TEMPLATE_PICTURE: (p) => `模板${part('“', p.file, '”')}里的图片${part('“', p.picture, '”')}超过 ${text(p.limitMb)} MB。请压缩图片后再上传。`,
  TEMPLATE_TOO_MANY: (p) => `模板${part('“', p.file, '”')}里有${text(p.count)}个填写处，最多${text(p.limit)}个。请删去不需要的。`,

  ...exchangeSentences,

  CHAIN_BROKEN: () => '变更记录的链条不完整。请不要继续录入，用备份恢复，并告诉管理员。',
  PROJECTION_DIFFERS: () => '数据表与变更记录不一致。请由管理员重建数据表后再核对。',
}

/** One or two sentences in Chinese; with the number of the log line where there is one. */
export function errorSentence(error: AppError): string {
  const sentence = sentences[error.code](error.params)
  return error.ref === undefined ? sentence : `${sentence}（编号 ${error.ref}）`
}
