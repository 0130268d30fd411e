import '@xterm/xterm/css/xterm.css';
import './ui/theme/tokens.css';
import './ui/theme/base.css';
import './ui/theme/controls.css';
import './ui/app/bw-app.ts';
import { openPage } from './ui/app/open-page.ts';
import { startMachine } from './ui/machine/start-machine.ts';

openPage(startMachine());
