import type { Locator, Page } from 'playwright-core';
import type { Exercise, Input, Step } from '../../src/scenario/course/exercise.ts';
import { TERMINAL_NAMES } from '../../src/scenario/course/exercise.ts';

/** Somebody who does the course's exercises in the page: what the steps say, each with the means that they have. */
export interface Hands {
  /** Runs a line in a terminal, or types into what runs there. */
  readonly enter: (text: string, terminal: number, action: Locator) => Promise<void>;
  readonly press: (key: 'C-c' | 'C-d' | 'Enter', terminal: number, action: Locator) => Promise<void>;
  readonly write: (path: string, content: string, action: Locator) => Promise<void>;
  readonly visit: (url: string, from: 'host' | 'lan', action: Locator) => Promise<void>;
  /** Brings the guide into sight, where it isn't. */
  readonly toGuide: () => Promise<void>;
  readonly click: (target: Locator) => Promise<void>;
}

const LONG = { timeout: 60_000 };
/** What takes the keys in Monaco, with and without the browser's EditContext. */
const MONACO_INPUT = '.monaco-editor textarea.inputarea, .monaco-editor .native-edit-context';

/**
 * Does an exercise step by step; returns when the page says that it is solved.
 * @param interruption what happens before the step of that number
 */
export async function doExercise(
  page: Page,
  exercise: Exercise,
  hands: Hands,
  interruption?: { readonly before: number; readonly happens: () => Promise<void> },
): Promise<void> {
  await hands.toGuide();
  await page.locator(`[data-exercise="${exercise.id}"] .step`).first().waitFor(LONG);
  for (const [i, step] of exercise.steps.entries()) {
    if (interruption?.before === i) await interruption.happens();
    await doStep(page, exercise.folder, step, i, hands);
  }
  await hands.toGuide();
  await page.locator('.outcome').waitFor(LONG);
}

async function doStep(page: Page, folder: string, step: Step, index: number, hands: Hands): Promise<void> {
  await hands.toGuide();
  const place = page.locator('.step').nth(index);
  const title = place.locator('.step-title');
  await title.waitFor(LONG);
  if ((await title.getAttribute('aria-expanded')) === 'false') await hands.click(title);
  for (const [i, input] of step.actions.entries()) {
    await hands.toGuide();
    await act(page, folder, input, place.locator('bw-action').nth(i), hands);
  }
  await hands.toGuide();
  if (step.checks.length > 0 || step.isArrival)
    await page.locator('.step').nth(index).and(page.locator('[data-done]')).waitFor(LONG);
  else if ((await place.getAttribute('data-done')) === null) await hands.click(place.locator('.step-body > .button'));
}

async function act(page: Page, folder: string, input: Input, action: Locator, hands: Hands): Promise<void> {
  const terminal = 'terminal' in input ? TERMINAL_NAMES.indexOf(input.terminal) + 1 : 0;
  switch (input.do) {
    case 'run': {
      // The guide shows the line with the addresses that it has now.
      await action.locator('.command .button:not([disabled])').waitFor(LONG);
      const line = (await action.locator('.command code').textContent()) ?? '';
      const ended = await endedIn(page, terminal);
      await hands.enter(line, terminal, action);
      // What works inside a container is there when the tab says so.
      const inside = /\bexec\b|\brun -it\b/.test(line) ? '.inside' : '';
      if (input.stays) await page.locator(`#terminal-tab-${terminal} .tab-note${inside}`).waitFor(LONG);
      else await commandEnds(page, terminal, ended);
      break;
    }
    case 'type':
      await hands.enter(input.text, terminal, action);
      await terminalShows(page, terminal, input.text);
      break;
    case 'key': {
      const ended = await endedIn(page, terminal);
      await hands.press(input.key, terminal, action);
      if (input.key === 'C-c') await commandEnds(page, terminal, ended);
      break;
    }
    case 'write':
      await hands.write(`${folder}/${input.path}`, input.content, action);
      break;
    case 'visit':
      await hands.visit(input.url, input.from, action);
      break;
    case 'wait':
  }
}

/** How many commands have ended in a terminal. */
export async function endedIn(page: Page, terminal: number): Promise<number> {
  const screen = page.locator(`#terminal-panel-${terminal}`);
  return (await screen.count()) === 0 ? 0 : Number((await screen.getAttribute('data-ended')) ?? 0);
}

/** Waits until more than so many commands have ended in a terminal. */
export const commandEnds = (page: Page, terminal: number, before: number) =>
  page.waitForFunction(
    ([id, count]) => Number(document.querySelector<HTMLElement>(`#${id}`)?.dataset['ended'] ?? 0) > count,
    [`terminal-panel-${terminal}`, before] as const,
    LONG,
  );

const terminalShows = (page: Page, terminal: number, text: string) =>
  page.waitForFunction(
    ([id, wanted]) =>
      document.querySelector(`#${id} .xterm-rows`)?.textContent?.replaceAll('\u00a0', ' ').includes(wanted),
    [`terminal-panel-${terminal}`, text] as const,
    LONG,
  );

/** Somebody at a desk, who types what the guide says. */
export function typist(page: Page): Hands {
  const terminal = async (number: number) => {
    const tab = page.locator(`#terminal-tab-${number}`);
    if ((await tab.count()) === 0) await page.locator('.terminal-bar .icon-button').first().click();
    await tab.click();
    await page.locator(`#terminal-panel-${number} .xterm-helper-textarea`).focus();
  };
  return {
    enter: async (text, number) => {
      await terminal(number);
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    press: async (key, number) => {
      await terminal(number);
      await page.keyboard.press(KEYS[key]);
    },
    write: async (path, content, action) => {
      await action.locator('.button').first().click();
      await page.locator(`.file-tab[aria-selected="true"][title$="${path}"]`).waitFor(LONG);
      await page.locator(MONACO_INPUT).first().focus();
      await typeInEditor(page, content);
      await page.keyboard.press('Control+s');
      await page.locator('.file-tab[aria-selected="true"] .file-dirty').waitFor({ state: 'detached', ...LONG });
    },
    visit: async (url, from) => {
      await page.locator('#tool-tab-browser').click();
      await visitIn(page, url, from);
    },
    toGuide: async () => {},
    click: (target) => target.click(),
  };
}

const KEYS = { 'C-c': 'Control+c', 'C-d': 'Control+d', Enter: 'Enter' } as const;

/** Types a text over all that stands there, whatever the editor puts in by itself: each line replaces its indentation. */
async function typeInEditor(page: Page, content: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const lines = content.replace(/\n$/, '').split('\n');
  for (const [i, line] of lines.entries()) {
    // Suggestions that are open would take Enter for themselves.
    if (i > 0) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Shift+Home');
      await page.keyboard.press('Delete');
    }
    await page.keyboard.type(line);
  }
  await page.keyboard.press('Escape');
}

async function visitIn(page: Page, url: string, from: 'host' | 'lan'): Promise<void> {
  const browser = page.locator('bw-browser');
  await browser.locator('select').selectOption(from);
  await browser.locator('form input').fill(url);
  await page.keyboard.press('Enter');
  await browser.locator('iframe, .failure').first().waitFor(LONG);
}

/** Somebody with a phone: taps what the guide offers, and writes files in the plain editor. */
export function thumbs(page: Page, words: { readonly panes: string; readonly guide: string }): Hands {
  const pane = page.getByRole('navigation', { name: words.panes });
  const tapRun = (_: unknown, __: unknown, action: Locator) => action.locator('.command .button').tap();
  return {
    enter: tapRun,
    press: tapRun,
    write: async (path, content, action) => {
      await action.locator('.button').first().tap();
      await page.locator(`.file-tab[aria-selected="true"][title$="${path}"]`).waitFor(LONG);
      await page.locator('.plain-editor').fill(content);
      await page.locator('.file-actions .button').first().tap();
      await page.locator('.file-tab[aria-selected="true"] .file-dirty').waitFor({ state: 'detached', ...LONG });
    },
    visit: async (_url, _from, action) => {
      await action.locator('.command .button').tap();
      await page.locator('bw-browser').locator('iframe, .failure').first().waitFor(LONG);
    },
    toGuide: async () => {
      await pane.getByRole('button', { name: words.guide, exact: true }).tap();
    },
    click: (target) => target.tap(),
  };
}

/** Somebody without a mouse: walks to everything with Tab and presses it with Enter. */
export function keysAlone(page: Page): Hands {
  const press = async (target: Locator) => {
    await walkTo(page, target);
    await page.keyboard.press('Enter');
  };
  const run = async (_: unknown, __: unknown, action: Locator) => press(action.locator('.command .button'));
  return {
    enter: run,
    press: run,
    write: async (path, content, action) => {
      await press(action.locator('.button').first());
      await page.locator(`.file-tab[aria-selected="true"][title$="${path}"]`).waitFor(LONG);
      await walkTo(page, page.locator(MONACO_INPUT).first());
      await typeInEditor(page, content);
      await page.keyboard.press('Control+s');
      await page.locator('.file-tab[aria-selected="true"] .file-dirty').waitFor({ state: 'detached', ...LONG });
    },
    visit: async (_url, _from, action) => {
      await press(action.locator('.command .button'));
      await page.locator('bw-browser').locator('iframe, .failure').first().waitFor(LONG);
    },
    toGuide: async () => {},
    click: press,
  };
}

/** Presses Tab, or Shift and Tab where that is nearer, until the target has the focus. */
async function walkTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor(LONG);
  const element = await target.elementHandle();
  const where = () =>
    page.evaluate((wanted) => {
      // Inside of a shadow tree its host stands for what has the focus.
      const active = document.activeElement;
      if (active === wanted) return 'there';
      if (!active || !wanted || active === document.body) return 'before';
      return active.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? 'behind' : 'before';
    }, element);
  for (let steps = 0; steps < 400; steps++) {
    const at = await where();
    if (at === 'there') return;
    // Terminal and editor keep Tab for themselves, unless Escape comes before it.
    if (
      await page.evaluate(
        () => document.activeElement?.matches('.xterm-helper-textarea, .inputarea, .native-edit-context') ?? false,
      )
    )
      await page.keyboard.press('Escape');
    await page.keyboard.press(at === 'behind' ? 'Shift+Tab' : 'Tab');
  }
  throw new Error('cannot be reached with Tab');
}
