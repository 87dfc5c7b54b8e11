import { render } from 'preact';
import { preloadProblems } from './api/problem';
import { App } from './app/App';
import { prepare } from './app/use-route';
import { jumpToHash, rememberScroll, restoreScroll, wasLeft } from './lib/scroll-memory';
import './styles/index.css';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app');

rememberScroll();
const first = await prepare(location.pathname);
document.documentElement.lang = first.language;
render(<App first={first} />, root);
if (!jumpToHash() && wasLeft()) restoreScroll();
// When the connection goes, the words for it must be there already.
setTimeout(preloadProblems, 4000);
