import { cameFrom } from "~/activity/origin.server";
import { Overloaded } from "~/chat/errors";
import { sendsRefused } from "~/metrics.server";
import { CLOSE, type Connection } from "./connection.server";
import { receive, refuse } from "./receive.server";

const MAX_QUEUED_FRAMES = 200;
/** Of all sockets together: a fraction of a second's work. Beyond it, who sends is told at once, and what is accepted stays quick. */
const MAX_QUEUED_TOGETHER = 1_000;
/** Where many wait, nobody has more than a few of the places: one message of each chat is written in a batch. */
const [MANY_QUEUED, FAIR_SHARE] = [500, 2];
const A_SEND = /^.{0,80}"event":"(customer|cs):send_message"/s;
const ITS_REQUEST = /"requestId":("[^"\\]{0,80}"|\d{1,15})/;
/** One for all: to make an error with its stack takes longer than to say it. */
const OVERLOADED = new Overloaded();

let together = 0;

/** Frames of one socket are answered in the order in which they came: that is what makes a sender's order the chat's order. */
export function frameQueue(c: Connection) {
  let queued = 0;
  let closed = false;
  const done = () => {
    queued--;
    together--;
  };
  const noRoom = () => together >= MAX_QUEUED_TOGETHER || (together >= MANY_QUEUED && queued >= FAIR_SHARE);
  return {
    push(raw: string) {
      if (queued >= MAX_QUEUED_FRAMES) return c.socket.close(CLOSE.policy, "too many frames at once");
      if (noRoom() && A_SEND.test(raw)) return tooMuch(c, raw);
      queued++;
      together++;
      c.answered = c.answered.then(() => (closed ? undefined : cameFrom(c, () => receive(c, raw)))).finally(done);
    },
    close: () => (closed = true),
  };
}

/** Reading no more of it than it takes to say no: there is no time. */
function tooMuch(c: Connection, raw: string) {
  sendsRefused.inc();
  const [, id] = ITS_REQUEST.exec(raw) ?? [];
  refuse(c, OVERLOADED, id && (JSON.parse(id) as string | number));
}
