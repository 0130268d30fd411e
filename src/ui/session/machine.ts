import type { Answers, FromMachine, Question, SessionStart, ToMachine } from '../../lab/messages.ts';

/** What a worker is to the page; in tests the machine may run beside it instead. */
export interface Wall {
  postMessage(message: ToMachine): void;
  onmessage: ((event: { readonly data: FromMachine }) => void) | null;
}

type Listener = (message: FromMachine) => void;

/** The page's side of the wall: sends, asks, and hands out what the machine says. */
export class Machine {
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Map<number, (answer: never) => void>();
  private questions = 0;

  constructor(private readonly wall: Wall) {
    wall.onmessage = ({ data }) => this.hear(data);
  }

  start(from: SessionStart): void {
    this.send({ do: 'start', from });
  }

  send(message: ToMachine): void {
    this.wall.postMessage(message);
  }

  /** Resolves with the machine's answer. */
  ask<K extends Question['ask']>(question: Extract<Question, { readonly ask: K }>): Promise<Answers[K]> {
    const number = ++this.questions;
    return new Promise((resolve) => {
      this.waiting.set(number, resolve);
      this.send({ do: 'ask', number, question });
    });
  }

  /** The answer ends it. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private hear(message: FromMachine): void {
    if (message.say === 'answer') {
      this.waiting.get(message.number)?.(message.answer as never);
      this.waiting.delete(message.number);
      return;
    }
    for (const listener of [...this.listeners]) listener(message);
  }
}
