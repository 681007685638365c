/** The menu, in Chinese. Without a role list of its own Electron would show its English default with links to its web site. */
import { Menu, type MenuItemConstructorOptions } from 'electron'

export function setMenu(development: boolean): void {
  const edit: MenuItemConstructorOptions[] = [
    { label: '撤销', role: 'undo' }, { label: '重做', role: 'redo' }, { type: 'separator' },
    { label: '剪切', role: 'cut' }, { label: '复制', role: 'copy' }, { label: '粘贴', role: 'paste' }, { label: '全选', role: 'selectAll' },
  ]
  const view: MenuItemConstructorOptions[] = [
    { label: '重新载入', role: 'reload' }, { type: 'separator' },
    { label: '实际大小', role: 'resetZoom' }, { label: '放大', role: 'zoomIn' }, { label: '缩小', role: 'zoomOut' }, { type: 'separator' },
    { label: '全屏', role: 'togglefullscreen' },
    ...(development ? [{ label: '开发者工具', role: 'toggleDevTools' } as const] : []),
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    { label: '文件', submenu: [{ label: '退出', role: 'quit' }] },
    { label: '编辑', submenu: edit },
    { label: '查看', submenu: view },
    { label: '窗口', submenu: [{ label: '最小化', role: 'minimize' }, { label: '关闭', role: 'close' }] },
  ]))
}
