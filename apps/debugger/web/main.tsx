import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@xyflow/react/dist/base.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/run-bar.css';
import './styles/sheets.css';
import './styles/values.css';
import './styles/panels.css';
import './styles/nodes.css';
import './styles/graph.css';
import './styles/drawings.css';
import { App } from './app.tsx';
import { applyTheme, readTheme } from './chrome/theme.ts';
import { openSession } from './state/session.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

applyTheme(readTheme());
openSession();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
