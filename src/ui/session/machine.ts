import type { Answers, FromMachine, Question, SessionStart, ToMachine } from '../../lab/messages.ts';

/** The way to the machine: a worker, or in tests the machine itself. */
export interface Wall {
  post(message: ToMachine): void;
  listen(listener: (message: FromMachine) => void): void;
}

type Listener = (message: FromMachine) => void;

/** The page's side of the wall: sends, asks, and hands out what the machine says. */
export class Machine {
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Map<number, (answer: never) => void>();
  private questions = 0;

  constructor(private readonly wall: Wall) {
    wall.listen((message) => this.hear(message));
  }

  start(from: SessionStart): void {
    this.send({ do: 'start', from });
  }

  send(message: ToMachine): void {
    this.wall.post(message);
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
