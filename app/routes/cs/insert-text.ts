type Insert = (content: string) => void;

let box: Insert | null = null;

/** The open reply offers itself for texts that come from elsewhere; returns how to withdraw. */
export function offerBox(insert: Insert): () => void {
  box = insert;
  return () => {
    if (box === insert) box = null;
  };
}

export const insertText = (content: string) => box?.(content);
