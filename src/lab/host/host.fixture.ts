import { applyPatches } from 'immer';
import type { HopRecord, Journey } from '../feed/feed.ts';
import type { Answers, FromMachine, LoggedInput, Question, SessionStart, ToMachine } from '../messages.ts';
import { EMPTY_VIEW } from '../view/empty-view.ts';
import type { LabView } from '../view/lab-view.ts';
import { PartsHolder } from '../parts.ts';
import { WHOLE } from '../whole.ts';
import { LabHost } from './lab-host.ts';

const SECOND = 1e9;
export const FRESH: SessionStart = {
  seed: 7,
  startDate: 1_795_461_300_000,
  files: {},
  rescue: {},
  exercises: [],
  log: [],
  time: 0,
};

/** A machine behind its wall without a page: what it said, put together as a page would. */
export class TestPage {
  view: LabView = EMPTY_VIEW;
  /** All that there have been, one after the other. */
  readonly views: LabView[] = [];
  log: LoggedInput[] = [];
  readonly screen = new Map<number, string>();
  readonly journeys: Journey[] = [];
  readonly records: HopRecord[] = [];
  readonly said: FromMachine[] = [];
  readonly host: LabHost;
  private questions = 0;

  /** @param parts which of the lab's parts are there from the start; all, where absent */
  constructor(start: SessionStart = FRESH, parts = new PartsHolder(WHOLE)) {
    this.host = new LabHost((message) => this.hear(structuredClone(message)), parts);
    this.send({ do: 'start', from: start });
  }

  send(message: ToMachine): void {
    this.host.hear(structuredClone(message));
  }

  /** Opens a terminal and waits for its prompt. */
  terminal(id: number, folder = '/home/user'): void {
    this.send({ do: 'open-terminal', terminal: id, folder, columns: 120, rows: 30 });
    this.pass(1);
  }

  /** Types a line and lets time pass. */
  run(id: number, line: string, seconds = 3): void {
    this.send({ do: 'type', terminal: id, text: `${line}\r` });
    this.pass(seconds);
  }

  pass(seconds: number): void {
    const target = this.host.now + seconds * SECOND;
    // In small steps, with reports in between, as frames do.
    while (this.host.now < target) {
      while (!this.host.advance(Math.min(target, this.host.now + 0.05 * SECOND), 10_000));
      while (this.host.probe());
      this.host.report();
    }
  }

  ask<K extends Question['ask']>(question: Extract<Question, { readonly ask: K }>): Answers[K] | undefined {
    const number = ++this.questions;
    this.send({ do: 'ask', number, question });
    for (let i = 0; i < 100; i++) {
      const answer = this.said.find((message) => message.say === 'answer' && message.number === number);
      if (answer?.say === 'answer') return answer.answer as Answers[K];
      this.pass(0.1);
    }
    return undefined;
  }

  private hear(message: FromMachine): void {
    this.said.push(message);
    if (message.say === 'output')
      this.screen.set(message.terminal, (this.screen.get(message.terminal) ?? '') + message.text);
    else if (message.say === 'begin-again') {
      this.screen.clear();
      this.journeys.length = 0;
      this.records.length = 0;
    } else if (message.say === 'view-whole') this.views.push((this.view = message.view));
    else if (message.say === 'view')
      for (const { patches } of message.moments) this.views.push((this.view = applyPatches(this.view, [...patches])));
    else if (message.say === 'log') this.log = [...this.log.slice(0, message.from), ...message.entries];
    else if (message.say === 'trace') {
      this.journeys.push(...message.chunk.journeys);
      this.records.push(...message.chunk.records);
    } else if (message.say === 'fault') throw new Error(message.message);
  }
}
