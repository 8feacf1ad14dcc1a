import { backupFaults } from "./fault-backup.ts";
import { blackHole, databaseFaults, slowCommits } from "./fault-database.ts";
import { canMount, fileFaults } from "./fault-files.ts";
import { formFaults } from "./fault-forms.ts";
import { killFaults } from "./fault-kills.ts";
import { nameFaults } from "./fault-names.ts";
import { networkFaults } from "./fault-network.ts";
import { peopleFaults } from "./fault-people.ts";
import type { Fault } from "./scenario.ts";

/** What the harness cannot do to the program yet, and why: reported as such, never as passed. */
export const notYet: { id: number; name: string; why: string }[] = [
  ...(canMount() ? [] : [{ id: 23, name: "disk full on upload", why: "only root can make a small disk" }]),
];

export const faults: Fault[] = [
  ...killFaults,
  ...databaseFaults,
  ...networkFaults,
  ...nameFaults,
  ...peopleFaults,
  ...formFaults,
  ...backupFaults,
  ...fileFaults.filter(({ id }) => id !== 23 || canMount()),
  slowCommits,
  blackHole,
].sort((x, y) => x.id - y.id);

/** Runs inside every `npm test`. */
export const SHORT = [1, 2, 5, 6, 8, 9, 11, 13, 17];
