import { fill, numberIn, WORD, type Dialect, type Template } from "./dialects.ts";
import { textFrame, Wire, type Target } from "./wire.ts";

/** Where one socket goes: a customer speaks in their chat, an agent listens. */
export interface Place extends Target {
  /** null for agents. */
  chat: string | null;
  /** Sent when it opens, and how the frame begins that answers. */
  hello?: string;
  welcome?: string;
}

/** What a crowd hears, whoever of it. */
export interface Ears {
  acked(n: number, by: Seat): void;
  refused(n: number, by: Seat): void;
  /** An agent was shown a message. */
  seen(n: number): void;
  dropped(seat: Seat): void;
}

const WELCOME_PATIENCE_MS = 30_000;

/** One of the crowd: keeps its place when the socket is gone, and can take it again. */
export class Seat {
  private readonly message: Template | null;
  private wire: Wire | null = null;
  private seated = false;

  private welcomed = () => {};
  private failed = (_why: Error) => {};

  constructor(
    private readonly place: Place,
    private readonly dialect: Dialect,
    private readonly ears: Ears,
  ) {
    this.message = place.chat === null ? null : dialect.message(place.chat);
  }

  get isCustomer() {
    return this.message !== null;
  }

  /** @throws when it is refused, or not welcomed in time. */
  async sit(): Promise<void> {
    const { hello, welcome = this.dialect.welcome } = this.place;
    const welcomed = new Promise<void>((resolve, reject) => {
      this.welcomed = resolve;
      this.failed = reject;
    });
    let waiting = welcome;
    if (!waiting) this.welcomed();
    const wire = await Wire.open(this.place, {
      text: (bytes, start, end) => {
        if (waiting && bytes.toString("latin1", start, start + waiting.length) === waiting) {
          waiting = null;
          this.welcomed();
        }
        this.hear(bytes, start, end);
      },
      closed: () => {
        this.wire = null;
        this.failed(new Error("closed before its welcome"));
        if (this.seated) this.ears.dropped(this);
        this.seated = false;
      },
    });
    this.wire = wire;
    for (const text of this.dialect.hello) wire.send(textFrame(text));
    if (hello) wire.send(textFrame(hello));
    const late = setTimeout(() => this.failed(new Error("no welcome")), WELCOME_PATIENCE_MS);
    try {
      await welcomed;
      this.seated = true;
    } catch (error) {
      wire.close();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  send(n: number) {
    if (this.message) this.wire?.send(fill(this.message, n));
  }

  leave() {
    this.seated = false;
    this.wire?.close();
  }

  private hear(bytes: Buffer, start: number, end: number) {
    const word = this.dialect.word(bytes, start, end);
    // Their own row comes to customers too, beside the acknowledgement.
    if (word === WORD.other || (word === WORD.row && this.isCustomer)) return;
    if (word === WORD.ping) {
      if (this.dialect.pong) this.wire?.send(this.dialect.pong);
      return;
    }
    const n = numberIn(bytes, start, end, word === WORD.refused);
    if (n < 0) return;
    if (word === WORD.row) this.ears.seen(n);
    else if (word === WORD.ack) this.ears.acked(n, this);
    else this.ears.refused(n, this);
  }
}
