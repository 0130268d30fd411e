import '@xterm/xterm/css/xterm.css';
import './ui/theme/tokens.css';
import './ui/theme/base.css';
import './ui/theme/controls.css';
import './ui/app/frame.css';
import { Lab } from './lab/lab.ts';
import { mountTerminal } from './ui/terminal/lab-terminal.ts';
import { languageOf, WORDS } from './ui/words.ts';

const language = languageOf(navigator.languages);
const words = WORDS[language];
document.documentElement.lang = language;

const header = document.createElement('header');
const title = document.createElement('h1');
title.textContent = 'Bridgewalk';
const tagline = document.createElement('p');
const example = document.createElement('code');
example.textContent = 'docker network ls';
tagline.append(`${words.tagline} ${words.tryThis} `, example);
header.append(title, tagline);

const main = document.createElement('main');
const frame = document.createElement('div');
frame.className = 'terminal-frame';
main.append(frame);
document.body.append(header, main);

// The seed may come with the address, so that a session can be had again; otherwise each visit is a host of its own.
const seed = Number(new URLSearchParams(location.search).get('seed') ?? Math.floor(Math.random() * 2 ** 31));
mountTerminal(frame, new Lab({ seed: Number.isSafeInteger(seed) ? seed : 1, startDate: Date.now() }), words);
