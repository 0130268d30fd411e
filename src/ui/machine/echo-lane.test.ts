import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromMachine } from '../../lab/messages.ts';
import { EchoReceiver, EchoSender, LANE_OPEN } from './echo-lane.ts';

/** A broadcast channel whose messages arrive when the test says so. */
class TestChannel {
  static all: TestChannel[] = [];
  private readonly listeners: ((event: { data: unknown }) => void)[] = [];
  private readonly sent: unknown[] = [];

  constructor(readonly name: string) {
    TestChannel.all.push(this);
  }

  addEventListener(_: 'message', listener: (event: { data: unknown }) => void): void {
    this.listeners.push(listener);
  }

  postMessage(message: unknown): void {
    this.sent.push(message);
  }

  static arrive(): void {
    for (const from of TestChannel.all)
      for (const data of from.sent.splice(0))
        for (const to of TestChannel.all)
          if (to !== from && to.name === from.name) for (const listener of to.listeners) listener({ data });
  }
}

type Posted = FromMachine | typeof LANE_OPEN;

/** Both ends, with what was posted beside the lane, and what the page heard. */
function ends(pageName: string, workerName: string) {
  const posted: Posted[] = [];
  const heard: string[] = [];
  const state = { greeted: false };
  const receiver = new EchoReceiver(
    pageName,
    (message) => heard.push(message.say === 'output' ? message.text : message.say),
    () => {
      state.greeted = true;
      sender.heard();
    },
  );
  const sender = new EchoSender(workerName, (message) => posted.push(message));
  return {
    sender,
    heard,
    state,
    /** What was posted beside the lane arrives. */
    arrive: () => {
      for (const message of posted.splice(0)) receiver.hear(message);
    },
  };
}

const output = (text: string): FromMachine => ({ say: 'output', terminal: 1, text });

describe('the lane for echoes', () => {
  beforeEach(() => {
    TestChannel.all = [];
    vi.stubGlobal('BroadcastChannel', TestChannel);
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('lets output go before everything but what it must not overtake', () => {
    const { sender, heard, arrive } = ends('a', 'a');
    TestChannel.arrive();
    arrive();
    sender.say({ say: 'files-changed' });
    sender.say(output('one'));
    TestChannel.arrive();
    expect(heard).toEqual(['one']);
    sender.say({ say: 'begin-again' });
    sender.say(output('two'));
    TestChannel.arrive();
    expect(heard).toEqual(['one']);
    arrive();
    expect(heard).toEqual(['one', 'files-changed', 'begin-again', 'two']);
  });

  it('keeps the order of what went before it was open', () => {
    const { sender, heard, arrive } = ends('a', 'a');
    sender.say(output('one'));
    TestChannel.arrive();
    sender.say(output('two'));
    TestChannel.arrive();
    expect(heard).toEqual([]);
    arrive();
    expect(heard).toEqual(['one', 'two']);
  });

  it('loses what was written before the terminals began again, and nothing else', () => {
    const { sender, heard, arrive } = ends('a', 'a');
    TestChannel.arrive();
    arrive();
    sender.say(output('old'));
    sender.say({ say: 'begin-again' });
    arrive();
    TestChannel.arrive();
    sender.say(output('new'));
    TestChannel.arrive();
    expect(heard).toEqual(['begin-again', 'new']);
  });

  it('goes with the rest where nobody hears it', () => {
    const { sender, heard, state, arrive } = ends('a', 'b');
    TestChannel.arrive();
    sender.say(output('one'));
    TestChannel.arrive();
    arrive();
    expect(heard).toEqual(['one']);
    expect(state.greeted).toBe(false);
  });

  it('does without a channel where there is none', () => {
    vi.stubGlobal('BroadcastChannel', function denied() {
      throw new DOMException('denied', 'SecurityError');
    });
    const { sender, heard, arrive } = ends('a', 'a');
    sender.say(output('one'));
    arrive();
    expect(heard).toEqual(['one']);
  });
});
