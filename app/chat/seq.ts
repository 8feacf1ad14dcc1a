import { z } from "zod";

/** The largest number that PostgreSQL's column holds. */
export const MOST_SEQ = 2_147_483_647;

/** A message's place in its chat; 0 is before the first. */
export const seq = z.number().int().min(0).max(MOST_SEQ);
