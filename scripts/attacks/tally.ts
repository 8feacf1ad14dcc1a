export interface Class {
  name: string;
  cases: number;
  controls: number;
  /** Cases in which the attacker got something, and controls in which the rightful one did not. */
  broken: string[];
  ms: number;
}

/** What one class of attacks came to. A refusal proves nothing unless the rightful one succeeds in the same run. */
export class Tally {
  cases = 0;
  controls = 0;
  readonly broken: string[] = [];

  /** An attack; `held`: the attacker got nothing. */
  attack(name: string, held: boolean, got: unknown = "") {
    this.cases++;
    if (!held) this.broken.push(`let in: ${name} (${String(got).slice(0, 300)})`);
  }

  /** The same by whoever may. */
  control(name: string, succeeded: boolean, got: unknown = "") {
    this.controls++;
    if (!succeeded) this.broken.push(`control: ${name} (${String(got).slice(0, 300)})`);
  }
}
