import './zod-config.ts'
import './style-nonce.ts'
import 'dayjs/locale/zh-cn'
import './styles/base.css'
import './styles/shell.css'
import './styles/grid.css'
import './styles/parts.css'
import './styles/pages.css'
import './styles/exchange.css'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { applyTheme } from './state/theme.ts'

applyTheme()
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
