import { setTimeout as delay } from "node:timers/promises";
import { backoffMs } from "../../../app/realtime/client/backoff.ts";
import { defaultTimings } from "../../../app/realtime/client/timings.ts";
import { dialects, type DialectName } from "./dialects.ts";
import { Seat, type Ears, type Place } from "./seat.ts";

export type Crowd = ReturnType<typeof openCrowd>;

export interface Arrival {
  opened: number;
  failures: number;
  reasons: string[];
  ms: number;
}

export interface Return {
  dropped: number;
  back: number;
  tries: number;
  p50Ms: number;
  lastMs: number;
}

/** Many sockets, as cheap as they can be. */
export function openCrowd(language: DialectName) {
  const seats: Seat[] = [];
  const ears: Ears = { acked() {}, refused() {}, seen() {}, dropped() {} };

  return {
    ears,
    customers: () => seats.filter((seat) => seat.isCustomer),

    /** More sockets, `atOnce` of them under way at a time. */
    async connect(places: Place[], atOnce: number): Promise<Arrival> {
      const started = performance.now();
      const fresh = places.map((place) => new Seat(place, dialects[language], ears));
      const left = [...fresh];
      const reasons: string[] = [];
      const usher = async () => {
        for (let seat = left.shift(); seat; seat = left.shift()) {
          await seat.sit().catch((error: Error) => reasons.push(error.message));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, usher));
      seats.push(...fresh);
      const ms = performance.now() - started;
      return { opened: places.length - reasons.length, failures: reasons.length, reasons: [...new Set(reasons)], ms };
    },

    /** Waits until everybody has been thrown out and is back, each with the browser client's own backoff. */
    async comeBack(patienceMs: number): Promise<Return> {
      const backAfter: number[] = [];
      const until = performance.now() + patienceMs;
      let [firstDrop, dropped, tries] = [0, 0, 0];
      const retry = async (seat: Seat) => {
        for (let attempt = 0; performance.now() < until; attempt++) {
          await delay(backoffMs(attempt, defaultTimings));
          tries++;
          const back = await seat.sit().then(
            () => true,
            () => false,
          );
          if (back) return backAfter.push(performance.now() - firstDrop);
        }
      };
      ears.dropped = (seat) => {
        firstDrop ||= performance.now();
        dropped++;
        void retry(seat);
      };
      while (performance.now() < until && backAfter.length < seats.length) await delay(20);
      ears.dropped = () => {};
      backAfter.sort((x, y) => x - y);
      const at = (share: number) => backAfter[Math.ceil(backAfter.length * share) - 1] ?? 0;
      return { dropped, back: backAfter.length, tries, p50Ms: at(0.5), lastMs: at(1) };
    },

    close() {
      for (const seat of seats.splice(0)) seat.leave();
    },
  };
}
