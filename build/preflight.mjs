// Says one clear sentence when the runtime cannot load the database driver.
// better-sqlite3 13 needs Node-API 10; an older Node crashes the process instead of failing.
const major = Number(process.versions.node.split('.')[0])
if (major < 24 || Number(process.versions.napi) < 10) {
  process.stderr.write(
    `督查台需要 Node.js 24 或更新版本（当前为 ${process.versions.node}）。请在项目文件夹先执行 npm ci，再用 npm start、npm test 或 npm run cli 启动，它们会自动使用随项目安装的 Node 24。\n`,
  )
  process.exit(1)
}
