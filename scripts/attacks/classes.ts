import { dispatch } from "./dispatch.ts";
import { whoMaySay } from "./events.ts";
import { evilUploads, whoMaySee } from "./files.ts";
import { floods } from "./floods.ts";
import { forged } from "./forged.ts";
import { guessing } from "./guessing.ts";
import { typedIdentity } from "./identity.ts";
import { injection } from "./injection.ts";
import { massAssignment } from "./mass-assignment.ts";
import { redirects } from "./redirects.ts";
import { revocation } from "./revocation.ts";
import { starts } from "./starts.ts";
import { storedXss } from "./stored-xss.ts";
import type { Tally } from "./tally.ts";
import type { Target } from "./target.ts";
import { tokens } from "./tokens.ts";
import { intentsOnChat, whoMay } from "./who-may.ts";

interface AttackClass {
  name: string;
  run(target: Target, tally: Tally, options: { short: boolean }): Promise<void>;
}

/** The table of classes; what ends sign-ins and chats comes late. */
export const CLASSES: AttackClass[] = [
  {
    name: "who may do what",
    async run(target, tally) {
      await whoMay(target, tally);
      await intentsOnChat(target, tally);
    },
  },
  { name: "who may see a file", run: whoMaySee },
  { name: "evil files", run: evilUploads },
  { name: "who may say what", run: whoMaySay },
  { name: "typed identity", run: typedIdentity },
  { name: "socket dispatch", run: (target, tally, { short }) => dispatch(target, tally, short ? 120 : 500) },
  { name: "stored scripts", run: storedXss },
  { name: "forged requests", run: forged },
  { name: "tokens", run: tokens },
  { name: "injection", run: injection },
  { name: "mass assignment", run: massAssignment },
  { name: "redirects and hosts", run: redirects },
  { name: "floods", run: floods },
  { name: "revocation", run: revocation },
  { name: "guessing", run: guessing },
  { name: "start", run: starts },
];
